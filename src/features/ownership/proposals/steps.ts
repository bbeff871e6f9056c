import { readCompanyClock } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { button, type Content } from '../../../platform/slack/elements.ts';
import type { GuideStep } from '../../setup/guide/step.ts';
import { proposalsActions } from './blocks.ts';
import { isAllAnswered } from './core/proposal.ts';
import { progressBlocks, progressLine } from './progress-blocks.ts';
import { listProgress } from './progress-store.ts';

/** So many people stand in the step; the others are counted, and its press lists them. */
const mostPeople = 6;

/** How far owners have come with what imports list as theirs, for the guided path. */
export async function proposalsStep(db: Database, workspaceId: string): Promise<GuideStep> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const all = await listProgress(db, workspaceId, now);
  // Those who still have something to say come first.
  const ordered = all.toSorted((one, other) => Number(one.left === 0) - Number(other.left === 0));
  const shown = ordered.slice(0, mostPeople).map((each) => progressLine(each, now, zone));
  const more = all.length - shown.length;
  const lines =
    all.length === 0
      ? ['Nothing was brought in yet. Each owner is asked once whether what a list says is right.']
      : [shown.join(', ').concat(more === 0 ? '.' : `, and ${more} more.`)];
  return {
    key: 'owners',
    title: 'Owners say what is theirs',
    isDone: isAllAnswered(all, now),
    lines,
    buttons: all.length === 0 ? [] : [button('Who has answered', proposalsActions.progress, 'all')],
  };
}

/** Everybody's answers with their reasons, for admins. */
export async function readProgress(db: Database, workspaceId: string): Promise<Content> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  return progressBlocks(await listProgress(db, workspaceId, now), now, zone);
}
