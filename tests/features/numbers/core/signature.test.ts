import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignature, sign } from '../../../../src/features/numbers/core/signature.ts';

const secret = fc.string({ minLength: 1 });
const seconds = fc.integer({ min: 1_000_000, max: 4_000_000_000 });
const body = fc.string({ unit: 'binary' });

describe('a signature', () => {
  it('is Slack’s, by the example of its documentation', () => {
    const form =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(sign('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', form)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it('is good within five minutes of its time, either way, and not beyond', () => {
    fc.assert(
      fc.property(secret, seconds, body, fc.integer({ min: -900, max: 900 }), (key, time, text, off) => {
        const timestamp = String(time);
        const signed = { timestamp, signature: sign(key, timestamp, text), body: text };
        expect(checkSignature(signed, key, (time + off) * 1000).ok).toBe(Math.abs(off) <= 300);
      }),
    );
  });

  it('is good for nothing else: no other body, time or secret', () => {
    fc.assert(
      fc.property(secret, secret, seconds, body, body, (key, other, time, text, more) => {
        const timestamp = String(time);
        const signature = sign(key, timestamp, text);
        const now = time * 1000;
        const later = String(time + 1);
        if (more !== text)
          expect(checkSignature({ timestamp, signature, body: more }, key, now).ok).toBe(false);
        expect(checkSignature({ timestamp: later, signature, body: text }, key, now).ok).toBe(false);
        if (other !== key)
          expect(checkSignature({ timestamp, signature, body: text }, other, now).ok).toBe(false);
      }),
    );
  });

  it.each([undefined, '', 'v0=', 'v1=00', 'nothing', 'é'.repeat(67)])('is not %s', (signature) => {
    const now = 1_700_000_000;
    const checked = checkSignature({ timestamp: String(now), signature, body: '{}' }, 's', now * 1000);
    expect(checked).toMatchObject({ ok: false, code: 'unsigned' });
  });
});
