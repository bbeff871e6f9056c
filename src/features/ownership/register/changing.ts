import type { Temporal } from 'temporal-polyfill';
import { may, type Operation } from '../../../permission/permissions.ts';
import { type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow, readCompanyClock } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../../platform/db/events.ts';
import { sortOut } from '../../../platform/db/importing.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { normalName } from '../core/names.ts';
import type { RockCard } from '../core/rock.ts';
import { findCard } from '../lookup-store.ts';
import { lockOwnership, type OwnedRock, unknownRock } from '../operations.ts';
import { type RockState, readRocks } from '../present-rocks.ts';
import { rolesOnRock } from '../roles.ts';
import { findAdmins, findLead } from './people-store.ts';
import { findTaken, lockNames } from './store.ts';

/** A rock that is locked for its register entry to be changed by somebody who may. */
export type Changing = {
  tx: Tx;
  workspaceId: string;
  at: Temporal.Instant;
  doer: Doer;
  rock: OwnedRock;
  card: RockCard;
};

/**
 * Locks a rock, and checks that the actor sees it and may do this with it at this moment. `givesNames`: the names of all
 * rocks are held first, for a change that gives some. A refusal of `work` must come before it has changed anything.
 */
export async function changeRock<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  { operation, givesNames = false }: { operation: Operation; givesNames?: boolean },
  work: (changing: Changing) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await inTransaction(
    db,
    async (tx) => {
      if (givesNames) await lockNames(tx, workspaceId);
      const rock = await lockOwnership(tx, workspaceId, rockId);
      const card = await findCard(tx, workspaceId, rockId, actor.id);
      if (rock === undefined || card === undefined) return unknownRock;
      const problem = await changeRefusal(tx, workspaceId, actor, card, operation);
      if (problem !== null) return problem;
      const at = await companyNow(tx, workspaceId);
      return await work({ tx, workspaceId, at, doer: { kind: 'person', personId: actor.id }, rock, card });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

const verbs: Partial<Record<Operation, string>> = {
  'edit a rock': 'edit it',
  'set down, split, merge or retire a rock': 'do this with it',
};

/** Whether the actor may do this with a rock that they see: says whom to ask. */
export async function changeRefusal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  card: RockCard,
  operation: Operation,
): Promise<Refusal | null> {
  if (card.state === 'retired')
    return refused(
      'retired',
      `*${inline(card.name)}* is retired, so there is nothing to change. \`/rock history ${inline(card.key)}\` tells its story.`,
    );
  if (may(operation, await rolesOnRock(db, workspaceId, actor, card.id))) return null;
  return await notYours(db, workspaceId, card, verbs[operation] ?? 'change it');
}

/** That somebody may see a rock and not do this with it, in words (`doIt`), and whom to ask. */
export async function notYours(
  db: Database,
  workspaceId: string,
  card: RockCard,
  doIt: string,
): Promise<Refusal> {
  return refused(
    'not-yours',
    `You can look at *${inline(card.name)}*, but not ${doIt}. Ask ${await whoMay(db, workspaceId, card)}.`,
  );
}

/** Whom to ask for a change: the owner, else the lead of its team, else admins. */
async function whoMay(db: Database, workspaceId: string, card: RockCard): Promise<string> {
  if (card.owner !== null && !card.owner.isDeactivated) return personMention(card.owner);
  const lead = await findLead(db, workspaceId, card.id);
  if (lead !== undefined) return `${personMention(lead)}, who leads its team`;
  const admins = await findAdmins(db, workspaceId);
  return admins.length === 0 ? 'one of your Cairn admins' : admins.map(personMention).join(' or ');
}

/** Why these names cannot be this rock's, beside the field; null when they can. `butRockId`: its own count as free. */
export async function namesRefusal(
  tx: Tx,
  workspaceId: string,
  { name, aliases }: { name: string; aliases: readonly string[] },
  of: { butRockId: number | null; viewerId: number },
): Promise<Refusal | null> {
  const normals = new Map<string, string>();
  for (const alias of aliases) {
    const normal = normalName(alias);
    if (normals.has(normal))
      return { ...refused('alias-twice', `“${alias}” stands there twice.`), field: 'aliases' };
    normals.set(normal, alias);
  }
  const own = normalName(name);
  if (normals.has(own))
    return {
      ...refused('alias-is-name', `“${normals.get(own)}” is its name already, so it needs no alias.`),
      field: 'aliases',
    };
  const taken = await findTaken(tx, workspaceId, [own, ...normals.keys()], of);
  const kinds = { key: 'the key', name: 'the name', alias: 'an alias' };
  for (const other of taken) {
    const alias = normals.get(other.normal);
    // Two rocks may have the same name; an alias leads to one alone.
    if (alias === undefined && other.kind !== 'alias') continue;
    const typed = alias ?? name;
    const rock = other.isRetired ? `${other.rock} (retired)` : other.rock;
    const whose = other.isSeen ? `${kinds[other.kind]} of ${rock}` : 'taken';
    const words = `“${typed}” is ${whose} already. Choose another${alias === undefined ? ' name' : ', or leave it out'}.`;
    return { ...refused('name-taken', words), field: alias === undefined ? 'name' : 'aliases' };
  }
  return null;
}

/** The rock as the register has it now, for what a form does not show. */
export async function stateNow(db: Database, workspaceId: string, rockId: number): Promise<RockState> {
  const { zone } = await readCompanyClock(db, workspaceId);
  const [rock] = [...(await readRocks(db, workspaceId, zone, [rockId])).values()];
  if (rock === undefined) throw new Error(`rock ${rockId} is not there`);
  return rock.state;
}

/** What of a rock's entry is to change, and nothing of what is not; null: nothing. */
export function changeOf(
  now: RockState,
  wanted: RockState,
): { before: Partial<RockState>; after: Partial<RockState> } | null {
  const [change] = sortOut(new Map([['', wanted]]), new Map([['', now]])).changed;
  return change === undefined ? null : { before: change.before, after: change.after };
}

/** Records what has changed of a rock, with nothing of what has not. */
export async function recordChange(
  { tx, workspaceId, at, doer }: Omit<Changing, 'rock' | 'card'>,
  rockId: number,
  type: string,
  change: { before?: unknown; after?: unknown },
): Promise<void> {
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: `rock.${type}`,
    subject: { kind: 'rock', id: rockId },
    ...change,
  });
}
