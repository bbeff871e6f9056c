import type { Temporal } from 'temporal-polyfill';
import { readCompanyClock } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { button, type Content } from '../../../platform/slack/elements.ts';
import type { GuideStep } from '../../setup/guide/step.ts';
import { proposalsActions } from './blocks.ts';
import { isAllAnswered, type Progress, sumOf, whetherAsked } from './core/proposal.ts';
import { progressBlocks, progressLine } from './progress-blocks.ts';
import { listProgress } from './progress-store.ts';

/** So many people stand in the step; the others are counted, and its press lists them. */
const mostPeople = 6;

/** How far owners have come with what imports list as theirs, for the guided path. */
export async function proposalsStep(db: Database, workspaceId: string): Promise<GuideStep> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const all = await listProgress(db, workspaceId, now);
  return {
    key: 'owners',
    title: 'Owners say what is theirs',
    isDone: isAllAnswered(all, now),
    lines:
      all.length === 0
        ? ['Nothing was brought in yet. Each owner is asked once whether what a list says is right.']
        : standingLines(all, now, zone),
    buttons: all.length === 0 ? [] : [button('Who has answered', proposalsActions.progress, 'all')],
  };
}

/** The sums first; then those about whom there is something to know, who still have something to say before the others. */
function standingLines(all: readonly Progress[], now: Temporal.Instant, zone: string): string[] {
  const { answered, listed, people, notLive } = sumOf(all, now);
  const told = all
    .filter((each) => whetherAsked(each, now) !== 'not-live')
    .toSorted((one, other) => Number(one.left === 0) - Number(other.left === 0));
  const more = told.length - mostPeople;
  return [
    `*${answered} of ${listed === 1 ? 'one rock' : `${listed} rocks`}* answered for, by ${people} of ${all.length === 1 ? 'one owner' : `${all.length} owners`}.`,
    ...(notLive === 0
      ? []
      : [`${notLive === 1 ? 'One is' : `${notLive} are`} asked once a team of theirs is live.`]),
    ...told.slice(0, mostPeople).map((each) => `• ${progressLine(each, now, zone)}`),
    ...(more > 0 ? [`… and ${more} more.`] : []),
  ];
}

/** Everybody's answers with their reasons, for admins. */
export async function readProgress(db: Database, workspaceId: string): Promise<Content> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  return progressBlocks(await listProgress(db, workspaceId, now), now, zone);
}
