import { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Log } from '../platform/log.ts';
import { type Plan, plan } from './core/catch-up.ts';
import { noDayOff, ruleOf } from './core/rule.ts';
import { parseSchedule } from './core/schedule.ts';
import type { Ritual } from './ritual.ts';
import {
  closeEarlier,
  type DueCadence,
  findCoveredUntil,
  insertOccurrence,
  lockDueCadence,
  markSkipped,
  saveNextDue,
} from './store.ts';

export type PlannerDeps = {
  db: Database;
  workspaceId: string;
  rituals: ReadonlyMap<string, Ritual>;
  log: Log;
};

/**
 * Plans every cadence that is due, each in its own transaction. Idempotent, and safe from many processes at
 * once: a cadence is locked by one of them, and the database admits one occurrence a period.
 */
export async function tick(deps: PlannerDeps): Promise<number> {
  const failed: number[] = [];
  let planned = 0;
  for (;;) {
    let cadence: DueCadence | undefined;
    try {
      await inTransaction(deps.db, async (tx) => {
        cadence = await lockDueCadence(tx, deps.workspaceId, failed);
        if (cadence !== undefined) await planOccurrence(tx, deps, cadence);
      });
      if (cadence === undefined) return planned;
      planned += 1;
    } catch (error) {
      if (cadence === undefined) throw error;
      // One cadence that cannot be planned must not keep the others waiting; the next tick tries it again.
      deps.log.error({ err: error, cadence: cadence.key }, 'this cadence could not be planned');
      failed.push(cadence.id);
    }
  }
}

async function planOccurrence(tx: Tx, { rituals, log }: PlannerDeps, cadence: DueCadence): Promise<void> {
  const schedule = parseSchedule(cadence.schedule);
  const ritual = rituals.get(cadence.ritual);
  if (!schedule.ok) throw new Error(`its schedule cannot be read: ${schedule.words}`);
  if (ritual === undefined) throw new Error(`nobody holds the ritual ${cadence.ritual}`);

  const rule = ruleOf({
    schedule: schedule.value,
    zone: cadence.timezone,
    startsOn: null,
    onHoliday: 'hold',
    dayOff: noDayOff,
  });
  const decided = plan({ ...cadence, rule }, cadence.now);
  await recordMissed(tx, cadence, decided.missed);
  if (decided.hold !== null) {
    const occurrenceId = await hold(tx, cadence, decided.hold, ritual);
    log.info({ cadence: cadence.key, occurrence: occurrenceId, name: decided.hold.name }, 'planned');
  }
  await saveNextDue(tx, cadence.id, decided.nextDueAt);
}

async function hold(
  tx: Tx,
  cadence: DueCadence,
  slot: NonNullable<Plan['hold']>,
  ritual: Ritual,
): Promise<number | undefined> {
  const id = await insertOccurrence(tx, {
    workspaceId: cadence.workspaceId,
    cadenceId: cadence.id,
    name: slot.name,
    covers: slot.covers,
    dueAt: slot.at,
    state: 'open',
    reason: null,
  });
  if (id === undefined) return undefined;
  const outcome = await ritual.open(tx, {
    id,
    workspaceId: cadence.workspaceId,
    cadenceId: cadence.id,
    name: slot.name,
    channelId: cadence.channelId,
    cycle: cadence.cycle,
    timezone: cadence.timezone,
    local: slot.local,
    dueAt: slot.at,
    now: cadence.now,
    isAtMostDaily: cadence.period !== 'slot',
  });
  if (!outcome.held) {
    // Nothing comes in place of the one before, so it stays open for answers.
    await markSkipped(tx, id, outcome.reason);
    return id;
  }
  const closed = await closeEarlier(tx, cadence.id, id);
  if (closed.length > 0) await ritual.close?.(tx, cadence.workspaceId, closed);
  return id;
}

async function recordMissed(tx: Tx, cadence: DueCadence, missed: Plan['missed']): Promise<void> {
  if (missed === null) return;
  // After a rule was edited the span can begin in a period that had its occurrence: the rest of it was missed.
  const { from, to } = missed.covers;
  const since = (await findCoveredUntil(tx, cadence.id, missed.covers)) ?? from;
  if (Temporal.PlainDateTime.compare(since, to) >= 0) return;
  await insertOccurrence(tx, {
    ...missed,
    covers: { from: since, to },
    workspaceId: cadence.workspaceId,
    cadenceId: cadence.id,
    state: 'missed',
  });
}
