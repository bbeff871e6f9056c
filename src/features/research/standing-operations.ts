import type { Temporal } from 'temporal-polyfill';
import { may, type Operation, rolesInWorkspace } from '../../permission/permissions.ts';
import { type Refusal, refused } from '../../platform/core/result.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import { findLastTalk } from './conversation-store.ts';
import type { Account, Standing } from './core/account.ts';
import { listWaits, type OpenWait } from './wait-store.ts';

export const goneAccount = refused('no-account', 'That account is not there any more.');

/** Why the actor may not do this; null: they may. */
export function researchRefusal(actor: Actor, operation: Operation): Refusal | null {
  if (may(operation, rolesInWorkspace(actor))) return null;
  return refused('not-allowed', 'That is not yours to do here. Ask one of your Cairn admins.');
}

/** A standing with the moment at which it was read. */
export type StandingNow = Omit<Standing, 'waits'> & {
  waits: OpenWait[];
  at: Temporal.Instant;
};

/** How an account stands now: its last conversation, and who waits for it. */
export async function standingOf(db: Database, workspaceId: string, account: Account): Promise<StandingNow> {
  const { now: at, zone } = await readCompanyClock(db, workspaceId);
  return {
    account,
    last: await findLastTalk(db, workspaceId, account.id),
    waits: await listWaits(db, workspaceId, account.id),
    today: at.toZonedDateTimeISO(zone).toPlainDate(),
    at,
  };
}
