import type { Tx } from '../platform/db/database.ts';
import { holdAbsences } from './absence-lock.ts';
import { readDaysOff } from './days-off.ts';
import { getByHand, insertByHand, lockOpen } from './occurrence-store.ts';
import { closeOf, openAll, type Rituals, ritualOf } from './opening.ts';
import type { Opened } from './ritual.ts';
import { lockCadence } from './store.ts';

/** What became of a run by hand; `isNew` is false of a second press in one minute, which runs nothing. */
export type RunByHand = Opened & { occurrenceId: number; name: string; isNew: boolean };

/**
 * Opens an extra occurrence of a cadence now, whatever its rule says and whatever its state is: it covers nothing, so
 * the next one of the rule comes all the same. It is named by the local minute, and two presses of one minute are one
 * run. Where its ritual has nothing to hold it is skipped, with the reason. Undefined when there is no such cadence.
 */
export async function openByHand(
  tx: Tx,
  rituals: Rituals,
  run: { workspaceId: string; cadenceId: number; personId: number },
): Promise<RunByHand | undefined> {
  const { workspaceId, cadenceId, personId } = run;
  const cadence = await lockCadence(tx, workspaceId, cadenceId);
  if (cadence === undefined) return undefined;
  const { now, timezone } = cadence;
  const local = now.toZonedDateTimeISO(timezone).toPlainDateTime();
  const name = local.toString({ smallestUnit: 'minute' });
  const dayOff = await readDaysOff(tx, workspaceId);
  const closeAt = closeOf(ritualOf(rituals, cadence.ritual), cadence, now, dayOff);
  await holdAbsences(tx, workspaceId);
  const open = await lockOpen(tx, [cadenceId]);
  const id = await insertByHand(tx, { workspaceId, cadenceId, personId, name, at: now, closeAt });
  if (id === undefined) {
    const known = await getByHand(tx, cadenceId, name);
    const was: Opened = known.reason === null ? { held: true } : { held: false, reason: known.reason };
    return { ...was, occurrenceId: known.id, name, isNew: false };
  }
  const occurrence = {
    id,
    workspaceId,
    cadenceId,
    ritual: cadence.ritual,
    name,
    channelId: cadence.channelId,
    cycle: cadence.cycle,
    timezone,
    local,
    dueAt: now,
    plannedAt: now,
    lateBy: null,
    beginsAt: now,
    // Somebody runs it now, so people are asked now, wherever they are.
    isAtMostDaily: false,
    isByHand: true,
    closeAt,
    nudgeAfter: cadence.nudgeAfter,
    dayOff,
  };
  const opened = await openAll(tx, rituals, [occurrence], open);
  return { ...(opened.get(id) ?? { held: true }), occurrenceId: id, name, isNew: true };
}
