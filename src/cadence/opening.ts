import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';
import type { DayOff } from './core/rule.ts';
import { later, worksOn } from './core/working-days.ts';
import { markHeld, markSkipped } from './occurrence-store.ts';
import type { Ending, Occurrence, Opened, Ritual, Rituals } from './ritual.ts';
import type { PlannedCadence } from './store.ts';

export type { Rituals };

/** Throws when nobody holds the ritual of a cadence: a newer version wrote it, or a file before it was checked. */
export function ritualOf(rituals: Rituals, key: string): Ritual {
  const ritual = rituals.get(key);
  if (ritual === undefined) throw new Error(`nobody holds the ritual ${key}`);
  return ritual;
}

/** When an occurrence ends that begins at a moment; null: when the next one begins. */
export function closeOf(
  ritual: Pick<Ritual, 'closesAfter'>,
  cadence: Pick<PlannedCadence, 'closeAfter' | 'timezone'>,
  beginsAt: Temporal.Instant,
  dayOff: DayOff,
): Temporal.Instant | null {
  const { timezone } = cadence;
  const closeAfter = cadence.closeAfter ?? ritual.closesAfter ?? null;
  if (closeAfter === null) return null;
  return later(beginsAt, closeAfter, timezone, worksOn({ workingDays: null, awayOn: () => false, dayOff }));
}

/**
 * Opens occurrences that were just written, each of another cadence. One that its ritual does not hold is skipped, with
 * its reason; one that it holds ends those of `open` that are of its cadence. Gives what became of each.
 */
export async function openAll(
  tx: Tx,
  rituals: Rituals,
  occurrences: readonly (Occurrence & { ritual: string })[],
  open: readonly { id: number; cadenceId: number }[],
): Promise<Map<number, Opened>> {
  const opened = new Map<number, Opened>();
  for (const [key, own] of Map.groupBy(occurrences, ({ ritual }) => ritual)) {
    const answers = await ritualOf(rituals, key).open(tx, own);
    for (const { id } of own) opened.set(id, answers.get(id) ?? { held: true });
  }
  const skipped = [...opened].flatMap(([id, it]) => (it.held ? [] : [{ id, reason: it.reason }]));
  await markSkipped(tx, skipped);
  // Nothing comes in place of those before one that is skipped, so they stay open for answers.
  const began = new Map(
    occurrences.filter(({ id }) => opened.get(id)?.held).map((held) => [held.cadenceId, held]),
  );
  const ended = open.flatMap(({ id, cadenceId }) => {
    const newer = began.get(cadenceId);
    return newer === undefined ? [] : [{ id, ritual: newer.ritual }];
  });
  const [first] = occurrences;
  if (first !== undefined) {
    await endAll(tx, rituals, { workspaceId: first.workspaceId, at: first.plannedAt }, ended, 'newer');
  }
  return opened;
}

/** Ends occurrences, which were held, however many answered. */
export async function endAll(
  tx: Tx,
  rituals: Rituals,
  { workspaceId, at }: { workspaceId: string; at: Temporal.Instant },
  ended: readonly { id: number; ritual: string }[],
  why: Ending,
): Promise<void> {
  if (ended.length === 0) return;
  await markHeld(
    tx,
    ended.map(({ id }) => id),
    at,
  );
  for (const [key, own] of Map.groupBy(ended, ({ ritual }) => ritual)) {
    await ritualOf(rituals, key).close?.(
      tx,
      workspaceId,
      own.map(({ id }) => id),
      why,
    );
  }
}
