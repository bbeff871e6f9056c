import type { Temporal } from 'temporal-polyfill';
import { uncounted } from '../platform/counting.ts';
import type { Tx } from '../platform/db/database.ts';
import { recordEvents } from '../platform/db/events.ts';
import { holdAbsences } from './absence-lock.ts';
import type { Work } from './batches.ts';
import { ruleOfCadence } from './cadence-rule.ts';
import { markHomesOf } from './concern-store.ts';
import { type Plan, plan } from './core/catch-up.ts';
import { latenessOf } from './core/lateness.ts';
import type { DayOff } from './core/rule.ts';
import { readDaysOff } from './days-off.ts';
import type { PlannerDeps } from './deps.ts';
import { insertOccurrences, lockOpen, type NewOccurrence, type Written } from './occurrence-store.ts';
import { closeOf, openAll, ritualOf } from './opening.ts';
import type { Occurrence, Opened, Ritual } from './ritual.ts';
import { lockDue, type PlannedCadence, saveNextDue } from './store.ts';

type Decided = {
  cadence: PlannedCadence;
  plan: Plan;
  isAtMostDaily: boolean;
  closeAt: Temporal.Instant | null;
};

/** Plans cadences that are due: their occurrences with all messages, and when they are due again. */
export function planning(deps: PlannerDeps): Work<PlannedCadence> {
  let known: DayOff | undefined;
  return {
    failure: 'this cadence could not be planned',
    lock: async (tx, choice) => await lockDue(tx, deps.workspaceId, choice),
    async work(tx, cadences) {
      known ??= await readDaysOff(tx, deps.workspaceId);
      return await planAll(tx, deps, cadences, known);
    },
  };
}

async function planAll(
  tx: Tx,
  deps: PlannerDeps,
  cadences: PlannedCadence[],
  dayOff: DayOff,
): Promise<() => void> {
  const { workspaceId, rituals } = deps;
  const plans = new Map<string, Omit<Decided, 'cadence'>>();
  const decided = cadences.map((cadence) => decide(deps, cadence, dayOff, plans));
  const [first] = cadences;
  if (first === undefined) return () => {};

  await holdAbsences(tx, workspaceId);
  const open = await lockOpen(
    tx,
    decided.filter((it) => it.plan.hold !== null).map(({ cadence }) => cadence.id),
  );
  const written = await insertOccurrences(tx, workspaceId, first.now, decided.flatMap(occurrencesOf));
  const byCadence = new Map(decided.map((it) => [it.cadence.id, it]));
  const began = written
    .filter(({ state }) => state === 'open')
    .map((row) => occurrenceOf(row, byCadence, dayOff));
  const opened = await openAll(tx, rituals, began, open);
  await saveNextDue(
    tx,
    decided.map((it) => ({ id: it.cadence.id, nextDueAt: it.plan.nextDueAt, isOver: it.plan.isOver })),
  );
  await markHomesOf(
    tx,
    workspaceId,
    decided.map((it) => it.cadence.id),
  );
  await recordEvents(
    tx,
    decided
      .filter((it) => it.plan.isOver)
      .map(({ cadence }) => ({
        workspaceId,
        at: cadence.now,
        doer: { kind: 'clock' },
        type: 'cadence.ended',
        subject: { kind: 'cadence', id: cadence.id },
        after: { cycle: cadence.cycle },
      })),
  );
  return () => say(deps, written, opened, byCadence);
}

/** Many cadences come at one time by one rule, such as Mondays at nine: what becomes of those is decided once. */
function decide(
  { rituals }: PlannerDeps,
  cadence: PlannedCadence,
  dayOff: DayOff,
  plans: Map<string, Omit<Decided, 'cadence'>>,
): Decided {
  const ritual = ritualOf(rituals, cadence.ritual);
  const { schedule, timezone, startsOn, onHoliday, endsOn, closeAfter, catchUp, nextDueAt } = cadence;
  const same = [
    schedule,
    timezone,
    startsOn,
    onHoliday,
    endsOn,
    closeAfter,
    ritual.closesAfter,
    catchUp,
    nextDueAt.epochNanoseconds,
  ];
  const key = same.join('|');
  let of = plans.get(key);
  if (of === undefined) {
    of = decideAnew(ritual, cadence, dayOff);
    plans.set(key, of);
  }
  return { cadence, ...of };
}

function decideAnew(ritual: Ritual, cadence: PlannedCadence, dayOff: DayOff): Omit<Decided, 'cadence'> {
  const rule = ruleOfCadence(cadence, dayOff);
  const until =
    cadence.endsOn?.add({ days: 1 }).toZonedDateTime({ timeZone: cadence.timezone }).toInstant() ?? null;
  const decided = plan({ ...cadence, rule, until }, cadence.now);
  const closeAt =
    decided.hold === null ? null : closeOf(ritual, cadence, beginOf(decided.hold.at, cadence), dayOff);
  return { plan: decided, isAtMostDaily: rule.period !== 'slot', closeAt };
}

/** What comes late begins when it is planned: a day to answer is a day. */
function beginOf(dueAt: Temporal.Instant, { now }: PlannedCadence): Temporal.Instant {
  return latenessOf(dueAt, now) === null ? dueAt : now;
}

function occurrencesOf({ cadence, plan: { missed, skipped, hold }, closeAt }: Decided): NewOccurrence[] {
  const of = { cadenceId: cadence.id, closeAt: null };
  const rows: NewOccurrence[] = skipped.map((slot) => ({
    ...of,
    name: slot.name,
    covers: slot.covers,
    dueAt: slot.at,
    state: 'skipped',
    reason: slot.skip,
  }));
  if (missed !== null) rows.push({ ...of, ...missed, state: 'missed' });
  if (hold !== null) {
    const { name, covers, at } = hold;
    rows.push({ ...of, name, covers, dueAt: at, state: 'open', reason: null, closeAt });
  }
  return rows;
}

function occurrenceOf(
  row: Written,
  byCadence: ReadonlyMap<number, Decided>,
  dayOff: DayOff,
): Occurrence & { ritual: string } {
  const decided = byCadence.get(row.cadenceId);
  const slot = decided?.plan.hold;
  if (decided === undefined || !slot) throw new Error(`nobody planned the occurrence ${row.id}`);
  const { cadence, closeAt } = decided;
  return {
    id: row.id,
    workspaceId: cadence.workspaceId,
    cadenceId: cadence.id,
    ritual: cadence.ritual,
    name: row.name,
    channelId: cadence.channelId,
    cycle: cadence.cycle,
    timezone: cadence.timezone,
    local: slot.local,
    dueAt: slot.at,
    plannedAt: cadence.now,
    lateBy: latenessOf(slot.at, cadence.now),
    beginsAt: beginOf(slot.at, cadence),
    isAtMostDaily: decided.isAtMostDaily,
    isByHand: false,
    closeAt,
    nudgeAfter: cadence.nudgeAfter,
    dayOff,
  };
}

function say(
  { log, counting = uncounted }: PlannerDeps,
  written: readonly Written[],
  opened: ReadonlyMap<number, Opened>,
  byCadence: ReadonlyMap<number, Decided>,
): void {
  for (const { id, cadenceId, name, state } of written) {
    const of = { cadence: byCadence.get(cadenceId)?.cadence.cadence, occurrence: id, name };
    const it = opened.get(id);
    if (it?.held) {
      counting.count('planned');
      log.info(of, 'planned');
    } else if (state === 'missed') {
      counting.count('missed');
      log.warn(of, 'missed');
    } else {
      counting.count('skipped');
      log.info({ ...of, reason: it?.reason }, 'skipped');
    }
  }
}
