import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { keyBase } from '../ownership/register/core/entry.ts';
import type { Actor } from '../people/core/person.ts';
import { findAccount, insertAccount, listTakenKeys, lockAccount, saveAccount } from './account-store.ts';
import type { Account, Standing } from './core/account.ts';
import { goneAccount, researchRefusal, standingOf } from './standing-operations.ts';
import { settleQueue } from './turn-operations.ts';

const changes = 'add and change accounts';

/** The account of this name, which is added where there is none. For the operations of this feature. */
export async function addOrFind(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  name: string,
  at: Temporal.Instant,
): Promise<Result<Account>> {
  const refusal = researchRefusal(actor, changes);
  if (refusal !== null) return refusal;
  // Somebody else may add it between our look and our write: then the next look finds it.
  for (;;) {
    const present = await findAccount(tx, workspaceId, { named: name });
    if (present !== undefined) return accepted(present);
    const base = keyBase(name, 'account');
    const taken = await listTakenKeys(tx, workspaceId, base);
    let key = base;
    for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
    const added = await insertAccount(tx, workspaceId, { key, name, by: actor.id, at });
    if (added === undefined) continue;
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'account.created',
      subject: { kind: 'account', id: added.id },
      after: { key, name, cool_down: added.coolDown },
    });
    return accepted(added);
  }
}

/** Adds an account by its name; one that is called so already is given back. */
export async function addAccount(
  db: Database,
  workspaceId: string,
  actor: Actor,
  name: string,
): Promise<Result<Standing>> {
  return await inTransaction(db, async (tx) => {
    const at = await companyNow(tx, workspaceId);
    const added = await addOrFind(tx, workspaceId, actor, name, at);
    return added.ok ? accepted(await standingOf(tx, workspaceId, added.value)) : added;
  });
}

/**
 * Changes the name and the rest of an account. Refuses a name that another one has, and what somebody else has changed
 * since the form was opened. A shorter rest may make it somebody's turn at once.
 */
export async function changeAccount(
  db: Database,
  workspaceId: string,
  actor: Actor,
  accountId: number,
  { name, coolDown, stamp }: { name: string; coolDown: string; stamp: string },
): Promise<Result<Standing>> {
  const refusal = researchRefusal(actor, changes);
  if (refusal !== null) return refusal;
  return await inTransaction(
    db,
    async (tx) => {
      const now = await lockAccount(tx, workspaceId, accountId);
      if (now === undefined) return goneAccount;
      if (now.name === name && now.coolDown === coolDown)
        return accepted(await standingOf(tx, workspaceId, now));
      if (stampOf(now) !== stamp) return changedMeanwhile;
      const other = await findAccount(tx, workspaceId, { named: name });
      if (other !== undefined && other.id !== accountId) return { ...nameTaken, field: 'name' };
      await saveAccount(tx, accountId, { name, coolDown });
      await recordEvent(tx, {
        workspaceId,
        at: await companyNow(tx, workspaceId),
        doer: { kind: 'person', personId: actor.id },
        type: 'account.changed',
        subject: { kind: 'account', id: accountId },
        ...differing(now, { name, coolDown }),
      });
      const account = { ...now, name, coolDown };
      await settleQueue(tx, workspaceId, account);
      return accepted(await standingOf(tx, workspaceId, account));
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

const nameTaken = refused('name-taken', 'Another account is called so.');
const changedMeanwhile = refused(
  'changed',
  'Somebody has changed this account since you opened the form. Open it again to see how it is now.',
);

function differing(now: Account, wanted: Pick<Account, 'name' | 'coolDown'>) {
  const before = { name: now.name, cool_down: now.coolDown };
  const after = { name: wanted.name, cool_down: wanted.coolDown };
  if (before.name === after.name)
    return { before: { cool_down: before.cool_down }, after: { cool_down: after.cool_down } };
  if (before.cool_down === after.cool_down)
    return { before: { name: before.name }, after: { name: after.name } };
  return { before, after };
}
