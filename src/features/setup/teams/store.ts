import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { PresentTeam, ProposedTeam } from './core/proposal.ts';

const ids = z.array(z.number().int());
const proposedTeam = z.object({
  from: z.array(z.string()),
  name: z.string(),
  memberIds: ids,
  lead: z.object({ id: z.number().int(), why: z.enum(['topic', 'creator', 'title', 'chosen']) }).nullable(),
  channelId: z.number().int().nullable(),
  leftOut: z.array(
    z.object({
      name: z.string(),
      why: z.enum(['guest', 'bot', 'outsider', 'deactivated', 'unknown']),
    }),
  ),
  isLeftOut: z.boolean(),
});
const proposedTeams = z.array(proposedTeam);

export type ProposalRow = { id: number; teams: ProposedTeam[]; troubles: string[]; isCreated: boolean };

export async function insertProposal(
  tx: Tx,
  workspaceId: string,
  proposal: {
    personId: number;
    at: Temporal.Instant;
    teams: readonly ProposedTeam[];
    troubles: readonly string[];
  },
): Promise<number> {
  const { id } = await tx
    .insertInto('team_proposals')
    .values({
      workspace_id: workspaceId,
      made_at: proposal.at.toString(),
      made_by_id: proposal.personId,
      teams: JSON.stringify(proposal.teams),
      troubles: JSON.stringify(proposal.troubles),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findProposal(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<ProposalRow | undefined> {
  const row = await proposals(db, workspaceId).where('id', '=', id).executeTakeFirst();
  return row && parsed(row);
}

/** The same, locked: of two who change it the second sees what the first has changed. */
export async function lockProposal(
  tx: Tx,
  workspaceId: string,
  id: number,
): Promise<ProposalRow | undefined> {
  const row = await proposals(tx, workspaceId).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return row && parsed(row);
}

/** The latest that was made since, of whichever admin, and not created yet. */
export async function findOpenProposal(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<ProposalRow | undefined> {
  const row = await proposals(db, workspaceId)
    .where('created_at', 'is', null)
    .where('made_at', '>=', sql<Temporal.Instant>`${since.toString()}::timestamptz`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && parsed(row);
}

export async function saveProposed(
  tx: Tx,
  workspaceId: string,
  id: number,
  teams: readonly ProposedTeam[],
): Promise<void> {
  await tx
    .updateTable('team_proposals')
    .set({ teams: JSON.stringify(teams) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function markCreated(
  tx: Tx,
  workspaceId: string,
  id: number,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('team_proposals')
    .set({ created_at: at.toString() })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function listPresent(db: Database, workspaceId: string): Promise<PresentTeam[]> {
  return await db
    .selectFrom('teams as t')
    .select([
      ...(['t.id', 't.key', 't.name', 't.lead_id as leadId', 't.channel_id as channelId'] as const),
      sql<number[]>`array(select m.person_id from team_members m where m.team_id = t.id order by 1)`.as(
        'memberIds',
      ),
    ])
    .where('t.workspace_id', '=', workspaceId)
    .orderBy('t.id')
    .execute();
}

export type Home = { id: number; slackId: string | null; name: string; hasCairn: boolean };

/** Channels as they were last kept. */
export async function findHomes(
  db: Database,
  workspaceId: string,
  channelIds: readonly number[],
): Promise<Home[]> {
  if (channelIds.length === 0) return [];
  return await db
    .selectFrom('channels')
    .select(['id', 'slack_id as slackId', 'name', 'has_cairn as hasCairn'])
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', channelIds)
    .execute();
}

/** Adds a team that the guided path makes; it can be removed again. */
export async function insertMadeTeam(
  tx: Tx,
  workspaceId: string,
  team: { key: string; name: string; leadId: number | null; channelId: number | null },
  made: { personId: number; at: Temporal.Instant },
): Promise<number> {
  const { id } = await tx
    .insertInto('teams')
    .values({
      workspace_id: workspaceId,
      key: team.key,
      name: team.name,
      lead_id: team.leadId,
      channel_id: team.channelId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('setup_teams')
    .values({
      workspace_id: workspaceId,
      team_id: id,
      created_by_id: made.personId,
      created_at: made.at.toString(),
    })
    .execute();
  return id;
}

export async function addMembers(
  tx: Tx,
  workspaceId: string,
  teamId: number,
  personIds: readonly number[],
): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .insertInto('team_members')
    .values(personIds.map((id) => ({ workspace_id: workspaceId, team_id: teamId, person_id: id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Its lead and its home from now on. */
export async function saveLeadAndHome(
  tx: Tx,
  workspaceId: string,
  teamId: number,
  { leadId, channelId }: { leadId: number | null; channelId: number | null },
): Promise<void> {
  await tx
    .updateTable('teams')
    .set({ lead_id: leadId, channel_id: channelId })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .execute();
}

/** Teams that the guided path made and that are still there, by name. */
export async function listMade(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; name: string; members: number }[]> {
  return await db
    .selectFrom('setup_teams as s')
    .innerJoin('teams as t', 't.id', 's.team_id')
    .select([
      't.id',
      't.name',
      sql<number>`(select count(*)::int from team_members m where m.team_id = t.id)`.as('members'),
    ])
    .where('s.workspace_id', '=', workspaceId)
    .orderBy('t.name')
    .orderBy('t.id')
    .execute();
}

/** Removes a team with who is in it; what else rests on it keeps it, by the database's own word. */
export async function deleteTeam(tx: Tx, workspaceId: string, teamId: number): Promise<void> {
  await tx.deleteFrom('teams').where('workspace_id', '=', workspaceId).where('id', '=', teamId).execute();
}

function proposals(db: Database, workspaceId: string) {
  return db
    .selectFrom('team_proposals')
    .select((eb) => [
      'id',
      'teams',
      'troubles',
      eb('created_at', 'is not', null).$castTo<boolean>().as('isCreated'),
    ])
    .where('workspace_id', '=', workspaceId);
}

function parsed(row: { id: number; teams: unknown; troubles: unknown; isCreated: boolean }): ProposalRow {
  const { id, isCreated } = row;
  return {
    ...{ id, isCreated },
    teams: proposedTeams.parse(row.teams),
    troubles: z.array(z.string()).parse(row.troubles),
  };
}
