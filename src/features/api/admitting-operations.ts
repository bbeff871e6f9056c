import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { mostRequests, tooMany, windowSeconds } from './core/rate.ts';
import { digestOf, readAuthorization } from './core/token.ts';
import { countRequest, wasRevoked } from './token-store.ts';

/**
 * Lets a request in by its `Authorization` header, and counts it. Refuses one without a token, with one that is not
 * known or was revoked, and (`too-many-requests`, with the seconds to wait) more than 120 of one token a minute.
 */
export async function admitTool(
  db: Database,
  workspaceId: string,
  authorization: string | undefined,
): Promise<{ outcome: Result<{ tokenId: number }>; retryAfter?: number }> {
  const secret = readAuthorization(authorization);
  if (secret === null) return { outcome: noToken };
  if (secret === '') return { outcome: unknownToken };
  const digest = digestOf(secret);
  const counted = await countRequest(db, workspaceId, digest, windowSeconds);
  if (counted === undefined) {
    return { outcome: (await wasRevoked(db, workspaceId, digest)) ? revokedToken : unknownToken };
  }
  const { id, count, secondsLeft } = counted;
  return count > mostRequests
    ? { outcome: tooMany(secondsLeft), retryAfter: secondsLeft }
    : { outcome: accepted({ tokenId: id }) };
}

const noToken = refused('no-token', 'Send an API token: Authorization: Bearer …');
const unknownToken = refused(
  'unknown-token',
  'I do not know this token. An admin makes one in /cairn setup.',
);
const revokedToken = refused(
  'revoked-token',
  'This token was revoked. An admin makes another one in /cairn setup.',
);
