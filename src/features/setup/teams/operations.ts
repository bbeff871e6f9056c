import { markAllHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Actor } from '../../people/core/person.ts';
import { refusalFor } from '../operations.ts';
import { lockWorkspace } from '../store.ts';
import { isSameName } from './core/naming.ts';
import type { ProposedTeam } from './core/proposal.ts';
import { createAll } from './creating.ts';
import type { Created, TeamPreview } from './preview.ts';
import { previewOf } from './previewing.ts';
import type { Reading } from './reading.ts';
import {
  findOpenProposal,
  findProposal,
  insertProposal,
  lockProposal,
  markCreated,
  type ProposalRow,
  saveProposed,
} from './store.ts';

const timed = { timeoutMs: submissionTimeoutMs };

/** Keeps what was read from Slack as a proposal, which every admin sees; nothing of it is created. */
export async function propose(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { teams, troubles }: Reading,
): Promise<Result<TeamPreview>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(db, async (tx) => {
    const at = await companyNow(tx, workspaceId);
    const id = await insertProposal(tx, workspaceId, { personId: actor.id, at, teams, troubles });
    return accepted(
      await previewOf(tx, workspaceId, { id, teams: [...teams], troubles: [...troubles], isCreated: false }),
    );
  });
}

/** What a proposal would do as things stand now. Refuses one whose teams are created. */
export async function readPreview(
  db: Database,
  workspaceId: string,
  actor: Actor,
  id: number,
): Promise<Result<TeamPreview>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const row = await findProposal(db, workspaceId, id);
  if (row === undefined) return gone;
  return row.isCreated ? createdAlready : accepted(await previewOf(db, workspaceId, row));
}

/** The proposal of the last week that waits, whichever admin made it; null: none. */
export async function openProposal(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; teams: number } | null> {
  const since = (await companyNow(db, workspaceId)).subtract({ hours: 7 * 24 });
  const row = await findOpenProposal(db, workspaceId, since);
  const teams = row?.teams.filter(({ isLeftOut }) => !isLeftOut).length ?? 0;
  return row === undefined || teams === 0 ? null : { id: row.id, teams };
}

/** Changes one proposed team: how it is called, who is in it, who leads it. */
export async function changeProposed(
  db: Database,
  workspaceId: string,
  actor: Actor,
  at: { proposalId: number; index: number },
  wanted: { name: string; memberIds: readonly number[]; leadId: number | null },
): Promise<Result<TeamPreview>> {
  return await change(db, workspaceId, actor, at, (team, others) => {
    if (others.some(({ name }) => isSameName(name, wanted.name))) return sameName;
    const isLeadKept = team.lead?.id === wanted.leadId;
    const chosen = wanted.leadId === null ? null : { id: wanted.leadId, why: 'chosen' as const };
    const lead = isLeadKept ? team.lead : chosen;
    return accepted({ ...team, name: wanted.name, memberIds: [...new Set(wanted.memberIds)], lead });
  });
}

/** Leaves a proposed team out, or takes it in again. */
export async function leaveOut(
  db: Database,
  workspaceId: string,
  actor: Actor,
  at: { proposalId: number; index: number },
  isLeftOut: boolean,
): Promise<Result<TeamPreview>> {
  return await change(db, workspaceId, actor, at, (team) => accepted({ ...team, isLeftOut }));
}

/**
 * Creates what a preview showed. Where things have changed since the preview of this stamp, nothing is created and it is
 * refused as `changed-meanwhile`: the new one is to be shown first. Nobody is told of it.
 */
export async function createTeams(
  db: Database,
  workspaceId: string,
  actor: Actor,
  id: number,
  stamp: string,
): Promise<Result<Created>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      // Of two admins the second sees the teams of the first, whichever proposals these came from.
      await lockWorkspace(tx, workspaceId);
      const row = await lockProposal(tx, workspaceId, id);
      if (row === undefined) return gone;
      if (row.isCreated) return createdAlready;
      const preview = await previewOf(tx, workspaceId, row);
      if (preview.stamp !== stamp) return changedMeanwhile;
      const at = await companyNow(tx, workspaceId);
      const created = await createAll(tx, { workspaceId, actor, at }, preview.teams);
      await markCreated(tx, workspaceId, id, at);
      await markAllHomes(tx, workspaceId);
      return accepted(created);
    },
    timed,
  );
}

async function change(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { proposalId, index }: { proposalId: number; index: number },
  decide: (team: ProposedTeam, others: readonly ProposedTeam[]) => Result<ProposedTeam>,
): Promise<Result<TeamPreview>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      const row = await lockProposal(tx, workspaceId, proposalId);
      const team = row?.teams[index];
      if (row === undefined || team === undefined) return gone;
      if (row.isCreated) return createdAlready;
      const decided = decide(
        team,
        row.teams.filter((_, other) => other !== index),
      );
      return decided.ok ? await keep(tx, workspaceId, row, index, decided.value) : decided;
    },
    timed,
  );
}

async function keep(
  tx: Tx,
  workspaceId: string,
  row: ProposalRow,
  index: number,
  team: ProposedTeam,
): Promise<Result<TeamPreview>> {
  const teams = row.teams.with(index, team);
  await saveProposed(tx, workspaceId, row.id, teams);
  return accepted(await previewOf(tx, workspaceId, { ...row, teams }));
}

const gone = refused(
  'unknown-proposal',
  'These teams are not proposed any more. Read them from Slack again.',
);
const createdAlready = refused(
  'created-already',
  'These teams are created already: another admin pressed it, or you did.',
);
const changedMeanwhile = refused(
  'changed-meanwhile',
  'Something changed since this was shown, so nothing is created yet. This is how it is now.',
);
const sameName = refused('same-name', 'Another team here is called that already. Give it another name.');
