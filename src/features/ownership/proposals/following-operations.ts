import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../../delivery/homes.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { resay, unsay, unsayUnsent } from '../../daily/operations.ts';
import type { RockMoved } from '../moved.ts';
import { nudgeBlocks, questionBlocks, takenBack, thanksBlocks } from './blocks.ts';
import type { Standing } from './core/proposal.ts';
import { proposalKey, proposalNudgeKey } from './keys.ts';
import {
  deleteProposals,
  endProposals,
  findAskedOf,
  listLeft,
  listRecounted,
  lockProposals,
  type Recounted,
  saveShown,
} from './store.ts';

/** The counts as they are kept, to see when a message says something else than what is so. */
export const shownOf = ({ listed, mine, notMine, left }: Standing): string =>
  `${listed}/${mine}/${notMine}/${left}`;

/**
 * Counts again what was answered in whatever way, handed over, or undone: questions say what is left, thank whoever has
 * answered all, and are taken back where nothing was left to answer. Of one person, or of all.
 */
export async function recountProposals(
  tx: Tx,
  workspaceId: string,
  personId: number | null = null,
): Promise<void> {
  await lockProposals(tx, workspaceId);
  const at = await companyNow(tx, workspaceId);
  const recounted = await listRecounted(tx, workspaceId, personId);
  for (const each of recounted) await follow(tx, workspaceId, each, at);
  await markHomes(
    tx,
    workspaceId,
    recounted.map((each) => each.personId),
  );
}

/** A rock was moved by somebody else than whom it is listed of: their question is counted again. */
export const followRock: RockMoved = async (tx, { workspaceId, rockId, doer }) => {
  const asked = await findAskedOf(tx, workspaceId, rockId);
  if (asked === undefined) return;
  // Their own presses count it at their end, or with the next beat.
  if (doer.kind === 'person' && doer.personId === asked.personId) return;
  await recountProposals(tx, workspaceId, asked.personId);
};

async function follow(
  tx: Tx,
  workspaceId: string,
  { id, wasAsked, standing }: Recounted,
  at: Temporal.Instant,
): Promise<void> {
  const [key, nudge] = [proposalKey(id), proposalNudgeKey(id)];
  await saveShown(tx, id, shownOf(standing));
  if (standing.left > 0) {
    await resay(tx, workspaceId, key, questionBlocks(id, standing, await listLeft(tx, id)));
    await resay(tx, workspaceId, nudge, nudgeBlocks(id, standing.left));
    return;
  }
  const isTakenBack = standing.listed === 0;
  if (isTakenBack && !wasAsked) {
    await deleteProposals(tx, [id]);
    return;
  }
  await endProposals(tx, [id], at);
  if (isTakenBack) {
    await unsay(tx, workspaceId, [key, nudge], takenBack);
    return;
  }
  await unsayUnsent(tx, workspaceId, [key, nudge], 'answered already');
  await resay(tx, workspaceId, key, thanksBlocks(standing));
  await resay(tx, workspaceId, nudge, thanksBlocks(standing));
}
