import { markHomes } from '../../../delivery/homes.ts';
import { tell } from '../../../delivery/outbox.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { sortOut } from '../../../platform/db/importing.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import type { RockCard } from '../core/rock.ts';
import { replaceParts } from '../import-parts.ts';
import { findCard } from '../lookup-store.ts';
import { settleMissesNamed } from '../misses/settling-operations.ts';
import { beginOwning, leaveUnowned, lockOwnership, unknownRock } from '../operations.ts';
import type { RockState } from '../present-rocks.ts';
import { type Changing, changeRock, namesRefusal, recordChange, stateNow } from './changing.ts';
import { keyFor, type RockEntry } from './core/entry.ts';
import { notMineBlocks, proposalBlocks } from './proposal-blocks.ts';
import { insertRock, listKeysLike, lockNames, updateRock } from './store.ts';

/** A register entry that a form gives, with nothing that the form does not show. */
function stateOf(entry: RockEntry): RockState {
  return {
    name: entry.name,
    summary: entry.summary,
    type: entry.type,
    discipline: entry.discipline,
    importance: entry.importance,
    weight: entry.weight,
    team_id: entry.teamId,
    channel_id: entry.channelId,
    aliases: entry.aliases,
    links: entry.links,
    backups: entry.backups,
    visibility: entry.visibility,
    viewers: [...new Set(entry.visibility === 'people' ? entry.viewers : [])].sort((a, b) => a - b),
    contributors: entry.contributors.toSorted(
      (a, b) => a.person - b.person || a.discipline.localeCompare(b.discipline),
    ),
    set_down: null,
    retired: null,
  };
}

/**
 * Adds a rock. Who adds it owns it, unless they name somebody else: that is a proposal until that person confirms it,
 * and they are told. `owner` null leaves it unowned. Refuses names that lead to another rock, beside the field.
 */
