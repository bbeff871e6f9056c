import { listCadences } from '../../cadence/operations.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { momentWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { type Content, context, section } from '../../platform/slack/elements.ts';
import { channelMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { previewOf } from './previewing.ts';

const noReview = refused(
  'no-review',
  'No roadmap review is on the calendar yet. `/cadence add` sets one up; `/playbook roadmap-review` says how it goes.',
);

/** Its title, and how it is used: a block and a line of text each. */
const headLines = 2;

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
  const [first, ...others] = preview?.contents ?? [];
  if (first === undefined) return noReview;
  const when = `The next one is on ${momentWords(next, now, actor.timezone)}, in ${channelMention(cadence.channel)}. This is what its agenda has so far:`;
  const pages = others.length === 1 ? 'one more page' : `${others.length} more pages`;
  const more = others.length === 0 ? [] : [`… and ${pages} of it.`];
  // Nothing can be pressed before it is held, so the heading that says what to press is left out.
  const lines = first.blocks.filter(({ type }) => type !== 'actions').slice(headLines);
  const said = first.text.split('\n').slice(headLines);
  return accepted({
    text: [when, ...said, ...more].join('\n'),
    blocks: [section(when), ...lines, ...more.map((words) => context(words))],
  });
}
