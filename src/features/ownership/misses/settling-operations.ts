import type { Temporal } from 'temporal-polyfill';
import { may } from '../../../permission/permissions.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../../platform/db/events.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Actor } from '../../people/core/person.ts';
import { normalName } from '../core/names.ts';
import type { RockCard } from '../core/rock.ts';
import { isFindable, longest, most } from '../core/rock-fields.ts';
import { findCard } from '../lookup-store.ts';
import { lockOwnership, unknownRock } from '../operations.ts';
import { changeOf, recordChange, stateNow } from '../register/changing.ts';
import { lockNames } from '../register/store.ts';
import { rolesOnRock } from '../roles.ts';
import { appendAlias, appendLink, countOf, findNamesake } from './alias-store.ts';
import { isAddress, type OpenMisses, pageLength, type Settling } from './core/miss.ts';
import { stillOpen } from './operations.ts';
import { type KeptMiss, listOpenMisses, lockMiss, settleNamed } from './store.ts';
import { tellAskers } from './telling.ts';

/** What was made of a miss: the words that were asked for, and how many people are told of it. */
export type Settled = { query: string; told: number };

const notProductOperations =
  'The list of what was asked for in vain is for product operations. Ask one of your Cairn admins.';

/** A page of the list of misses. Refuses whoever is not of product operations. */
export async function listMisses(
  db: Database,
  workspaceId: string,
  actor: Actor,
  offset: number,
): Promise<Result<OpenMisses>> {
  const refusal = refusalFor(actor);
  if (refusal !== null) return refusal;
  const page = await listOpenMisses(db, workspaceId, { offset, limit: pageLength });
  // The last line of a page may have gone since it was shown.
  if (page.misses.length === 0 && offset > 0) return await listMisses(db, workspaceId, actor, 0);
  return accepted({
    ...page,
    offset,
    zone: actor.timezone,
    now: await companyNow(db, workspaceId),
  });
}

/** Settles it as nothing of the company's: whoever asks again is told so. */
export async function settleAsNotOurs(
  db: Database,
  workspaceId: string,
  actor: Actor,
  missId: number,
): Promise<Result<Settled>> {
  const refusal = refusalFor(actor);
  if (refusal !== null) return refusal;
  return await inTransaction(db, async (tx) => {
    const miss = stillOpen(await lockMiss(tx, workspaceId, missId));
    if (!miss.ok) return miss;
    const at = await companyNow(tx, workspaceId);
    const told = await settle(tx, [miss.value.normal], {
      workspaceId,
      settled: 'not-ours',
      rockId: null,
      at,
      doer: { kind: 'person', personId: actor.id },
    });
    return accepted({ query: miss.value.query, told });
  });
}

/**
 * Makes what was asked for a name of a rock, or one of its links where it is an address. Refuses who may not edit the
 * rock, and a name that another one has.
 */
export async function settleAsAlias(
  db: Database,
  workspaceId: string,
  actor: Actor,
  missId: number,
  rockId: number,
): Promise<Result<Settled & { rock: RockCard }>> {
  return await inTransaction(db, async (tx) => {
    await lockNames(tx, workspaceId);
    await lockOwnership(tx, workspaceId, rockId);
    const rock = await findCard(tx, workspaceId, rockId, actor.id);
    if (rock === undefined) return unknownRock;
    if (!may('edit a rock', await rolesOnRock(tx, workspaceId, actor, rockId))) {
      const owner = rock.owner === null ? 'an admin' : rock.owner.name;
      return refused(
        'not-yours',
        `Only its owner, their backups, its team's lead and admins can add a name to ${rock.name}. Ask ${owner}.`,
      );
    }
    if (rock.state === 'retired')
      return refused('retired', `${rock.name} is retired: pick one that goes on.`);
    const miss = stillOpen(await lockMiss(tx, workspaceId, missId));
    if (!miss.ok) return miss;
    const before = await stateNow(tx, workspaceId, rockId);
    const refusal = await addName(tx, workspaceId, actor, rock, miss.value);
    if (refusal !== null) return refusal;
    const at = await companyNow(tx, workspaceId);
    const doer: Doer = { kind: 'person', personId: actor.id };
    // By the field that has changed, as an edit of it: that is what an import leaves as people made it.
    const change = changeOf(before, await stateNow(tx, workspaceId, rockId)) ?? {};
    await recordChange({ tx, workspaceId, at, doer }, rockId, 'changed', change);
    const told = await settle(tx, [miss.value.normal], { workspaceId, settled: 'alias', rockId, at, doer });
    return accepted({ query: miss.value.query, told, rock });
  });
}

