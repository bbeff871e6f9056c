import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../platform/db/database.ts';
import { type Change, got, type Importing, portions, type Sorted } from '../platform/db/importing.ts';
import type { CadencePeriod, OnHoliday } from '../platform/db/tables.ts';
import { nextSlot } from './core/calendar.ts';
import { type CadenceRule, type DayOff, ruleOf } from './core/rule.ts';
import { parseSchedule } from './core/schedule.ts';

/** What a file and the database have in common of a cadence. */
export type CadenceState = {
  ritual: string;
  channel_id: number;
  schedule: string;
  timezone: string;
  starts_on: string | null;
  on_holiday: OnHoliday;
  cycle: string;
  nudge_after: string | null;
  close_after: string | null;
  catch_up: string;
  state: 'active' | 'paused' | 'ended';
  pause_reason: string | null;
  teams: number[];
};

/** What decides when a cadence comes. */
export type Scheduled = Pick<CadenceState, 'schedule' | 'timezone' | 'starts_on' | 'on_holiday'>;

/** The workspace's cadences by key. */
export async function presentCadences(
  db: Database,
  workspaceId: string,
): Promise<{ ids: Map<string, number>; states: Map<string, CadenceState> }> {
  const rows = await db
    .selectFrom('cadences as c')
    .where('c.workspace_id', '=', workspaceId)
    .select([
      'c.id',
      'c.key',
      'c.ritual',
      'c.channel_id',
      'c.schedule',
      'c.timezone',
      sql<string | null>`c.starts_on::text`.as('starts_on'),
      'c.on_holiday',
      'c.cycle',
      'c.nudge_after',
      'c.close_after',
      'c.catch_up',
      'c.state',
      'c.pause_reason',
      sql<number[]>`coalesce((select json_agg(t.team_id order by t.team_id) from cadence_teams t
        where t.cadence_id = c.id), '[]')`.as('teams'),
    ])
    .execute();
  return {
    ids: new Map(rows.map((row) => [row.key, row.id])),
    states: new Map(rows.map(({ id: _id, key, ...state }) => [key, state])),
  };
}

/** The rule of a cadence whose schedule was let through when it was read. */
export function ruleFor(
  { schedule, timezone, starts_on, on_holiday }: Scheduled,
  dayOff: DayOff,
): CadenceRule {
  const read = parseSchedule(schedule);
  if (!read.ok) throw new Error(`a cadence was let through with the schedule ${schedule}`);
  return ruleOf({
    schedule: read.value,
    zone: timezone,
    startsOn: starts_on === null ? null : Temporal.PlainDate.from(starts_on),
    onHoliday: on_holiday,
    dayOff,
  });
}

/** Adds and changes rows. A cadence's next time is found anew only when its rule, its zone or its rest changes. */
export async function saveCadences(
  { tx, workspaceId, at }: Importing,
  { added, changed }: Sorted<CadenceState>,
  ids: Map<string, number>,
  dayOff: DayOff,
): Promise<void> {
  const isRescheduled = ({ after }: Change<CadenceState>): boolean =>
    (['schedule', 'timezone', 'starts_on', 'on_holiday'] as const).some(
      (field) => after[field] !== undefined,
    ) || after.state === 'active';
  // The planner moves the next time of every other cadence on its own, perhaps at this moment.
  const groups = [
    { rows: [...added, ...changed.filter(isRescheduled)], reschedules: true },
    { rows: changed.filter((change) => !isRescheduled(change)), reschedules: false },
  ];
  for (const { rows, reschedules } of groups) {
    for (const portion of portions(rows)) {
      const saved = await tx
        .insertInto('cadences')
        .values(
          portion.map(({ key, wanted: { teams: _teams, ...columns } }) => ({
            key,
            ...columns,
            ...timesOf(columns, at, dayOff),
            paused_at: columns.state === 'paused' ? at.toString() : null,
            workspace_id: workspaceId,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
            ritual: eb.ref('excluded.ritual'),
            channel_id: eb.ref('excluded.channel_id'),
            schedule: eb.ref('excluded.schedule'),
            timezone: eb.ref('excluded.timezone'),
            starts_on: eb.ref('excluded.starts_on'),
            on_holiday: eb.ref('excluded.on_holiday'),
            period: eb.ref('excluded.period'),
            cycle: eb.ref('excluded.cycle'),
            nudge_after: eb.ref('excluded.nudge_after'),
            close_after: eb.ref('excluded.close_after'),
            catch_up: eb.ref('excluded.catch_up'),
            ...(reschedules
              ? { next_due_at: eb.ref('excluded.next_due_at'), tz_version: eb.ref('excluded.tz_version') }
              : {}),
          })),
        )
        .returning(['id', 'key'])
        .execute();
      for (const { id, key } of saved) ids.set(key, id);
    }
  }
  await saveStates({ tx, at }, changed, ids);
}

/** Somebody may pause or resume another one in Slack at this moment: only what the file changes is written. */
async function saveStates(
  { tx, at }: Pick<Importing, 'tx' | 'at'>,
  changed: readonly Change<CadenceState>[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  for (const { key, wanted, after } of changed) {
    if (after.state === undefined) continue;
    await tx
      .updateTable('cadences')
      .set({
        state: wanted.state,
        pause_reason: wanted.pause_reason,
        paused_at: wanted.state === 'paused' ? at.toString() : null,
      })
      .where('id', '=', got(ids, key))
      .execute();
  }
}

function timesOf(
  scheduled: Scheduled,
  now: Temporal.Instant,
  dayOff: DayOff,
): { period: CadencePeriod; next_due_at: string | null; tz_version: string } {
  const rule = ruleFor(scheduled, dayOff);
  return {
    period: rule.period,
    next_due_at: nextSlot(rule, now)?.at.toString() ?? null,
    tz_version: process.versions['tz'] ?? 'unknown',
  };
}

/** Who is asked: the teams of what was added and changed, in place of those before. */
export async function replaceTeams(
  { tx, workspaceId }: Importing,
  { added, changed }: Sorted<CadenceState>,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  for (const portion of portions(changed)) {
    const old = portion.map(({ key }) => got(ids, key));
    await tx.deleteFrom('cadence_teams').where('cadence_id', 'in', old).execute();
  }
  const rows = [...added, ...changed].flatMap(({ key, wanted }) =>
    wanted.teams.map((team) => ({ workspace_id: workspaceId, cadence_id: got(ids, key), team_id: team })),
  );
  for (const portion of portions(rows, 5_000)) await tx.insertInto('cadence_teams').values(portion).execute();
}

/**
 * Finds the next time of every cadence anew, since days off have changed. What is due already stays: it is the
 * planner's, and knows the days off of that moment.
 */
export async function rescheduleAll({ tx, workspaceId, at }: Importing, dayOff: DayOff): Promise<void> {
  const rows = await tx
    .selectFrom('cadences')
    .select([
      'id',
      'schedule',
      'timezone',
      sql<string | null>`starts_on::text`.as('starts_on'),
      'on_holiday',
      'next_due_at as dueAt',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('state', '<>', 'ended')
    .where('next_due_at', '>', at)
    .forUpdate()
    .execute();
  for (const { id, dueAt, ...scheduled } of rows) {
    const next = nextSlot(ruleFor(scheduled, dayOff), at)?.at ?? null;
    if (next !== null && dueAt !== null && next.equals(dueAt)) continue;
    await tx
      .updateTable('cadences')
      .set({ next_due_at: next?.toString() ?? null })
      .where('id', '=', id)
      .execute();
  }
}
