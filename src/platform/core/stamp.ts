import { createHash } from 'node:crypto';

/** Tells one state of a thing from another, so that a form never undoes what somebody else has changed meanwhile. */
export function stampOf(thing: unknown): string {
  return createHash('sha256').update(JSON.stringify(thing)).digest('base64url').slice(0, 22);
}
