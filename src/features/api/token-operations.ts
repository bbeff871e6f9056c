import type { Temporal } from 'temporal-polyfill';
import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import { digestOf, hintOf, makeSecret, mostTokens, type Token } from './core/token.ts';
import { findToken, insertToken, listTokens, lockTokens, markRevoked } from './token-store.ts';

/** All tokens, those in use first, for whoever may make them. */
export async function readTokens(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<{ tokens: Token[]; now: Temporal.Instant }>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const now = await companyNow(db, workspaceId);
  return accepted({ tokens: await listTokens(db, workspaceId), now });
}

/**
 * Makes a token and gives it out this once: only its digest is kept. Refuses whoever is no admin, a name that a token in
 * use has (so that a form that is sent off twice makes one), and more than twenty in use.
 */
export async function makeToken(
  db: Database,
  workspaceId: string,
  actor: Actor,
  name: string,
): Promise<Result<{ name: string; secret: string }>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  const secret = makeSecret();
  return await inTransaction(
    db,
    async (tx) => {
      await lockTokens(tx, workspaceId);
      const inUse = (await listTokens(tx, workspaceId)).filter(({ revoked }) => revoked === null);
      if (inUse.some((other) => other.name.toLowerCase() === name.toLowerCase())) return nameTaken;
      if (inUse.length >= mostTokens) return enough;
      const at = await companyNow(tx, workspaceId);
      const given = { name, digest: digestOf(secret), hint: hintOf(secret), at, byId: actor.id };
      const id = await insertToken(tx, workspaceId, given);
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'api-token.made',
        subject: { kind: 'api-token', id },
        after: { name },
      });
      return accepted({ name, secret });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Revokes a token at once; one that was revoked before stays as it is. Refuses whoever is no admin. */
export async function revokeToken(
  db: Database,
  workspaceId: string,
  actor: Actor,
  tokenId: number,
): Promise<Result<{ name: string }>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      const at = await companyNow(tx, workspaceId);
      const revoked = await markRevoked(tx, workspaceId, tokenId, { at, byId: actor.id });
      if (revoked === undefined) {
        const known = await findToken(tx, workspaceId, tokenId);
        return known === undefined ? refused('gone', 'That token is not there.') : accepted(known);
      }
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'api-token.revoked',
        subject: { kind: 'api-token', id: tokenId },
        before: { name: revoked.name },
      });
      return accepted(revoked);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

function refusalFor(actor: Actor): Refusal | null {
  return may('make and revoke API tokens', rolesInWorkspace(actor)) ? null : notAnAdmin;
}

const notAnAdmin = refused(
  'not-an-admin',
  'API tokens open what is kept here to other tools, so admins make and revoke them. Ask one of them.',
);
const nameTaken: Refusal = {
  ...refused(
    'name-taken',
    'A token in use has this name already. Take another one, so that they can be told apart.',
  ),
  field: 'name',
};
const enough: Refusal = {
  ...refused(
    'enough',
    `${mostTokens} tokens are in use, and that is as many as there may be. Revoke one first.`,
  ),
  field: 'name',
};
