import { may, rolesInWorkspace } from '../../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { personMention } from '../../../platform/slack/mrkdwn.ts';
import type { PersonRef } from '../../ownership/core/rock.ts';
import { readLoadFor, readLoads } from '../../ownership/load/operations.ts';
import { type Actor, isActor, type Person } from '../../people/core/person.ts';
import { findPeople, findPersonById } from '../../people/operations.ts';
import { rolesOverPerson } from '../../people/roles.ts';
import { type Movable, type Receiver, type Shift, shifts } from './core/spread.ts';
import { listMovable, listTeams, listTeamsOf, type Source } from './movable-store.ts';

export type { Source };

/** What could move, in the eyes of whoever wants to move it. */
export type Plan = {
  source: Source;
  /** Whose rocks they are; null for a team's and for one rock. */
  person: Person | null;
  /** What may be moved; what is on its way already says to whom. */
  rocks: Movable[];
  /** How many more there are that the actor may not move. */
  others: number;
};

/** As many people as are proposed to take over. */
const mostSuggested = 5;

/** What of a person, or for a reorganisation of a team or one rock, the actor may move now. Refuses where it is nothing. */
export async function readPlan(
  db: Database,
  workspaceId: string,
  actor: Actor,
  source: Source,
): Promise<Result<Plan>> {
  const person = 'personId' in source ? await findPersonById(db, workspaceId, source.personId) : null;
  if (person !== null && !person.ok) return person;
  const problem = await rightOver(db, workspaceId, actor, person === null ? null : person.value);
  if (problem !== null) return problem;
  const all = await listMovable(db, workspaceId, source, actor);
  const rocks = all.filter(({ mayMove }) => mayMove);
  const plan = {
    source,
    person: person === null ? null : person.value,
    rocks,
    others: all.length - rocks.length,
  };
  return emptyRefusal(plan, actor) ?? accepted(plan);
}

async function rightOver(
  db: Database,
  workspaceId: string,
  actor: Actor,
  person: Person | null,
): Promise<Refusal | null> {
  if (person === null)
    return may('prepare a reorganisation', rolesInWorkspace(actor)) ? null : reorganisationRefusal;
  const roles = await rolesOverPerson(db, workspaceId, actor, person.id);
  if (may('move several rocks of one person', roles)) return null;
  return refused(
    'not-yours',
    `What ${personMention(person)} carries can be moved by themselves, a lead of theirs and admins. Ask one of them.`,
  );
}

function emptyRefusal({ person, rocks, others }: Omit<Plan, 'source'>, actor: Actor): Refusal | null {
  if (rocks.some(({ offeredTo }) => offeredTo === null)) return null;
  const who = person === null ? 'That' : person.id === actor.id ? 'You' : personMention(person);
  if (rocks.length > 0) {
    return refused(
      'all-on-their-way',
      person === null
        ? 'All of that is on its way already. `/handoff` says what waits.'
        : `All that ${who === 'You' ? 'you carry' : `${who} carries`} is on its way already. \`/handoff\` says what waits.`,
    );
  }
  if (others > 0)
    return refused('not-yours', `${who} carries only rocks of teams that you do not lead. Ask an admin.`);
  if (person === null) return refused('nothing', 'There is no rock that could be moved.');
  return refused(
    'nothing',
    `${who} ${who === 'You' ? 'carry' : 'carries'} no rock, so there is nothing to hand off.`,
  );
}

