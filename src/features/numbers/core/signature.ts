import { createHmac, timingSafeEqual } from 'node:crypto';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';

/** A signature is good for this long, before and after its time, in seconds. */
export const goodForSeconds = 5 * 60;

/** What a webhook signs, as Slack does: `v0:timestamp:body`. */
export type Signed = { timestamp: string | undefined; signature: string | undefined; body: string };

/** The signature of a body; `timestamp` in seconds since 1970. */
export function sign(secret: string, timestamp: string, body: string | Buffer): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/**
 * Checks a signature at `nowMs`, machine time, in constant time. Accepts with the signature as it is kept; refuses a missing
 * one, one that is older than five minutes or dated further ahead, and a wrong one, in words for a programmer.
 */
export function checkSignature(
  { timestamp, signature, body }: Signed,
  secret: string,
  nowMs: number,
): Result<string> {
  if (timestamp === undefined || signature === undefined) {
    return refused(
      'unsigned',
      'This request is not signed. Send X-Cairn-Request-Timestamp and X-Cairn-Signature.',
    );
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    return refused('unsigned', 'X-Cairn-Request-Timestamp is the time in whole seconds since 1970.');
  }
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > goodForSeconds) {
    return refused('old', 'X-Cairn-Request-Timestamp is more than five minutes away from now.');
  }
  const expected = Buffer.from(sign(secret, timestamp, body));
  const given = Buffer.from(signature.toLowerCase());
  const isSame = given.length === expected.length && timingSafeEqual(given, expected);
  return isSame
    ? accepted(expected.toString())
    : refused('unsigned', 'X-Cairn-Signature does not fit the body and the secret.');
}
