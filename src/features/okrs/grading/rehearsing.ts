import type { Prospect, Rehearsal } from '../../../cadence/ritual.ts';
import type { Database } from '../../../platform/db/database.ts';
import { skippedRehearsal } from '../skipped.ts';
import { parentBlocks, promptPart } from './blocks.ts';
import { cycleOf, whyNotGraded } from './choosing.ts';
import { tallyOf } from './core/tally.ts';
import { resultsBlocks } from './results-blocks.ts';
import { byAsked, toldIn } from './showing.ts';
import { listGrades, listNames } from './store.ts';

/** So many people's messages are shown where nobody says how many; all are named. */
const mostShown = 2;

/** What a close would say from its beginning to its end, as the cycle stands now, or why it would be skipped. */
export async function rehearseClose(
  db: Database,
  prospect: Prospect & { mostPeople?: number },
): Promise<Rehearsal> {
  const { workspaceId, dueAt: at, mostPeople = mostShown } = prospect;
  const cycle = await cycleOf(db, prospect);
  const reason = whyNotGraded(cycle);
  if (cycle === null || reason !== null) return skippedRehearsal(reason ?? '');
  const rows = await listGrades(db, workspaceId, cycle.id);
  const told = toldIn(rows, { channelId: 0, isWhole: true });
  const own = byAsked(rows);
  const people = await listNames(db, workspaceId, [...own.keys()]);
  return {
    asked: people.map(({ slackId, name }) => ({ slackId, name, at })),
    shown: [
      {
        where: 'The channel, and each team’s with its own part',
        content: parentBlocks(cycle, tallyOf(told)),
      },
      ...people.slice(0, mostPeople).map(({ id, name }) => ({
        where: `${name}, directly`,
        content: promptPart(cycle, tallyOf(own.get(id) ?? [])),
      })),
      {
        where: 'The same channels, when somebody closes the cycle',
        content: resultsBlocks(cycle, told, null),
      },
    ],
  };
}
