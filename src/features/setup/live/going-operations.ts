import { lockCadence } from '../../../cadence/cadence-store.ts';
import { channelRefusal, resumeLocked } from '../../../cadence/change-operations.ts';
import { markHomesOf } from '../../../cadence/concern-store.ts';
import type { DayOff } from '../../../cadence/core/rule.ts';
import { readDaysOff } from '../../../cadence/days-off.ts';
import { listMayCome } from '../../../cadence/quiet-store.ts';
import { markAllHomes } from '../../../delivery/homes.ts';
import { wakeSenders } from '../../../delivery/outbox.ts';
import { accepted, type Refusal, type Result } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { recordEvent, recordEvents } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Actor } from '../../people/core/person.ts';
import { notAnAdmin, refusalFor } from '../operations.ts';
import { isLive, type LiveTeam } from './core/live.ts';
import { type PreviewDeps, previewTeam } from './preview-operations.ts';
import { endQuiet } from './quiet-store.ts';
import {
  goneTeam,
  nobodyAsked,
  nobodyInTeam,
  noRitual,
  noRitualOf,
  pilotChosen,
  pilotFirst,
} from './refusals.ts';
import { findSetup, listLiveTeams, lockLive, saveLive, savePilot } from './store.ts';

/** Who goes live: one team, as the first or after it, or everybody. */
export type Going = { teamId: number; as: 'pilot' | 'next' } | 'everybody';

/** What became of it: which teams are live now that were not, and what of their rituals could not go on. */
export type Went = { teams: string[]; isAlready: boolean; stuck: string[] };

/**
 * Takes a team live: from now on its people and its channels are messaged, and its ritual comes. Or everybody: then the
 * workspace is not quiet any more. However often it is pressed, and by however many, it happens once.
 */
export async function goLive(
  deps: PreviewDeps,
  workspaceId: string,
  actor: Actor,
  going: Going,
): Promise<Result<Went>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const dayOff = await readDaysOff(deps.db, workspaceId);
  return await inTransaction(
    deps.db,
    async (tx) => {
      const { isAdmin, isQuiet } = await lockLive(tx, workspaceId, actor.id);
      if (!isAdmin) return notAnAdmin;
      const setup = await findSetup(tx, workspaceId);
      if (setup === undefined) return noRitual;
      const all = await listLiveTeams(tx, workspaceId);
      const chosen = choose(all, going, isQuiet);
      if (!chosen.ok) return chosen;
      const { teams } = chosen.value;
      if (teams.length === 0 && !(going === 'everybody' && isQuiet))
        return accepted({ teams: [], isAlready: true, stuck: [] });
      if (going !== 'everybody') {
        const why = await whyNot({ ...deps, db: tx }, workspaceId, setup.ritual, teams);
        if (why !== null) return why;
      }
      return accepted(await take(tx, workspaceId, actor, { teams, all, going, dayOff }));
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

function choose(all: readonly LiveTeam[], going: Going, isQuiet: boolean): Result<{ teams: LiveTeam[] }> {
  const live = all.filter(isLive);
  if (going === 'everybody') {
    return live.length === 0 && isQuiet
      ? pilotFirst
      : accepted({ teams: all.filter((team) => !isLive(team)) });
  }
  const team = all.find(({ id }) => id === going.teamId);
  if (team === undefined) return goneTeam;
  if (isLive(team)) return accepted({ teams: [] });
  const [first] = live;
  return going.as === 'pilot' && first !== undefined ? pilotChosen(first.name) : accepted({ teams: [team] });
}

/** Why a team cannot go live, in words; null: it can. */
async function whyNot(
  deps: PreviewDeps & { db: Tx },
  workspaceId: string,
  ritual: string,
  teams: readonly LiveTeam[],
): Promise<Refusal | null> {
  for (const team of teams) {
    if (team.cadenceId === null) return noRitualOf(team.name);
    if (team.people === 0) return nobodyInTeam(team.name);
    const cadence = await lockCadence(deps.db, workspaceId, team.cadenceId);
    const lost = cadence === undefined ? noRitualOf(team.name) : channelRefusal(cadence);
    if (lost !== null) return lost;
    const preview = await previewTeam(deps, workspaceId, team);
    const isNobody = preview.asked.length + preview.unnamed === 0;
    const nobody = isNobody ? nobodyAsked(ritual, team.name) : null;
    // Whoever is away is asked when they are back.
    if (nobody !== null && !preview.notAsked.some(({ isAway }) => isAway)) return nobody;
  }
  return null;
}

async function take(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  given: { teams: readonly LiveTeam[]; all: readonly LiveTeam[]; going: Going; dayOff: DayOff },
): Promise<Went> {
  const { teams, all, going, dayOff } = given;
  const at = await companyNow(tx, workspaceId);
  const common = { workspaceId, at, doer: { kind: 'person', personId: actor.id } as const };
  await saveLive(
    tx,
    teams.map(({ id }) => id),
    at,
  );
  const [first] = teams;
  const isPilot = going !== 'everybody' && !all.some(isLive);
  if (isPilot && first !== undefined) await savePilot(tx, workspaceId, first.id);
  if (going === 'everybody') await endQuiet(tx, workspaceId);
  const stuck: string[] = [];
  for (const id of await listMayCome(tx, workspaceId)) {
    const cadence = await lockCadence(tx, workspaceId, id);
    if (cadence === undefined) continue;
    const resumed = await resumeLocked(tx, cadence, { now: at, actor, dayOff });
    if (resumed.ok) await recordEvent(tx, { ...common, ...resumed.value, subject: { kind: 'cadence', id } });
    else stuck.push(`\`${cadence.key}\`: ${resumed.words}`);
    await markHomesOf(tx, workspaceId, [id]);
  }
  await recordEvents(tx, [
    ...teams.map(({ id }) => ({
      ...common,
      type: 'team.went-live',
      subject: { kind: 'team', id },
      after: { isPilot },
    })),
    ...(going === 'everybody'
      ? [{ ...common, type: 'workspace.went-live', subject: { kind: 'workspace', id: 0 } }]
      : []),
  ]);
  await markAllHomes(tx, workspaceId);
  await wakeSenders(tx);
  return { teams: teams.map(({ name }) => name), isAlready: false, stuck };
}
