import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import {
  eventsOf,
  got,
  type Importing,
  portions,
  recordImport,
  type Sorted,
  sortOut,
  type Tally,
} from '../platform/db/importing.ts';
import type { CadencePeriod } from '../platform/db/tables.ts';
import { nextSlot } from './core/calendar.ts';
import { noDayOff, ruleOf } from './core/rule.ts';
import { parseSchedule } from './core/schedule.ts';
import type { CadenceEntry } from './file.ts';

type CadenceState = {
  ritual: string;
  channel_id: number;
  schedule: string;
  timezone: string;
  cycle: string;
  nudge_after: string | null;
  close_after: string | null;
  catch_up: string;
  state: 'active' | 'paused' | 'ended';
  teams: number[];
};

/**
 * Adds and changes cadences. The state of one that is there stays as people made it in Slack, unless the
 * operator overwrites. Its next time is found anew only when its rule, its zone or its rest changes.
 */
export async function importCadences(
  importing: Importing,
  entries: CadenceEntry[],
  refer: {
    teams: ReadonlyMap<string, number>;
    channels: ReadonlyMap<string, number>;
    /** The workspace's own zone, for a cadence that names none. */
    timezone: string;
  },
): Promise<{ tally: Tally }> {
  const { ids, states } = await presentCadences(importing);
  const wanted = new Map(
    entries.map((entry) => {
      const state: CadenceState = {
        ritual: entry.ritual,
        channel_id: got(refer.channels, entry.channel),
        schedule: entry.schedule,
        timezone: entry.timezone ?? refer.timezone,
        cycle: entry.cycle,
        nudge_after: entry.nudge_after ?? null,
        close_after: entry.close_after ?? null,
        catch_up: entry.catch_up,
        state: entry.state,
        teams: entry.teams.map((team) => got(refer.teams, team)).sort((a, b) => a - b),
      };
      const present = states.get(entry.key);
      const keepsState = present !== undefined && !importing.overwrite;
      return [entry.key, keepsState ? { ...state, state: present.state } : state];
    }),
  );
  const sorted = sortOut<CadenceState>(wanted, states);
  await saveCadences(importing, sorted, ids);
  await replaceTeams(importing, sorted, ids);
  await recordImport(
    importing,
    eventsOf('cadence', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally };
}

async function presentCadences({
  tx,
  workspaceId,
}: Importing): Promise<{ ids: Map<string, number>; states: Map<string, CadenceState> }> {
  const rows = await tx
    .selectFrom('cadences as c')
    .where('c.workspace_id', '=', workspaceId)
    .select([
      'c.id',
      'c.key',
      'c.ritual',
      'c.channel_id',
      'c.schedule',
      'c.timezone',
      'c.cycle',
      'c.nudge_after',
      'c.close_after',
      'c.catch_up',
      'c.state',
      sql<number[]>`coalesce((select json_agg(t.team_id order by t.team_id) from cadence_teams t
        where t.cadence_id = c.id), '[]')`.as('teams'),
    ])
    .execute();
  return {
    ids: new Map(rows.map((row) => [row.key, row.id])),
    states: new Map(rows.map(({ id, key, ...state }) => [key, state])),
  };
}

async function saveCadences(
  { tx, workspaceId, at, overwrite }: Importing,
  { added, changed }: Sorted<CadenceState>,
  ids: Map<string, number>,
): Promise<void> {
  const isRescheduled = (after: Partial<CadenceState>): boolean =>
    after.schedule !== undefined || after.timezone !== undefined || after.state === 'active';
  // The planner moves the next time of every other cadence on its own, perhaps at this moment.
  const groups = [
    { rows: [...added, ...changed.filter(({ after }) => isRescheduled(after))], reschedules: true },
    { rows: changed.filter(({ after }) => !isRescheduled(after)), reschedules: false },
  ];
  for (const { rows, reschedules } of groups) {
    for (const portion of portions(rows)) {
      const saved = await tx
        .insertInto('cadences')
        .values(
          portion.map(({ key, wanted: { teams, ...columns } }) => ({
            key,
            ...columns,
            ...timesOf(columns, at),
            workspace_id: workspaceId,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
            ritual: eb.ref('excluded.ritual'),
            channel_id: eb.ref('excluded.channel_id'),
            schedule: eb.ref('excluded.schedule'),
            timezone: eb.ref('excluded.timezone'),
            period: eb.ref('excluded.period'),
            cycle: eb.ref('excluded.cycle'),
            nudge_after: eb.ref('excluded.nudge_after'),
            close_after: eb.ref('excluded.close_after'),
            catch_up: eb.ref('excluded.catch_up'),
            ...(reschedules ? { next_due_at: eb.ref('excluded.next_due_at') } : {}),
            ...(overwrite ? { state: eb.ref('excluded.state') } : {}),
          })),
        )
        .returning(['id', 'key'])
        .execute();
      for (const { id, key } of saved) ids.set(key, id);
    }
  }
}

function timesOf(
  { schedule, timezone }: { schedule: string; timezone: string },
  now: Temporal.Instant,
): { period: CadencePeriod; next_due_at: string | null } {
  const read = parseSchedule(schedule);
  if (!read.ok) throw new Error(`the file was let through with the schedule ${schedule}`);
  const rule = ruleOf({
    schedule: read.value,
    zone: timezone,
    startsOn: null,
    onHoliday: 'hold',
    dayOff: noDayOff,
  });
  return { period: rule.period, next_due_at: nextSlot(rule, now)?.at.toString() ?? null };
}

async function replaceTeams(
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
