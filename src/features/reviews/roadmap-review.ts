import { listCadences } from '../../cadence/operations.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { momentWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { type Content, context, section } from '../../platform/slack/elements.ts';
import { channelMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { comingBlocks } from './agenda-blocks.ts';
import { previewOf } from './previewing.ts';
import { dayOf } from './words.ts';

const noReview = refused(
  'no-review',
  'No roadmap review is on the calendar yet. `/cadence add` sets one up; `/playbook roadmap-review` says how it goes.',
);

/** What the next roadmap review would talk about, as things stand: for the asker alone, before it is held. */
export async function previewRoadmapReview(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<Content>> {
  const { cadences } = await listCadences(db, workspaceId);
  const coming = cadences.find(({ cadence, next }) => cadence.ritual === 'roadmap-review' && next !== null);
  if (coming === undefined || coming.next === null) return noReview;
  const { cadence, next } = coming;
  const now = await companyNow(db, workspaceId);
  const local = now.toZonedDateTimeISO(cadence.timezone).toPlainDateTime();
  const prospect = {
    ...{ workspaceId, cadenceId: cadence.id, cycle: cadence.cycle, local, dueAt: now, isAtMostDaily: true },
    name: next.toZonedDateTimeISO(cadence.timezone).toPlainDate().toString(),
  };
  const preview = await previewOf(db, prospect, cadence.ritual);
  if (preview === undefined) return noReview;
  const { lines } = preview;
  const when = `The next one is on ${momentWords(next, now, actor.timezone)}, in ${channelMention(cadence.channel)}.`;
  const head = `${when} ${lines.length === 0 ? 'Its agenda has nothing so far.' : 'This is what its agenda has so far:'}`;
  const shown = lines.filter((line) => line.page === 1);
  const agenda = comingBlocks(shown, dayOf(prospect.name));
  const more = lines.length - shown.length;
  const rest = more === 0 ? [] : [`… and ${more} more ${more === 1 ? 'line' : 'lines'}.`];
  return accepted({
    text: [head, ...(agenda.text === '' ? [] : [agenda.text]), ...rest].join('\n'),
    blocks: [section(head), ...agenda.blocks, ...rest.map((words) => context(words))],
  });
}