/**
 * Settles whatever was asked for by names that a rock has now, in the transaction that gave it them: whoever adds a
 * rock (`rock`) or an alias (`alias`) calls this. Whoever waits for it is told.
 */
export async function settleMissesNamed(
  tx: Tx,
  found: {
    workspaceId: string;
    rockId: number;
    names: readonly string[];
    settled: Extract<Settling, 'alias' | 'rock'>;
    at: Temporal.Instant;
    doer: Doer;
  },
): Promise<void> {
  const normals = found.names.map(normalName).filter((normal) => normal !== '');
  if (normals.length > 0) await settle(tx, normals, found);
}

async function settle(
  tx: Tx,
  normals: readonly string[],
  settling: {
    workspaceId: string;
    settled: Settling;
    rockId: number | null;
    at: Temporal.Instant;
    doer: Doer;
  },
): Promise<number> {
  const { workspaceId, settled, rockId, at, doer } = settling;
  const byId = doer.kind === 'person' ? doer.personId : null;
  const outcome = await settleNamed(tx, { workspaceId, normals, settled, rockId, at, byId });
  if (outcome.settled.length === 0) return 0;
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'miss.settled',
    subject: { kind: 'miss', id: outcome.settled[0] ?? 0 },
    after: { as: settled, rock: rockId, questions: outcome.settled },
  });
  const waiting = outcome.waiting.filter(({ askerId }) => askerId !== byId);
  return await tellAskers(tx, { workspaceId, settled, rockId, at }, waiting);
}

/** Null when the rock has it now. */
async function addName(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  rock: RockCard,
  { query, normal }: KeptMiss,
): Promise<ReturnType<typeof refused> | null> {
  const { aliases, links } = await countOf(tx, rock.id);
  if (isAddress(query)) {
    if (links >= most.links)
      return refused(
        'many-links',
        `${rock.name} has ${most.links} links already, the most that a rock can have.`,
      );
    const label = (normal.split('/')[0] ?? normal).slice(0, longest.linkLabel);
    await appendLink(tx, { workspaceId, rockId: rock.id, label, url: query, place: normal });
    return null;
  }
  if (query.length > longest.alias)
    return refused('long-name', `That is longer than an alias can be (${longest.alias} characters at most).`);
  if (!isFindable(query)) return refused('no-name', 'An alias needs a letter or a digit.');
  if (aliases >= most.aliases)
    return refused(
      'many-names',
      `${rock.name} has ${most.aliases} aliases already, the most that a rock can have.`,
    );
  const namesake = await findNamesake(tx, workspaceId, normal);
  if (namesake !== undefined) return await taken(tx, workspaceId, actor, namesake.id);
  const isAdded = await appendAlias(tx, { workspaceId, rockId: rock.id, name: query, normal });
  return isAdded ? null : refused('taken', 'Another rock has this name already.');
}

async function taken(tx: Tx, workspaceId: string, actor: Actor, rockId: number) {
  const other = await findCard(tx, workspaceId, rockId, actor.id);
  const whose = other === undefined ? 'Another rock' : other.name;
  return refused('taken', `${whose} has this name already.`);
}

function refusalFor(actor: Actor) {
  if (may('work off misses', actor.isAdmin ? ['admin', 'member'] : ['member'])) return null;
  return refused('not-product-operations', notProductOperations);
}
