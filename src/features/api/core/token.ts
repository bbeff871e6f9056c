import { createHash, randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';

/** As many tokens as may be in use at once. */
export const mostTokens = 20;
export const longestName = 80;

/** By so many of its last characters people tell one token from another. */
const hintLength = 4;
const shape = /^cairn_[\w-]{43}$/;

export type TokenPerson = { slackId: string | null; name: string };

/** A token as admins see it; what opens the door is not kept. */
export type Token = {
  id: number;
  name: string;
  hint: string;
  madeBy: TokenPerson;
  madeAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant | null;
  revoked: { by: TokenPerson; at: Temporal.Instant } | null;
};

/** A token that nobody can guess, to be shown once. */
export function makeSecret(): string {
  return `cairn_${randomBytes(32).toString('base64url')}`;
}

/**
 * What is kept of a token. A plain digest is enough for 32 random bytes, and since it is looked up by the digest, how
 * long the look-up takes tells nothing about the token.
 */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Its last characters. */
export function hintOf(secret: string): string {
  return secret.slice(-hintLength);
}

/** The token of an `Authorization` header; null: the header has none. What is not shaped like one of ours is given back as ''. */
export function readAuthorization(header: string | undefined): string | null {
  const match = /^bearer +(\S+) *$/i.exec(header ?? '');
  if (match === null) return null;
  const [, secret = ''] = match;
  return shape.test(secret) ? secret : '';
}
