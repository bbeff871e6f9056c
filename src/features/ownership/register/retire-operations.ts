import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Actor } from '../../people/core/person.ts';
import { answerAudits } from '../confirming/showing-operations.ts';
import type { RockCard } from '../core/rock.ts';
import { most } from '../core/rock-fields.ts';
import { replaceParts } from '../import-parts.ts';
import { findCard } from '../lookup-store.ts';
import { type Moving, tellMoved } from '../moved.ts';
import { leaveUnowned, lockOwnership, type OwnedRock, unknownRock } from '../operations.ts';
import { type Changing, changeOf, changeRefusal, recordChange, stateNow } from './changing.ts';
import { saveRetired, updateRock } from './store.ts';

type Deps = { db: Database } & Moving;
/** The rock that another one goes into, locked as well. */
type Into = { rock: OwnedRock; card: RockCard };

const retires = 'set down, split, merge or retire a rock';

/**
 * It is over, and says why; what is asked of it by name leads to a notice, and to the rock of `intoId`, if it went into
 * one. Refuses, beside the field, one that is retired itself: whoever follows must come to one that goes on.
 */
export async function retireRock(
  deps: Deps,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  { reason, intoId = null }: { reason: string; intoId?: number | null },
): Promise<Result<RockCard>> {
  return await withPair(deps.db, workspaceId, actor, { rockId, intoId }, async (changing, into) => {
    if (into?.card.state === 'retired') return retiredToo(into.card);
    await retireIn(deps, changing, { reason, successorId: intoId, why: 'retired' });
    const { tx, card } = changing;
    return accepted((await findCard(tx, workspaceId, rockId, actor.id)) ?? card);
  });
}

function retiredToo({ name }: RockCard): Refusal {
  return { ...refused('retired', `${name} is retired itself. Pick a rock that goes on.`), field: 'rock' };
}

/** What can go along with a rock that goes into another one. */
export const along = ['links', 'backups'] as const;
export type Along = (typeof along)[number];

/**
 * One rock goes into another: the first retires, and its names lead to a note that names the second, which gets what
 * `takes` says of what it lacks, as far as there is room. Refuses who may not do that with both.
 */
export async function mergeRocks(
  deps: Deps,
  workspaceId: string,
  actor: Actor,
  { fromId, intoId, takes }: { fromId: number; intoId: number; takes: readonly Along[] },
): Promise<Result<RockCard>> {
  return await withPair(deps.db, workspaceId, actor, { rockId: fromId, intoId }, async (changing, into) => {
    const { tx } = changing;
    if (into === null) return unknownRock;
    const problem = await changeRefusal(tx, workspaceId, actor, into.card, retires);
    if (problem !== null) return problem;
    await takeAlong(changing, into.rock, takes);
    // Without its name: the card tells that to those who may see it.
    const reason = 'It went into another rock.';
    await retireIn(deps, changing, { reason, successorId: intoId, why: 'merged' });
    return accepted((await findCard(tx, workspaceId, intoId, actor.id)) ?? into.card);
  });
}

/** Locks a rock that is to retire, and the one that it goes into, if there is one. Checks the actor on the first. */
async function withPair(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { rockId, intoId }: { rockId: number; intoId: number | null },
  work: (changing: Changing, into: Into | null) => Promise<Result<RockCard>>,
): Promise<Result<RockCard>> {
  if (rockId === intoId)
    return { ...refused('same', 'That is the same rock. Pick the one that it goes into.'), field: 'rock' };
  return await inTransaction(
    db,
    async (tx) => {
      const seen = await lockSeen(tx, workspaceId, actor, [rockId, ...(intoId === null ? [] : [intoId])]);
      const own = seen.get(rockId);
      const into = intoId === null ? null : seen.get(intoId);
      if (own === undefined || into === undefined) return unknownRock;
      const problem = await changeRefusal(tx, workspaceId, actor, own.card, retires);
      if (problem !== null) return problem;
      const at = await companyNow(tx, workspaceId);
      return await work({ tx, workspaceId, at, doer: { kind: 'person', personId: actor.id }, ...own }, into);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Locks rocks in order of their ids, so that two that cross wait for each other and not in a circle. */
async function lockSeen(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  ids: readonly number[],
): Promise<Map<number, Into>> {
  const seen = new Map<number, Into>();
  for (const id of ids.toSorted((a, b) => a - b)) {
    const rock = await lockOwnership(tx, workspaceId, id);
    const card = await findCard(tx, workspaceId, id, actor.id);
    if (rock !== undefined && card !== undefined) seen.set(id, { rock, card });
  }
  return seen;
}

/** Gives the other rock what this one had and it lacks. */
async function takeAlong(changing: Changing, into: OwnedRock, takes: readonly Along[]): Promise<void> {
  const { tx, workspaceId, at, rock } = changing;
  const from = await stateNow(tx, workspaceId, rock.id);
  const now = await stateNow(tx, workspaceId, into.id);
  const links = takes.includes('links')
    ? from.links.filter(({ url }) => !now.links.some((link) => link.url === url))
    : [];
  const backups = takes.includes('backups')
    ? from.backups.filter((id) => !now.backups.includes(id) && id !== into.owner?.personId)
    : [];
  const wanted = {
    ...now,
    links: [...now.links, ...links].slice(0, most.links),
    backups: [...now.backups, ...backups].slice(0, most.backups),
  };
  const change = changeOf(now, wanted);
  if (change === null) return;
  await updateRock(tx, into.id, wanted, at);
  await replaceParts({ tx, workspaceId }, [{ id: into.id, key: into.key, state: wanted }]);
  await recordChange(changing, into.id, 'changed', change);
  await markHomes(tx, workspaceId, [
    ...(into.owner === null ? [] : [into.owner.personId]),
    ...wanted.backups,
  ]);
}

async function retireIn(
  deps: Deps,
  changing: Changing,
  { reason, successorId, why }: { reason: string; successorId: number | null; why: 'retired' | 'merged' },
): Promise<void> {
  const { tx, workspaceId, at, doer, rock } = changing;
  await leaveUnowned(tx, { workspaceId, rockId: rock.id, at, doer, ended: 'retired', reason });
  await saveRetired(tx, rock.id, { at, reason, successorId });
  await markHomes(tx, workspaceId, rock.backups);
  const before = { state: rock.state, owner: rock.owner?.personId ?? null };
  await recordChange(changing, rock.id, why, { before, after: { reason, successor: successorId } });
  if (successorId !== null)
    await recordChange(changing, successorId, 'took-in', { after: { rock: rock.id } });
  await tellMoved(deps, tx, { workspaceId, rockId: rock.id, why, at, doer });
  if (rock.owner !== null) await answerAudits(tx, workspaceId, rock.owner.personId);
}
