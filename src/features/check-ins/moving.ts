import type { Temporal } from 'temporal-polyfill';
import { passedAt } from '../../cadence/core/asking.ts';
import type { DayOff } from '../../cadence/core/rule.ts';
import { markHomes } from '../../delivery/homes.ts';
import type { Tx } from '../../platform/db/database.ts';
import { resay, unsayUnsent } from '../daily/operations.ts';
import { askAll } from './asking.ts';
import { isComplete } from './core/check-in.ts';
import { nudgeKey, promptKey } from './keys.ts';
import { moveItems } from './moving-store.ts';
import { nudgeAnsweredBlocks, promptBlocks } from './prompt-blocks.ts';
import { promptOf } from './reading.ts';
import { insertPrompts, type Reachable } from './run-store.ts';
import { findPrompt, type PromptRow } from './store.ts';

/** What an open check-in asked of one person, and who is to answer it instead. */
export type Moving = {
  workspaceId: string;
  row: PromptRow;
  /** The zone in which the first one was to be asked. */
  zone: string;
  to: Reachable;
  keyResultIds: readonly number[];
  at: Temporal.Instant;
  dayOff: DayOff;
};

/** When somebody is asked what another one was, or was to be, asked. */
export function movedAt({ row, zone, to, at }: Omit<Moving, 'keyResultIds'>): Temporal.Instant {
  const { dueAt, closeAt } = row;
  return passedAt({ askedAt: row.askedAt ?? row.dueAt, dueAt, closeAt }, zone, to.timezone, at);
}

/** Asks somebody else, in the same check-in: with what they are asked there already, where there is such. */
export async function askInstead(tx: Tx, moving: Moving): Promise<void> {
  const { workspaceId, row, to, keyResultIds, dayOff } = moving;
  const { occurrenceId } = row;
  const askedAt = movedAt(moving);
  if ((await findPrompt(tx, workspaceId, occurrenceId, to.id)) === undefined) {
    await insertPrompts(tx, [{ workspaceId, occurrenceId, personId: to.id, askedAt, keyResultIds: [] }]);
  }
  await moveItems(tx, occurrenceId, keyResultIds, to.id);
  const own = await findPrompt(tx, workspaceId, occurrenceId, to.id);
  if (own === undefined) throw new Error(`person ${to.id} was just asked in ${occurrenceId} and is not`);
  const prompt = await promptOf(tx, workspaceId, own);
  const { beginsAt, closeAt, nudgeAfter } = row;
  const span = { workspaceId, beginsAt, closeAt, nudgeAfter, dayOff };
  await askAll(tx, [{ prompt, person: to, askedAt, span }]);
  await resay(tx, workspaceId, promptKey(occurrenceId, to.id), promptBlocks(prompt));
}

/** Lets somebody's own message say what they are still asked; who is not asked any more is not reminded either. */
export async function redrawPrompt(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
  personId: number,
): Promise<void> {
  const row = await findPrompt(tx, workspaceId, occurrenceId, personId);
  if (row === undefined) return;
  const prompt = await promptOf(tx, workspaceId, row);
  const keys = [promptKey(occurrenceId, personId), nudgeKey(occurrenceId, personId)] as const;
  if (row.isAway || isComplete(prompt.items)) {
    await unsayUnsent(tx, workspaceId, keys, row.isAway ? 'the person is away' : 'nothing is left to answer');
    await resay(tx, workspaceId, keys[1], nudgeAnsweredBlocks(prompt));
  }
  await resay(tx, workspaceId, keys[0], promptBlocks(prompt));
  await markHomes(tx, workspaceId, [personId]);
}
