import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import { findAccount, listAccounts, listNear, listWith } from './account-store.ts';
import { listOwnTalks } from './conversation-store.ts';
import type { Account, Standing } from './core/account.ts';
import type { AccountPage, Own } from './core/lists.ts';
import { goneAccount, researchRefusal, standingOf } from './standing-operations.ts';
import { listWaitedFor } from './wait-store.ts';

const looksUp = 'log and look up conversations with customers';

/** An account that people mean, or those that are called nearly so. */
export type Meant = { account: Account } | { near: Account[] };

const most = { near: 3, offered: 20, mine: 5, page: 20 };

/** Whom somebody means by what they typed: the account of this key or name, else the nearest few. */
export async function findMeant(
  db: Database,
  workspaceId: string,
  actor: Actor,
  typed: string,
): Promise<Result<Meant>> {
  const refusal = researchRefusal(actor, looksUp);
  if (refusal !== null) return refusal;
  const account = await findAccount(db, workspaceId, { called: typed });
  return accepted(
    account === undefined ? { near: await listNear(db, workspaceId, typed, most.near) } : { account },
  );
}

/** Accounts that a menu offers for what is typed in it. */
export async function offerAccounts(
  db: Database,
  workspaceId: string,
  actor: Actor,
  typed: string,
): Promise<Account[]> {
  if (researchRefusal(actor, looksUp) !== null) return [];
  const found = await listWith(db, workspaceId, typed, most.offered);
  return found.length > 0 ? found : await listNear(db, workspaceId, typed, most.near);
}

/** Whether an account should be left in peace, and who waits for it. Refuses one that is not there. */
export async function readStanding(
  db: Database,
  workspaceId: string,
  actor: Actor,
  accountId: number,
): Promise<Result<Standing>> {
  const refusal = researchRefusal(actor, looksUp);
  if (refusal !== null) return refusal;
  const account = await findAccount(db, workspaceId, { id: accountId });
  return account === undefined ? goneAccount : accepted(await standingOf(db, workspaceId, account));
}

/** What the actor waits for, and their last conversations. */
export async function readMine(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<{ waits: Standing[]; talks: Own[]; today: Temporal.PlainDate }>> {
  const refusal = researchRefusal(actor, looksUp);
  if (refusal !== null) return refusal;
  const waits: Standing[] = [];
  for (const { id } of await listWaitedFor(db, workspaceId, actor.id, most.mine)) {
    const standing = await readStanding(db, workspaceId, actor, id);
    if (standing.ok) waits.push(standing.value);
  }
  const talks = await listOwnTalks(db, workspaceId, actor.id, most.mine);
  const { now, zone } = await readCompanyClock(db, workspaceId);
  return accepted({ waits, talks, today: now.toZonedDateTimeISO(zone).toPlainDate() });
}

/** One page of the accounts, by name. One that is not there is the last. */
export async function readAccounts(
  db: Database,
  workspaceId: string,
  actor: Actor,
  wanted: number,
): Promise<Result<AccountPage>> {
  const refusal = researchRefusal(actor, looksUp);
  if (refusal !== null) return refusal;
  const page = async (number: number) =>
    await listAccounts(db, workspaceId, { skip: number * most.page, most: most.page });
  const first = await page(Math.max(0, wanted));
  const pages = Math.max(1, Math.ceil(first.total / most.page));
  const pageNumber = Math.min(Math.max(0, wanted), pages - 1);
  const { listed, total } = pageNumber === Math.max(0, wanted) ? first : await page(pageNumber);
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  return accepted({ listed, pageNumber, pages, total, today });
}
