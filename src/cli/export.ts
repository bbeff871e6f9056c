import { getDaysOff } from '../cadence/days-off.ts';
import { exportCadences, exportCalendar } from '../cadence/export.ts';
import { exportLoans } from '../features/handoffs/export.ts';
import { exportCycles, exportObjectives } from '../features/okrs/export.ts';
import { exportRocks } from '../features/ownership/export.ts';
import { exportTeams, readNaming } from '../features/people/export.ts';
import { exportPlaybook } from '../features/playbook/export.ts';
import { exportAccounts } from '../features/research/export.ts';
import { exportRoadmap } from '../features/roadmap/export.ts';
import { exportSettings } from '../features/setup/export.ts';
import { exportStrategy } from '../features/strategy/export.ts';
import { readCompanyClock } from '../platform/db/company-time.ts';
import type { Database } from '../platform/db/database.ts';
import { dayOf } from '../platform/db/import-days.ts';
import type { Fields } from '../platform/file/writing.ts';

/** A whole cairn.yaml of version 1, as the present state gives it. A section without anything in it is null. */
export type CompanyFile = {
  settings: Fields | null;
  /** By short name. */
  people: Map<string, Fields>;
  teams: Fields[];
  rocks: Fields[];
  strategy: Fields | null;
  cycles: Fields[];
  objectives: Fields[];
  roadmap: Fields[];
  playbook: Fields[];
  cadences: Fields[];
  calendar: Fields | null;
  accounts: Fields[];
};

/**
 * The present state of a workspace, all of it: who may see what does not matter to its operator. In the same order
 * every time, and the same for a workspace that was imported from it. `handles` are short names that people shall
 * have. `over` are the keys of cadences that are history, `today` is the company's day. Read it in one transaction.
 */
export async function exportCompany(
  db: Database,
  workspaceId: string,
  handles?: ReadonlyMap<number, string>,
): Promise<{ company: CompanyFile; over: string[]; today: string }> {
  const { now: at, zone: timezone } = await readCompanyClock(db, workspaceId);
  const today = dayOf(at, timezone);
  const naming = await readNaming(db, workspaceId, handles);
  const channels = await channelNames(db, workspaceId);
  const loans = await exportLoans(db, workspaceId, today);
  const daysOff = await getDaysOff(db, workspaceId);

  const settings = await exportSettings(db, workspaceId);
  const teams = await exportTeams(db, workspaceId, naming);
  const rocks = await exportRocks(db, workspaceId, { naming, channels, loans, timezone });
  const strategy = await exportStrategy(db, workspaceId, naming);
  const cycles = await exportCycles(db, workspaceId);
  const objectives = await exportObjectives(db, workspaceId, naming);
  const roadmap = await exportRoadmap(db, workspaceId, naming);
  const playbook = await exportPlaybook(db, workspaceId);
  const { cadences, over } = await exportCadences(db, workspaceId, { naming, channels, daysOff, at });
  const calendar = exportCalendar(daysOff);
  const accounts = await exportAccounts(db, workspaceId);
  return {
    company: {
      settings,
      people: naming.people(),
      teams,
      rocks,
      strategy,
      cycles,
      objectives,
      roadmap,
      playbook,
      cadences,
      calendar,
      accounts,
    },
    over,
    today,
  };
}

async function channelNames(db: Database, workspaceId: string): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('channels')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
