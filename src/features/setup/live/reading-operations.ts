import { scheduleInWords } from '../../../cadence/cadence-rule.ts';
import { checkTime } from '../../../cadence/settings.ts';
import { accepted, type Result } from '../../../platform/core/result.ts';
import { readCompanyClock } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Actor } from '../../people/core/person.ts';
import { findPage, listPages } from '../../playbook/operations.ts';
import { refusalFor } from '../operations.ts';
import type { LivePage } from './core/live.ts';
import { readPilot } from './pilot-operations.ts';
import type { PreviewDeps } from './preview-operations.ts';
import { isQuiet } from './quiet-store.ts';
import { findSetup, listLiveTeams } from './store.ts';

/** How the first ritual stands, for admins. */
export async function readLive(
  deps: PreviewDeps,
  workspaceId: string,
  actor: Actor,
): Promise<Result<LivePage>> {
  return refusalFor(actor) ?? accepted(await livePage(deps, workspaceId));
}

/** The same for whoever has been admitted already. */
export async function livePage(deps: PreviewDeps, workspaceId: string): Promise<LivePage> {
  const { db } = deps;
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const setup = await findSetup(db, workspaceId);
  const teams = await listLiveTeams(db, workspaceId);
  const team = teams.find(({ id }) => id === setup?.pilotTeamId);
  const page = setup && (await findPage(db, workspaceId, setup.ritual));
  return {
    isQuiet: await isQuiet(db, workspaceId),
    ritual: setup
      ? {
          key: setup.ritual,
          name: page?.name ?? setup.ritual,
          words: scheduleInWords(setup.schedule),
          schedule: setup.schedule,
          timezone: setup.timezone,
        }
      : null,
    teams,
    pilot: setup ? await readPilot(deps, workspaceId, { team, ritual: setup.ritual, now }) : null,
    zone,
    now,
  };
}

/** The rituals to pick from: those that come with Cairn, then the company's own pages. */
export async function readTemplates(
  db: Database,
  workspaceId: string,
): Promise<{ id: string; name: string }[]> {
  return (await listPages(db, workspaceId)).map(({ key, name }) => ({ id: key, name }));
}

/** What is wrong with the time of a ritual, in plain words beside its fields; nothing where it can be held. */
export async function checkRitual(
  db: Database,
  workspaceId: string,
  { schedule, timezone, ritual }: { schedule: string; timezone: string; ritual: string },
): Promise<{ schedule?: string; timezone?: string; ritual?: string }> {
  const time = checkTime(schedule, timezone);
  const page = await findPage(db, workspaceId, ritual);
  return page === undefined
    ? { ...time, ritual: 'That page is not in the playbook any more. Pick another one.' }
    : time;
}
