import type { Temporal } from 'temporal-polyfill';
import { readCadence } from '../../../cadence/operations.ts';
import { prospectOf } from '../../../cadence/prospect.ts';
import type { Rehearsal, Rituals } from '../../../cadence/ritual.ts';
import { accepted, type Result } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Actor } from '../../people/core/person.ts';
import { refusalFor } from '../operations.ts';
import type { LiveTeam, TeamPreview } from './core/live.ts';
import { isAwayAt, nothingAsked, notOfTeam, whyNotAsked } from './core/not-asked.ts';
import { listCandidates } from './preview-store.ts';
import { goneTeam, noRitualOf } from './refusals.ts';
import { listLiveTeams } from './store.ts';

export type PreviewDeps = { db: Database; rituals: Rituals };

/** Whom the next run of each team's ritual would message and when, and who of the team is not asked and why. */
export async function previewTeams(
  deps: PreviewDeps,
  workspaceId: string,
  actor: Actor,
): Promise<Result<TeamPreview[]>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const teams = (await listLiveTeams(deps.db, workspaceId)).filter(({ cadenceId }) => cadenceId !== null);
  const previews: TeamPreview[] = [];
  for (const team of teams) previews.push(await previewTeam(deps, workspaceId, team));
  return accepted(previews);
}

/** The same of one team. */
export async function previewOne(
  deps: PreviewDeps,
  workspaceId: string,
  actor: Actor,
  teamId: number,
): Promise<Result<TeamPreview>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const team = (await listLiveTeams(deps.db, workspaceId)).find(({ id }) => id === teamId);
  if (team === undefined) return goneTeam;
  if (team.cadenceId === null) return noRitualOf(team.name);
  return accepted(await previewTeam(deps, workspaceId, team));
}

/** What the next run of a cadence would say; undefined where it does not come again, or cannot tell. */
export async function rehearsalOf(
  { db, rituals }: PreviewDeps,
  workspaceId: string,
  cadenceId: number,
  mostPeople: number,
): Promise<{ at: Temporal.Instant; zone: string; rehearsal: Rehearsal | null; people: number } | undefined> {
  const card = await readCadence(db, workspaceId, cadenceId);
  if (!card.ok) return undefined;
  const { cadence, times } = card.value;
  const next = times.find(({ skip }) => skip === null);
  const ritual = rituals.get(cadence.ritual);
  if (next === undefined || ritual === undefined) return undefined;
  const prospect = prospectOf(card.value, next);
  const rehearsal = (await ritual.rehearse?.(db, { ...prospect, name: next.slot.name, mostPeople })) ?? null;
  const { people } = (await ritual.whom?.(db, prospect)) ?? { people: 0 };
  return { at: next.slot.at, zone: cadence.timezone, rehearsal, people };
}

/** `team` has a cadence. */
export async function previewTeam(
  deps: PreviewDeps,
  workspaceId: string,
  team: LiveTeam,
): Promise<TeamPreview> {
  const next = await rehearsalOf(deps, workspaceId, team.cadenceId ?? 0, 0);
  const candidates = await listCandidates(deps.db, workspaceId, team.id);
  const at = next?.at ?? null;
  const wouldAsk = next?.rehearsal?.asked ?? [];
  const askedOf = new Set(wouldAsk.map(({ slackId }) => slackId));
  const held = new Set(candidates.filter(({ isTold }) => !isTold).map(({ slackId }) => slackId));
  const zoneOf = new Map(candidates.map(({ slackId, timezone }) => [slackId, timezone]));
  const isHeard = ({ slackId }: { slackId: string }) => !held.has(slackId);
  const notAsked = candidates.flatMap((person) => {
    const { slackId, name, isOfTeam, isTold } = person;
    if (slackId !== null && askedOf.has(slackId))
      return isTold ? [] : [{ slackId, name, why: notOfTeam, isAway: false }];
    const why = whyNotAsked(person, at);
    // Who is in no team is named only where it is asked about something of theirs.
    return isOfTeam || why !== nothingAsked ? [{ slackId, name, why, isAway: isAwayAt(person, at) }] : [];
  });
  return {
    team,
    at,
    zone: next?.zone ?? 'UTC',
    asked: wouldAsk.filter(isHeard).map((person) => ({
      ...person,
      timezone: zoneOf.get(person.slackId) ?? next?.zone ?? 'UTC',
    })),
    unnamed: next?.rehearsal === null ? next.people : 0,
    notAsked,
  };
}
