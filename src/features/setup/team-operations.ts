import { markHomes } from '../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import { findPeople } from '../people/operations.ts';
import type { Team } from './core/settings.ts';
import { refusalFor } from './operations.ts';
import { findTeam, listTeams, lockTeam, saveTeam, type TeamRow } from './store.ts';

/** The teams to pick from, by name, for admins. */
export async function readTeams(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<{ id: number; name: string }[]>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const teams = await listTeams(db, workspaceId);
  return teams.length === 0 ? noTeams : accepted(teams);
}

/** A team with who is in it, for admins. */
export async function readTeam(
  db: Database,
  workspaceId: string,
  actor: Actor,
  teamId: number,
): Promise<Result<Team>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const row = await findTeam(db, workspaceId, teamId);
  return row === undefined ? gone : accepted(await teamOf(db, workspaceId, row));
}

/** Says who is in a team and who leads it. A lead need not be a member. */
export async function changeTeam(
  db: Database,
  workspaceId: string,
  actor: Actor,
  teamId: number,
  people: { leadId: number | null; memberIds: number[] },
): Promise<Result<Team>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      const before = await lockTeam(tx, workspaceId, teamId);
      if (before === undefined) return gone;
      const memberIds = [...new Set(people.memberIds)].sort((a, b) => a - b);
      await saveTeam(tx, workspaceId, teamId, { leadId: people.leadId, memberIds });
      const after = { ...before, leadId: people.leadId, memberIds };
      const kept = ({ leadId, memberIds: members }: TeamRow) => ({ lead: leadId, members });
      if (JSON.stringify(kept(before)) !== JSON.stringify(kept(after))) {
        await recordEvent(tx, {
          workspaceId,
          at: await companyNow(tx, workspaceId),
          doer: { kind: 'person', personId: actor.id },
          type: 'team.changed',
          subject: { kind: 'team', id: teamId },
          before: kept(before),
          after: kept(after),
        });
        await markHomes(tx, workspaceId, [...new Set([...before.memberIds, ...memberIds])]);
      }
      return accepted(await teamOf(tx, workspaceId, after));
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

async function teamOf(db: Database, workspaceId: string, row: TeamRow): Promise<Team> {
  const { id, key, name, leadId, memberIds } = row;
  const people = await findPeople(db, workspaceId, leadId === null ? memberIds : [...memberIds, leadId]);
  return {
    ...{ id, key, name },
    lead: people.find((person) => person.id === leadId) ?? null,
    members: people.filter((person) => memberIds.includes(person.id)),
  };
}

const noTeams = refused(
  'no-teams',
  'There is no team yet. A file brings them: `cairn import` on the machine where Cairn runs.',
);
const gone = refused('unknown-team', 'That team is not there any more. `/cairn setup` shows those that are.');
