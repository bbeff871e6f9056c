import { type ExpressionBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Tables } from '../../../platform/db/tables.ts';
import { normalName } from '../core/names.ts';
import type { PersonRef } from '../core/rock.ts';
import type { RockState } from '../present-rocks.ts';
import type { FormChoices } from './core/entry.ts';

/**
 * Whoever gives rocks names goes one after the other, so that no alias ever leads to two of them. Taken before any rock
 * is locked: else two would wait for each other.
 */
export async function lockNames(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rock names of ${workspaceId}`}, 0))`.execute(tx);
}

/** The keys, and the aliases as they are compared, that begin like the key `base`: what a new one must not be. */
export async function listTakenKeys(
  db: Database,
  workspaceId: string,
  base: string,
): Promise<{ keys: Set<string>; aliases: Set<string> }> {
  const keys = await db
    .selectFrom('rocks')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`starts_with(key, ${base})`)
    .execute();
  const aliases = await db
    .selectFrom('rock_names')
    .select('normal')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'alias')
    .where(sql<boolean>`starts_with(normal, ${normalName(base)})`)
    .execute();
  return {
    keys: new Set(keys.map((row) => row.key)),
    aliases: new Set(aliases.map((row) => row.normal)),
  };
}

export type TakenName = {
  normal: string;
  kind: 'key' | 'name' | 'alias';
  rockId: number;
  rock: string;
  isRetired: boolean;
  isSeen: boolean;
};

/** Who else has names of these normal forms, and whether `viewerId` sees that rock. */
export async function findTaken(
  db: Database,
  workspaceId: string,
  normals: readonly string[],
  { butRockId, viewerId }: { butRockId: number | null; viewerId: number },
): Promise<TakenName[]> {
  const { rows } = await sql<TakenName>`
    select n.normal, n.kind, r.id as "rockId", r.name as rock, r.state = 'retired' as "isRetired", sees(r, ${viewerId}) as "isSeen"
    from rock_names n join rocks r on r.id = n.rock_id
    where n.workspace_id = ${workspaceId} and n.normal = any(${[...normals]}::text[])
      and r.id is distinct from ${butRockId}::bigint
    order by n.kind = 'alias' desc, n.kind = 'name' desc, r.id`.execute(db);
  return rows;
}

type Columns = Omit<
  RockState,
  'aliases' | 'links' | 'backups' | 'viewers' | 'contributors' | 'set_down' | 'retired'
>;

export function columnsOf(state: RockState): Columns {
  const { aliases, links, backups, viewers, contributors, set_down, retired, ...columns } = state;
  return columns;
}

