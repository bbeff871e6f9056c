import { promptAt } from '../../cadence/core/asking.ts';
import type { Prospect, Rehearsal } from '../../cadence/ritual.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import type { Database } from '../../platform/db/database.ts';
import { dayOf, type Prompt } from './core/check-in.ts';
import { nudgeBlocks, promptBlocks } from './prompt-blocks.ts';
import { itemsOf } from './reading.ts';
import { runBlocks, summaryBlocks } from './run-blocks.ts';
import { whoAnswers } from './who-answers.ts';

/** So many people's messages are shown where nobody says how many; all are named. */
const mostShown = 2;

/** What a check-in would say from its beginning to its end, if nobody answered. */
export async function rehearseRun(
  db: Database,
  prospect: Prospect & { name: string; mostPeople?: number },
): Promise<Rehearsal> {
  const [asking] = await whoAnswers(db, [prospect]);
  if (asking === undefined) return { asked: [], shown: [] };
  const { asked, people, away, unasked } = asking;
  const tally = { asked: asked.size, in: 0, away: away.size, late: 0 };
  const day = dateWords(dayOf(prospect.name));
  const shown: Rehearsal['shown'] = [
    {
      where: 'The channel, answers gather in its thread',
      content: runBlocks(day, tally, { unasked, late: null, isOver: false }),
    },
  ];
  for (const [personId, keyResults] of [...asked].slice(0, prospect.mostPeople ?? mostShown)) {
    const person = people.get(personId);
    if (person === undefined) continue;
    const own = keyResults.map((keyResult) => ({ occurrenceId: null, personId, keyResult }));
    const items = (await itemsOf(db, prospect.workspaceId, own)).map((item) => ({ ...item, answer: null }));
    const prompt: Prompt = {
      occurrenceId: null,
      occurrenceName: prospect.name,
      standing: 'open',
      person,
      snoozedUntil: null,
      isAway: false,
      items,
    };
    shown.push({ where: `${person.name}, directly`, content: promptBlocks(prompt) });
  }
  if (asked.size > 0) {
    const reminder = nudgeBlocks({ occurrenceId: null, occurrenceName: prospect.name });
    shown.push({ where: 'Whoever has not answered by then, once', content: reminder });
  }
  shown.push({ where: 'The thread, when it closes', content: summaryBlocks(tally, [], 'over') });
  return {
    asked: [...asked.keys()].flatMap((id) => {
      const person = people.get(id);
      return person === undefined ? [] : [{ ...person, at: promptAt(prospect, person.timezone) }];
    }),
    shown,
  };
}