/** Who could take over, to begin with: backups of most of it first, then whom a lighter backpack would need. */
export async function suggestReceivers(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { person, rocks }: Plan,
): Promise<PersonRef[]> {
  const known = new Map<number, PersonRef>();
  const votes = new Map<number, number>();
  for (const { backups, owner } of rocks) {
    for (const backup of backups.slice(0, 1)) {
      if (backup.id === owner?.id || backup.id === person?.id) continue;
      known.set(backup.id, backup);
      votes.set(backup.id, (votes.get(backup.id) ?? 0) + 1);
    }
  }
  const load = person === null ? null : await readLoadFor(db, workspaceId, actor, person.id);
  for (const { to } of load?.suggestions ?? []) {
    if (to === null || known.has(to.id)) continue;
    known.set(to.id, to);
    votes.set(to.id, 0);
  }
  // Whoever stands in since the person left is the likeliest to go on.
  for (const { owner } of rocks) {
    if (owner === null || owner.id === person?.id || person?.isDeactivated !== true) continue;
    known.set(owner.id, owner);
    votes.set(owner.id, (votes.get(owner.id) ?? 0) + 1);
  }
  return [...known.values()]
    .filter(({ id }) => id !== actor.id)
    .toSorted((one, other) => (votes.get(other.id) ?? 0) - (votes.get(one.id) ?? 0) || one.id - other.id)
    .slice(0, mostSuggested);
}

/**
 * Who shall take over, with loads and teams. Refuses the first who cannot, in words without formatting, since they
 * stand beside a field.
 */
export async function readReceivers(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { person }: Pick<Plan, 'person'>,
  ids: readonly number[],
): Promise<Result<Receiver[]>> {
  const people = await findPeople(db, workspaceId, [...ids]);
  const loads = await readLoads(db, workspaceId, ids);
  const teams = await listTeamsOf(db, workspaceId, ids);
  const receivers: Receiver[] = [];
  for (const id of ids) {
    const found = people.find((it) => it.id === id);
    if (found === undefined) return refused('unknown-person', 'One of them is not in this workspace.');
    const problem = receiverRefusal(found, person, actor);
    if (problem !== null) return problem;
    const { load = 0, limit = 0 } = loads.get(id) ?? {};
    const { slackId, name, isDeactivated } = found;
    receivers.push({ id, slackId, name, isDeactivated, load, limit, teamIds: teams.get(id) ?? [] });
  }
  return accepted(receivers);
}

/** Why somebody cannot take rocks over from `person`; null when they can. */
function receiverRefusal(to: Person, person: Person | null, actor: Actor): Refusal | null {
  if (to.id === actor.id && to.id !== person?.id)
    return refused('to-oneself', 'That is you. What nobody carries you can take yourself: /owner shows how.');
  if (to.id === person?.id) return refused('to-oneself', `${to.name} carries them already. Who takes over?`);
  if (to.isDeactivated)
    return refused('left', `${to.name} has left Slack, so nothing can be handed to them.`);
  if (isActor(to)) return null;
  return refused(
    'not-a-member',
    `${to.name} is not a full member of this workspace, so they cannot carry a rock.`,
  );
}

/** Whose loads, of these people, the actor may see. */
export async function seenLoads(
  db: Database,
  workspaceId: string,
  actor: Actor,
  ids: readonly number[],
): Promise<Map<number, { load: number; limit: number }>> {
  const seen = new Set<number>();
  for (const id of new Set(ids)) {
    const roles = await rolesOverPerson(db, workspaceId, actor, id);
    if (may("see somebody's load", roles)) seen.add(id);
  }
  return await readLoads(db, workspaceId, [...seen]);
}

/** How the loads of everybody concerned change, as far as the actor may see them. */
export async function readShifts(
  db: Database,
  workspaceId: string,
  actor: Actor,
  moves: readonly { weight: number; fromId: number | null; toId: number }[],
): Promise<Shift[]> {
  const ids = moves.flatMap(({ fromId, toId }) => (fromId === null ? [toId] : [fromId, toId]));
  return shifts(moves, await seenLoads(db, workspaceId, actor, ids));
}

/** The teams whose rocks can be added to a reorganisation, by name. */
export async function readTeams(db: Database, workspaceId: string): Promise<{ id: number; name: string }[]> {
  return await listTeams(db, workspaceId);
}

export const reorganisationRefusal = refused(
  'not-an-admin',
  'A reorganisation is prepared by admins: those of Slack, and whom they named in `/cairn setup`. Ask one of them.',
);
