import type { Temporal } from 'temporal-polyfill';
import { isAwayOn } from '../../cadence/core/asking.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import type { Tx } from '../../platform/db/database.ts';
import { showRuns } from './closing-operations.ts';
import { askInstead, movedAt, redrawPrompt } from './moving.ts';
import { dropItems, listOpenItems } from './moving-store.ts';
import { listReachable, lockRun } from './run-store.ts';
import { listOpenPrompts } from './store.ts';

/**
 * Key results have ended, by being dropped or with their cycle: open check-ins do not ask about them any more. What was
 * answered stays. In the caller's transaction.
 */
export async function endQuestions(
  tx: Tx,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<void> {
  if (keyResultIds.length === 0) return;
  for (const row of await listOpenPrompts(tx, workspaceId, { keyResultIds })) {
    await lockRun(tx, row.occurrenceId);
    const dropped = await dropItems(tx, row.id, keyResultIds);
    if (dropped.length === 0) continue;
    await redrawPrompt(tx, workspaceId, row.occurrenceId, row.person.id);
    await showRuns(tx, [row.occurrenceId]);
  }
}

/**
 * A key result has another owner (null: nobody): open check-ins ask them what is not answered yet. Whoever is away or not
 * in Slack is not asked; then it waits for the next check-in. In the caller's transaction, which has saved the owner.
 */
export async function followOwner(
  tx: Tx,
  workspaceId: string,
  { keyResultId, ownerId, at }: { keyResultId: number; ownerId: number | null; at: Temporal.Instant },
): Promise<void> {
  const keyResultIds = [keyResultId];
  const rows = (await listOpenPrompts(tx, workspaceId, { keyResultIds })).filter(
    ({ person }) => person.id !== ownerId,
  );
  if (rows.length === 0) return;
  const since = at.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const ids = [...rows.map(({ person }) => person.id), ...(ownerId === null ? [] : [ownerId])];
  const people = new Map((await listReachable(tx, workspaceId, ids, since)).map((it) => [it.id, it]));
  const dayOff = await readDaysOff(tx, workspaceId);
  for (const row of rows) {
    const run = await lockRun(tx, row.occurrenceId);
    if (run?.standing !== 'open') continue;
    // Whoever said "Not mine" has no open item of it, so both are moved.
    const isOpen = row.keyResultIds.includes(keyResultId)
      ? (await listOpenItems(tx, row.id)).includes(keyResultId)
      : true;
    if (!isOpen) continue;
    const zone = people.get(row.person.id)?.timezone ?? 'UTC';
    const to = ownerId === null ? undefined : people.get(ownerId);
    const moving = to && { workspaceId, row, zone, to, keyResultIds, at, dayOff };
    const canAsk =
      moving !== undefined &&
      !isAwayOn(moving.to, movedAt(moving).toZonedDateTimeISO(moving.to.timezone).toPlainDate());
    if (canAsk) await askInstead(tx, moving);
    else await dropItems(tx, row.id, keyResultIds);
    await redrawPrompt(tx, workspaceId, row.occurrenceId, row.person.id);
    await showRuns(tx, [row.occurrenceId]);
  }
}
