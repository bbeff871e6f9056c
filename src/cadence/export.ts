import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../platform/db/database.ts';
import { type Fields, inOrder, type Naming, plainText, some, told } from '../platform/file/writing.ts';
import { type DaysOff, dayOffIn } from './days-off.ts';
import { isWithoutCycle } from './file.ts';
import { lateStart } from './import-checks.ts';
import { notIn } from './import-notes.ts';
import { presentCadences } from './import-store.ts';

/**
 * The workspace's cadences as a file has them. Those that are over are left out, as are those that come no more before
 * their cycle is over: they are history. `over` are their keys. One that waits for Cairn to be invited is active.
 */
export async function exportCadences(
  db: Database,
  workspaceId: string,
  given: { naming: Naming; channels: ReadonlyMap<number, string>; daysOff: DaysOff; at: Temporal.Instant },
): Promise<{ cadences: Fields[]; over: string[] }> {
  const { states } = await presentCadences(db, workspaceId);
  const cycles = await db
    .selectFrom('cycles')
    .select(['key', 'ends_on'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const ends = new Map(cycles.map(({ key, ends_on }) => [key, ends_on.toString()]));
  const dayOff = await dayOffIn(given.daysOff);
  const over: string[] = [];
  const cadences: Fields[] = [];
  for (const [key, cadence] of inOrder([...states], ([key]) => key)) {
    const cycle = isWithoutCycle(cadence.ritual) ? 'current' : cadence.cycle;
    const end = ends.get(cycle);
    if (
      cadence.state === 'ended' ||
      (end !== undefined && lateStart(cadence, end, dayOff, given.at) !== null)
    ) {
      over.push(key);
      continue;
    }
    const channel = given.channels.get(cadence.channel_id) ?? '';
    const isPaused = cadence.state === 'paused' && cadence.pause_reason !== notIn(channel);
    const teams = cadence.teams.map((team) => given.naming.team(team));
    cadences.push(
      told({
        key,
        ritual: cadence.ritual,
        channel: `#${channel}`,
        schedule: plainText(cadence.schedule),
        timezone: cadence.timezone,
        starts: cadence.starts_on,
        on_holiday: cadence.on_holiday === 'hold' ? null : cadence.on_holiday,
        teams: some(inOrder(teams, (team) => team)),
        cycle: cycle === 'current' ? null : cycle,
        nudge_after: cadence.nudge_after,
        close_after: cadence.close_after,
        catch_up: cadence.catch_up === 'PT12H' ? null : cadence.catch_up,
        state: isPaused ? 'paused' : null,
      }),
    );
  }
  return { cadences, over };
}

/** The company's days off as a file has them; null: it has none. */
export function exportCalendar({ place, companyDays }: DaysOff): Fields | null {
  const fields = told({
    country: place?.country,
    state: place?.state,
    region: place?.region,
    company_days: some(companyDays.map(({ date, name }) => ({ date, name: plainText(name) }))),
  });
  return Object.keys(fields).length === 0 ? null : fields;
}