export async function addRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  entry: RockEntry,
  owner: Person | null,
): Promise<Result<RockCard>> {
  return await inTransaction(
    db,
    async (tx) => {
      await lockNames(tx, workspaceId);
      const problem =
        ownBackupRefusal(entry, owner?.id ?? null) ??
        (await namesRefusal(tx, workspaceId, entry, { butRockId: null, viewerId: actor.id }));
      if (problem !== null) return problem;
      const at = await companyNow(tx, workspaceId);
      const rockId = await addIn(tx, workspaceId, actor, entry, owner, at);
      const card = await findCard(tx, workspaceId, rockId, actor.id);
      // Whoever adds a rock for few eyes may leave themself out.
      return card === undefined
        ? refused('unseen', 'It is in the register now, for those who may see it.')
        : accepted(card);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** The same in the caller's transaction, with the names locked and checked. */
export async function addIn(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  entry: RockEntry,
  owner: Person | null,
  at: Changing['at'],
): Promise<number> {
  const doer = { kind: 'person', personId: actor.id } as const;
  const state = stateOf(entry);
  const base = keyFor(entry.name, new Set());
  const key = keyFor(entry.name, await listKeysLike(tx, workspaceId, base));
  const rockId = await insertRock(tx, workspaceId, key, state, at);
  await replaceParts({ tx, workspaceId }, [{ id: rockId, key, state }]);
  await recordChange({ tx, workspaceId, at, doer }, rockId, 'created', { after: { key, ...state } });
  if (owner !== null) {
    const isConfirmed = owner.id === actor.id;
    const began = isConfirmed ? 'created' : 'assigned';
    const personId = owner.id;
    const stintId = await beginOwning(tx, { workspaceId, rockId, personId, began, isConfirmed, at, doer });
    if (!isConfirmed)
      await tellProposed(tx, { workspaceId, rockId, stintId, personId, at }, { actor, name: entry.name });
  }
  await settleMissesNamed(tx, {
    workspaceId,
    names: [entry.name, ...entry.aliases],
    rockId,
    settled: 'rock',
    at,
    doer,
  });
  return rockId;
}

async function tellProposed(
  tx: Tx,
  {
    workspaceId,
    rockId,
    stintId,
    personId,
    at,
  }: { workspaceId: string; rockId: number; stintId: number; personId: number; at: Changing['at'] },
  { actor, name }: { actor: Actor; name: string },
): Promise<void> {
  await tell(tx, {
    workspaceId,
    dedupeKey: `rock-proposed:${stintId}`,
    to: { personId },
    content: proposalBlocks({ rockId, name, by: actor }),
    dueAt: at,
    isAnswer: true,
  });
}

/** Changes what the form shows; what it does not show stays as it is. Who owns it is a handoff's to change. */
export async function editRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  entry: RockEntry,
): Promise<Result<RockCard>> {
  return await changeRock(db, workspaceId, actor, rockId, 'edit a rock', async (changing) => {
    const { tx } = changing;
    await lockNames(tx, workspaceId);
    const problem =
      ownBackupRefusal(entry, changing.rock.owner?.personId ?? null) ??
      (await namesRefusal(tx, workspaceId, entry, { butRockId: rockId, viewerId: actor.id }));
    if (problem !== null) return problem;
    const now = await stateNow(tx, workspaceId, rockId);
    const wanted = { ...stateOf(entry), set_down: now.set_down, retired: now.retired };
    const { key } = changing.rock;
    const [change] = sortOut(new Map([[key, wanted]]), new Map([[key, now]])).changed;
    if (change !== undefined) {
      const { at } = changing;
      await updateRock(tx, rockId, wanted, at);
      await replaceParts({ tx, workspaceId }, [{ id: rockId, key, state: wanted }]);
      await recordChange(changing, rockId, 'changed', { before: change.before, after: change.after });
      await markHomes(tx, workspaceId, [
        ...(changing.rock.owner === null ? [] : [changing.rock.owner.personId]),
        ...new Set([...now.backups, ...wanted.backups]),
      ]);
    }
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    return card === undefined
      ? refused('unseen', 'It is changed, for those who may see it.')
      : accepted(card);
  });
}

function ownBackupRefusal(entry: RockEntry, ownerId: number | null): Refusal | null {
  if (ownerId === null || !entry.backups.includes(ownerId)) return null;
  return {
    ...refused('own-backup', 'The owner cannot stand in for themself. Pick somebody else as backup.'),
    field: 'backups',
  };
}

/** What was proposed for somebody is theirs from now on, in their own word; or not, and whoever proposed it is told. */
export async function answerProposal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  isMine: boolean,
): Promise<Result<RockCard>> {
  return await inTransaction(db, async (tx) => {
    const rock = await lockOwnership(tx, workspaceId, rockId);
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    if (rock === undefined || card === undefined) return unknownRock;
    if (rock.owner?.personId !== actor.id)
      return refused('not-yours', 'Meanwhile this is with somebody else. Nothing is asked of you.');
    if (rock.owner.confirmedAt !== null) return accepted(card);
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'person', personId: actor.id } as const;
    if (isMine) {
      await tx
        .updateTable('stints')
        .set({ confirmed_at: at.toString() })
        .where('id', '=', rock.owner.stintId)
        .execute();
      await recordChange({ tx, workspaceId, at, doer }, rockId, 'confirmed', { after: { owner: actor.id } });
      await markHomes(tx, workspaceId, [actor.id]);
    } else {
      await leaveUnowned(tx, { workspaceId, rockId, at, doer, ended: 'given-up', reason: null });
      const proposer = await findProposer(tx, workspaceId, rockId);
      if (proposer !== null)
        await tell(tx, {
          workspaceId,
          dedupeKey: `rock-not-mine:${rock.owner.stintId}`,
          to: { personId: proposer },
          content: notMineBlocks({ rockId, name: rock.name, by: actor }),
          dueAt: at,
          isAnswer: true,
        });
    }
    const answered = await findCard(tx, workspaceId, rockId, actor.id);
    return answered === undefined ? unknownRock : accepted(answered);
  });
}

async function findProposer(tx: Tx, workspaceId: string, rockId: number): Promise<number | null> {
  const row = await tx
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
