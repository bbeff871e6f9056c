import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { stampOf } from '../../../platform/core/stamp.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import type { RockCard } from '../core/rock.ts';
import { replaceParts } from '../import-parts.ts';
import { findCard } from '../lookup-store.ts';
import { settleMissesNamed } from '../misses/settling-operations.ts';
import type { RockState } from '../present-rocks.ts';
import { type Changing, changeOf, changeRock, namesRefusal, recordChange, stateNow } from './changing.ts';
import { keyBase, keyFor, type RockEntry } from './core/entry.ts';
import { nameOwner } from './proposing-operations.ts';
import { insertRock, listTakenKeys, lockNames, updateRock } from './store.ts';

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
    line_id: entry.lineId,
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
      const rockId = await addIn(tx, workspaceId, actor, stateOf(entry), owner, at);
      const card = await findCard(tx, workspaceId, rockId, actor.id);
      // Whoever adds a rock for few eyes may leave themself out.
      return card === undefined
        ? refused('unseen', 'It is in the register now, for those who may see it.')
        : accepted(card);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** The same in the caller's transaction, with the names locked and checked. `splitFrom` is the rock that it was a part of. */
export async function addIn(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  state: RockState,
  owner: Person | null,
  at: Changing['at'],
  splitFrom?: number,
): Promise<number> {
  const doer = { kind: 'person', personId: actor.id } as const;
  const key = keyFor(state.name, await listTakenKeys(tx, workspaceId, keyBase(state.name)));
  const rockId = await insertRock(tx, workspaceId, key, state, at);
  await replaceParts({ tx, workspaceId }, [{ id: rockId, key, state }]);
  await recordChange({ tx, workspaceId, at, doer }, rockId, 'created', {
    after: { key, ...state, ...(splitFrom === undefined ? {} : { splitFrom }) },
  });
  await markHomes(tx, workspaceId, state.backups);
  if (owner !== null) {
    const began = owner.id === actor.id ? 'created' : 'assigned';
    await nameOwner(tx, { workspaceId, rockId, at, began }, { actor, owner, name: state.name });
  }
  await settleMissesNamed(tx, {
    workspaceId,
    names: [state.name, ...state.aliases],
    rockId,
    settled: 'rock',
    at,
    doer,
  });
  return rockId;
}

const edits = { operation: 'edit a rock', givesNames: true } as const;

/**
 * Changes what the form shows. Who owns it is a handoff's to change. `stamp` is of the entry that the form was filled
 * with: refuses, beside the field, one that somebody has changed since then.
 */
export async function editRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  entry: RockEntry,
  stamp: string,
): Promise<Result<RockCard>> {
  return await changeRock(db, workspaceId, actor, rockId, edits, async (changing) => {
    const { tx } = changing;
    const now = await stateNow(tx, workspaceId, rockId);
    const problem =
      staleRefusal(now, stamp) ??
      ownBackupRefusal(entry, carrierForGood(changing.rock)) ??
      (await namesRefusal(tx, workspaceId, entry, { butRockId: rockId, viewerId: actor.id }));
    if (problem !== null) return problem;
    const wanted = { ...stateOf(entry), set_down: now.set_down, retired: now.retired };
    const change = changeOf(now, wanted);
    if (change !== null) {
      await updateRock(tx, rockId, wanted, changing.at);
      await replaceParts({ tx, workspaceId }, [{ id: rockId, key: changing.rock.key, state: wanted }]);
      await recordChange(changing, rockId, 'changed', change);
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

function staleRefusal(now: RockState, stamp: string): Refusal | null {
  if (stampOf(now) === stamp) return null;
  return {
    ...refused(
      'changed-meanwhile',
      'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
    ),
    field: 'name',
  };
}

/** Its owner, unless they only act: an acting owner is a backup still, and stands in again once the owner is back. */
function carrierForGood({ owner }: Changing['rock']): number | null {
  return owner === null || owner.began === 'acting' ? null : owner.personId;
}

function ownBackupRefusal(entry: RockEntry, ownerId: number | null): Refusal | null {
  if (ownerId === null || !entry.backups.includes(ownerId)) return null;
  return {
    ...refused('own-backup', 'The owner cannot stand in for themself. Pick somebody else as backup.'),
    field: 'backups',
  };
}
