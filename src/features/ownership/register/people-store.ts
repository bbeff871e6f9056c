import type { ExpressionBuilder } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';
import type { Tables } from '../../../platform/db/tables.ts';
import { normalName } from '../core/names.ts';
import type { PersonRef } from '../core/rock.ts';
import type { FormChoices } from './core/entry.ts';

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
): Promise<Omit<FormChoices, 'lines'>> {
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
