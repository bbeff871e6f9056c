import { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';
import { justBefore } from './cadence-rule.ts';
import { findUncovered, insertSkipped } from './cadence-store.ts';
import type { Cadence } from './core/cadence.ts';
import { latestSlot, nextSlot, type Slot } from './core/calendar.ts';
import type { CadenceRule } from './core/rule.ts';
import type { Changer } from './permission.ts';

type Skipped = Pick<Cadence, 'id' | 'workspaceId'>;

/** Records one time as skipped by somebody. */
export async function skipSlot(
  tx: Tx,
  cadence: Skipped,
  { name, covers, at }: Slot,
  given: { reason: string; actor: Changer; now: Temporal.Instant },
): Promise<void> {
  await insertSkipped(tx, {
    workspaceId: cadence.workspaceId,
    cadenceId: cadence.id,
    name,
    covers,
    dueAt: at,
    reason: given.reason,
    plannedAt: given.now,
    byPersonId: given.actor.id,
  });
}

/**
 * Records all times from `from` to `to`, both included, as one skipped occurrence that spans them; nothing when
 * there is none. What stands there already stays, and the span is what is left beside it.
 */
export async function skipSpan(
  tx: Tx,
  cadence: Skipped,
  rule: CadenceRule,
  given: { from: Temporal.Instant; to: Temporal.Instant; reason: string; actor: Changer },
): Promise<void> {
  const { from, to } = given;
  const first = nextSlot(rule, justBefore(from));
  const last = latestSlot(rule, to, from);
  if (first === null || last === null) return;
  const span = { from: first.covers.from, to: last.covers.to };
  for (const covers of await findUncovered(tx, cadence.id, span)) {
    const begin = covers.from.toZonedDateTime(rule.zone).toInstant();
    const slot = Temporal.Instant.compare(begin, first.at) <= 0 ? first : nextSlot(rule, justBefore(begin));
    // What is left may lie between two times.
    if (slot === null || Temporal.PlainDateTime.compare(slot.covers.from, covers.to) >= 0) continue;
    await skipSlot(tx, cadence, { ...slot, covers }, { ...given, now: to });
  }
}
