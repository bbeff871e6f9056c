import type { Temporal } from 'temporal-polyfill';
import { findTwin, lockCadence } from '../../../cadence/cadence-store.ts';
import type { DayOff } from '../../../cadence/core/rule.ts';
import { readDaysOff } from '../../../cadence/days-off.ts';
import { checkSettings, type Settings } from '../../../cadence/settings.ts';
import { addLocked, editLocked } from '../../../cadence/setup-operations.ts';
import { markAllHomes } from '../../../delivery/homes.ts';
import { accepted, type Refusal } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Actor } from '../../people/core/person.ts';
import { notAnAdmin, refusalFor } from '../operations.ts';
import { isLive, type LiveTeam } from './core/live.ts';
import { dropSetupRitual, findSetup, listLiveTeams, lockLive, saveSetup, saveSetupRitual } from './store.ts';

/** The ritual of the set-up: one template and time for all teams, each in a channel of its own. */
export type NewRitual = {
  ritual: string;
  schedule: string;
  timezone: string;
  teams: readonly { teamId: number; channelId: number }[];
};

/** What was not taken, in plain words beside each field: `schedule`, `timezone`, or the channel of a team. */
export type RitualRefusal = Refusal & {
  code: 'ritual';
  problems: { schedule?: string; timezone?: string; channels: ReadonlyMap<number, string> };
};

/** `paused` until its team is live: a cadence for each team, and all or nothing. Teams that are left out lose theirs. */
export async function saveRitual(
  db: Database,
  workspaceId: string,
  actor: Actor,
  wanted: NewRitual,
): Promise<{ ok: true; value: null } | Refusal | RitualRefusal> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const dayOff = await readDaysOff(db, workspaceId);
  return await inTransaction(
    db,
    async (tx) => {
      const { isAdmin } = await lockLive(tx, workspaceId, actor.id);
      if (!isAdmin) return notAnAdmin;
      const at = await companyNow(tx, workspaceId);
      const teams = await listLiveTeams(tx, workspaceId);
      const chosen = wanted.teams.flatMap(({ teamId, channelId }) => {
        const team = teams.find(({ id }) => id === teamId);
        return team === undefined ? [] : [{ team, channelId }];
      });
      const places = await settingsOf(tx, workspaceId, wanted, chosen, at);
      const wrong = await problemsOf(tx, workspaceId, places, at, dayOff);
      if (wrong !== null) return wrong;
      const before = await findSetup(tx, workspaceId);
      await saveSetup(tx, workspaceId, { ...wanted, savedBy: actor.id, savedAt: at });
      for (const place of places) await saveOne(tx, workspaceId, actor, place, dayOff);
      const left = teams.filter((team) => !isLive(team) && !chosen.some((one) => one.team.id === team.id));
      for (const { id, cadenceId } of left) if (cadenceId !== null) await dropSetupRitual(tx, id, cadenceId);
      const { ritual, schedule, timezone } = wanted;
      const after = { ritual, schedule, timezone, teams: chosen.map(({ team }) => team.id) };
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'setup.ritual-saved',
        // A workspace has no number; the event's own column says which.
        subject: { kind: 'workspace', id: 0 },
        ...(before === undefined ? {} : { before }),
        after,
      });
      await markAllHomes(tx, workspaceId);
      return accepted(null);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

type Place = { team: LiveTeam; settings: Settings };

/** What each team's cadence is from now on; one that is there keeps what the set-up does not ask for. */
async function settingsOf(
  tx: Tx,
  workspaceId: string,
  { ritual, schedule, timezone }: NewRitual,
  chosen: readonly { team: LiveTeam; channelId: number }[],
  at: Temporal.Instant,
): Promise<Place[]> {
  const places: Place[] = [];
  for (const { team, channelId } of chosen) {
    const known = team.cadenceId === null ? undefined : await lockCadence(tx, workspaceId, team.cadenceId);
    const settings: Settings = {
      ...{ key: null, ritual, schedule, timezone, channelId, teamIds: [team.id] },
      startsOn: known?.startsOn ?? at.toZonedDateTimeISO('UTC').toPlainDate(),
      onHoliday: known?.onHoliday ?? 'hold',
      cycle: known?.cycle ?? 'current',
      nudgeAfter: known === undefined ? 'P1D' : known.nudgeAfter,
      closeAfter: known === undefined ? 'P2D' : known.closeAfter,
    };
    places.push({ team, settings });
  }
  return places;
}

/** Everything that is wrong at once, so that nothing is half saved; null: nothing is. */
async function problemsOf(
  tx: Tx,
  workspaceId: string,
  places: readonly Place[],
  at: Temporal.Instant,
  dayOff: DayOff,
): Promise<RitualRefusal | null> {
  const channels = new Map<number, string>();
  let [schedule, timezone]: (string | undefined)[] = [];
  for (const { team, settings } of places) {
    const checked = await checkSettings(tx, workspaceId, settings, at, dayOff);
    if (checked.ok) continue;
    const problems = 'problems' in checked ? checked.problems : {};
    schedule ??= problems.schedule ?? problems.cycle ?? problems.ritual;
    timezone ??= problems.timezone;
    if (problems.channel !== undefined) channels.set(team.id, problems.channel);
  }
  if (schedule === undefined && timezone === undefined && channels.size === 0) return null;
  const problems = {
    ...(schedule === undefined ? {} : { schedule }),
    ...(timezone === undefined ? {} : { timezone }),
    channels,
  };
  const words = [schedule, timezone, ...channels.values()].filter((it) => it !== undefined).join(' ');
  return { ok: false, code: 'ritual', words, problems };
}

/** Two teams may hold it in one channel: whoever sets it up has named both. */
async function saveOne(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  { team, settings }: Place,
  dayOff: DayOff,
): Promise<void> {
  const exceptId = team.cadenceId;
  const twinId = (await findTwin(tx, workspaceId, { ...settings, exceptId }))?.id ?? null;
  const saved =
    exceptId === null
      ? await addLocked(tx, workspaceId, actor, settings, { twinId, dayOff })
      : await editLocked(tx, workspaceId, actor, exceptId, settings, { twinId, dayOff });
  if (!saved.ok) throw new Error(`what was checked could not be saved: ${saved.words}`);
  await saveSetupRitual(tx, workspaceId, team.id, saved.value.id);
}