export async function insertRock(
  tx: Tx,
  workspaceId: string,
  key: string,
  state: RockState,
  at: Temporal.Instant,
): Promise<number> {
  const { id } = await tx
    .insertInto('rocks')
    .values({ ...columnsOf(state), workspace_id: workspaceId, key, created_at: at.toString() })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateRock(tx: Tx, id: number, state: RockState, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('rocks')
    .set({ ...columnsOf(state), changed_at: at.toString() })
    .where('id', '=', id)
    .execute();
}

export async function saveSetDown(
  tx: Tx,
  id: number,
  setDown: { byId: number; at: Temporal.Instant; reason: string; lookAgainOn: string },
): Promise<void> {
  const at = setDown.at.toString();
  await tx
    .updateTable('rocks')
    .set({
      state: 'set-down',
      set_down_by: setDown.byId,
      set_down_at: at,
      set_down_reason: setDown.reason,
      look_again_on: setDown.lookAgainOn,
      looked_again_on: null,
      changed_at: at,
    })
    .where('id', '=', id)
    .execute();
}

export async function saveRetired(
  tx: Tx,
  id: number,
  retired: { at: Temporal.Instant; reason: string; successorId: number | null },
): Promise<void> {
  const at = retired.at.toString();
  await tx
    .updateTable('rocks')
    .set({
      state: 'retired',
      set_down_by: null,
      set_down_at: null,
      set_down_reason: null,
      look_again_on: null,
      retired_at: at,
      retired_reason: retired.reason,
      successor_id: retired.successorId,
      changed_at: at,
    })
    .where('id', '=', id)
    .execute();
}

/** Whether somebody carried a rock until it was retired, the latest time that it was. */
export async function wasItsLastOwner(db: Database, rockId: number, personId: number): Promise<boolean> {
  const last = await db
    .selectFrom('stints')
    .select(['person_id', 'ended'])
    .where('rock_id', '=', rockId)
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.person_id === personId && last.ended === 'retired';
}

/** People by their ids, as messages name them. */
export async function findPeople(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<PersonRef[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom('people')
    .select(asRef)
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .execute();
}

/** The owner has said that it is theirs. */
export async function confirmStint(tx: Tx, stintId: number, at: Temporal.Instant): Promise<void> {
  await tx.updateTable('stints').set({ confirmed_at: at.toString() }).where('id', '=', stintId).execute();
}

/** Who named the present owner of a rock; null: nobody in Slack. */
export async function findProposer(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('events')
    .select('actor_id')
    .where('workspace_id', '=', workspaceId)
    .where('subject_kind', '=', 'rock')
    .where('subject_id', '=', rockId)
    .where('type', '=', 'rock.assigned')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.actor_id ?? null;
}

const asRef = (eb: ExpressionBuilder<Tables, 'people'>) =>
  [
    'people.id',
    'people.slack_id as slackId',
    'people.name',
    eb('people.deactivated_at', 'is not', null).$castTo<boolean>().as('isDeactivated'),
  ] as const;

/** Who leads the team of a rock, as long as they are there. */
export async function findLead(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<PersonRef | undefined> {
  return await db
    .selectFrom('people')
    .innerJoin('teams', 'teams.lead_id', 'people.id')
    .innerJoin('rocks', 'rocks.team_id', 'teams.id')
    .select(asRef)
    .where('rocks.workspace_id', '=', workspaceId)
    .where('rocks.id', '=', rockId)
    .where('people.deactivated_at', 'is', null)
    .executeTakeFirst();
}

/** Three admins who are in Slack, those who came first. */
export async function findAdmins(db: Database, workspaceId: string): Promise<PersonRef[]> {
  return await db
    .selectFrom('people')
    .select(asRef)
    .where('workspace_id', '=', workspaceId)
    .where((eb) => eb.or([eb('is_admin', '=', true), eb('is_slack_admin', '=', true)]))
    .where('slack_id', 'is not', null)
    .where('deactivated_at', 'is', null)
    .orderBy('id')
    .limit(3)
    .execute();
}

/** A team by its name or key, compared as names of rocks are. */
export async function findTeam(
  db: Database,
  workspaceId: string,
  typed: string,
): Promise<{ id: number; name: string } | undefined> {
  const teams = await db
    .selectFrom('teams')
    .select(['id', 'key', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
  const normal = normalName(typed);
  const isMeant = (name: string) => normalName(name) === normal;
  return teams.find(({ key, name }) => isMeant(name) || isMeant(key));
}

/** What the form of a rock offers: the teams, and the Slack id of its own channel. */
export async function readChoices(
  db: Database,
  workspaceId: string,
  channelId: number | null,
): Promise<FormChoices> {
  const teams = await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .execute();
  const channel =
    channelId === null
      ? undefined
      : await db.selectFrom('channels').select('slack_id').where('id', '=', channelId).executeTakeFirst();
  return { teams, channel: channel?.slack_id ?? null };
}

/** Rocks that are to be looked at again by now and of which nobody was told, and whom it concerns. */
export type ToLookAt = {
  id: number;
  name: string;
  on: Temporal.PlainDate;
  reason: string | null;
  byId: number | null;
  leadId: number | null;
};

/** Nine o'clock of the workspace's zone on the day that was said. */
const lookAt = sql`((r.look_again_on + time '09:00') at time zone w.timezone)`;
const isUntold = sql<boolean>`r.state = 'set-down' and r.look_again_on is not null
  and r.looked_again_on is distinct from r.look_again_on`;

export async function takeToLookAt(tx: Tx, workspaceId: string): Promise<ToLookAt[]> {
  const { rows } = await sql<ToLookAt>`
    with due as (
      select r.id, t.lead_id from rocks r
      join workspaces w on w.id = r.workspace_id
      left join teams t on t.id = r.team_id
      where r.workspace_id = ${workspaceId} and ${isUntold} and ${lookAt} <= company_now(w)
      order by r.id limit 50 for update of r skip locked)
    update rocks r set looked_again_on = r.look_again_on from due where r.id = due.id
    returning r.id, r.name, r.look_again_on as "on", r.set_down_reason as reason, r.set_down_by as "byId",
      due.lead_id as "leadId"`.execute(tx);
  return rows;
}

export async function findNextToLookAt(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ at: Temporal.Instant; name: string } | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant; name: string }>`
    select ${lookAt} as at, r.name from rocks r join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${workspaceId} and ${isUntold} and ${lookAt} > ${after.toString()}::timestamptz
    order by 1 limit 1`.execute(db);
  return rows[0];
}
