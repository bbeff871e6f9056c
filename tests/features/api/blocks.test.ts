import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { secretContent, title, tokensModal } from '../../../src/features/api/blocks.ts';
import { makeSecret, type Token } from '../../../src/features/api/core/token.ts';
import { readName } from '../../../src/features/api/input.ts';
import { notice } from '../../../src/platform/slack/modals.ts';
import { modalProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
const token = (id: number, given: Partial<Token> = {}): Token => ({
  id,
  name: `Tool ${id}`,
  hint: 'a1B_',
  madeBy: { slackId: 'U1', name: 'Chi' },
  madeAt: now.subtract({ hours: 48 }),
  lastUsedAt: null,
  revoked: null,
  ...given,
});
const shown = (tokens: Token[]) => tokensModal({ tokens, now, zone: 'UTC' });
const revoked = { by: { slackId: 'U2', name: 'Ben' }, at: now };

describe('the tokens', () => {
  it('say who made each and when, and when it was used last', () => {
    const text = JSON.stringify(shown([token(1, { lastUsedAt: now }), token(2), token(3, { revoked })]));
    expect(text).toContain('*Tool 1* ends in `a1B_`\\nmade by <@U1> 2 days ago, last used today');
    expect(text).toContain('made by <@U1> 2 days ago, never used');
    expect(text).toContain('Tool 3 (`a1B_`) was revoked by <@U2> today.');
    expect(text).toContain('api-token:revoke/1');
    expect(text).not.toContain('api-token:revoke/3');
  });

  it('have room for twenty in use', () => {
    const all = Array.from({ length: 20 }, (_, id) => token(id));
    expect(shown([]).submit).toBeDefined();
    expect(JSON.stringify(shown([]))).toContain('No token is in use.');
    expect(shown(all).submit).toBeUndefined();
    expect(JSON.stringify(shown(all))).toContain('20 tokens are as many as there may be. Revoke one first.');
  });

  it.each(worstTexts)('stay within the limits of Slack with names full of %s', (_, text) => {
    const madeBy = { slackId: null, name: text(100) };
    const long = { name: text(80), madeBy, lastUsedAt: now };
    const inUse = Array.from({ length: 20 }, (_, id) => token(id, long));
    const over = Array.from({ length: 200 }, (_, id) =>
      token(id, { ...long, revoked: { by: madeBy, at: now } }),
    );
    expect(modalProblems(shown([...inUse, ...over]))).toEqual([]);
    expect(modalProblems(shown([...inUse.slice(1), ...over]))).toEqual([]);
    expect(JSON.stringify(shown(over))).toContain('180 more were revoked before.');
    expect(modalProblems(notice(title, secretContent({ name: text(80), secret: makeSecret() })))).toEqual([]);
  });
});

describe('the name of a token', () => {
  it('is wanted, and has 80 characters at most', () => {
    expect(readName({ values: { name: '  Build \n pipeline ' } })).toEqual({
      ok: true,
      value: 'Build pipeline',
    });
    expect(readName({ values: { name: ' ' } })).toMatchObject({
      words: 'Give it a name: which tool is it for?',
    });
    expect(readName({ values: { name: 'x'.repeat(81) } })).toMatchObject({
      words: 'A name has 80 characters at most; this one has 81.',
    });
  });
});
