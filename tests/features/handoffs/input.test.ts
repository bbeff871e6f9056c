import { describe, expect, it } from 'vitest';
import { readHandoffId, readOfferModal, readSpoken, readVerb } from '../../../src/features/handoffs/input.ts';
import { readWords } from '../../../src/platform/slack/command-text.ts';

const ben = { slackId: 'U2', name: 'ben' };

describe('/handoff', () => {
  it.each<[string, { rock: string; to: { slackId: string | null; name: string | null } | null } | null]>([
    ['payments <@U2|ben>', { rock: 'payments', to: ben }],
    ['<@U2|ben> payments', { rock: 'payments', to: ben }],
    ['"launch deck" <@U2|ben>', { rock: 'launch deck', to: ben }],
    ['launch deck @ben', { rock: 'launch deck', to: { slackId: null, name: 'ben' } }],
    ['payments', { rock: 'payments', to: null }],
    ['<@U1|ana> board <@U2|ben>', { rock: '@ana board', to: ben }],
    ['<@U2|ben>', null],
    ['', null],
  ])('%s', (typed, offer) => {
    const read = readSpoken(readWords(typed), 'by');
    expect(
      read && { rock: read.name, to: read.to && { slackId: read.to.slackId, name: read.to.name } },
    ).toEqual(offer);
  });
});

describe('a verb', () => {
  it.each<[string, string | null]>([
    ['lend payments <@U2|ben> until 15 Jan', 'lend'],
    ['Ask payments', 'ask'],
    ['reorg', 'reorg'],
    ['"lend" <@U2|ben>', null],
    ['lending <@U2|ben>', null],
    ['payments lend', null],
    ['<@U2|ben> payments', null],
    ['', null],
  ])('%s', (typed, verb) => {
    expect(readVerb(readWords(typed))).toBe(verb);
  });
});

describe("the sender's modal", () => {
  const values = { why: 'Money.', stands: ' It runs. ', next: null, hurt: '  ', to: 'U2' };
  const submitted = (
    change: Record<string, string | null>,
    metadata: unknown = { kind: 'give', rock: 9, to: null },
  ) =>
    readOfferModal({
      workspaceId: 'T1',
      slackUserId: 'U1',
      values: { ...values, ...change },
      lists: {},
      metadata: JSON.stringify(metadata),
    });

  it('is read into a brief, trimmed, without what was left empty', () => {
    expect(submitted({})).toMatchObject({
      kind: 'give',
      rockId: 9,
      toId: null,
      toSlackId: 'U2',
      words: { whyItMatters: 'Money.', whereItStands: 'It runs.', nextStep: null, whatCouldHurt: null },
    });
    expect(submitted({ next: 'Ship it', hurt: 'Nothing' })).toMatchObject({
      words: { nextStep: 'Ship it', whatCouldHurt: 'Nothing' },
    });
  });

  it('keeps to the receiver whom the command named', () => {
    expect(submitted({ to: null }, { kind: 'give', rock: 9, to: 2 })).toMatchObject({
      toId: 2,
      toSlackId: null,
    });
  });

  it('names every field that is empty, at the field', () => {
    const read = submitted({ why: ' \n ', stands: null, to: null });
    if (!('errors' in read)) throw new Error('it was read');
    expect(Object.keys(read.errors)).toEqual(['why', 'stands', 'to']);
    expect(submitted({ to: null })).toEqual({ errors: { to: expect.any(String) } });
    expect(submitted({ stands: '' }, { kind: 'give', rock: 9, to: 2 })).toEqual({
      errors: { stands: expect.any(String) },
    });
  });

  it('is thrown out when its own note was tampered with', () => {
    for (const metadata of [
      {},
      { kind: 'give', rock: '9', to: null },
      { kind: 'give', rock: -9, to: null },
      { kind: 'give', rock: 9 },
      { kind: 'give', rock: 9, to: 0 },
      { kind: 'steal', rock: 9, to: null },
      null,
    ])
      expect(() => submitted({}, metadata)).toThrow();
  });
});

it('takes a handoff’s id from a modal, and nothing else', () => {
  const of = (metadata: string) =>
    readHandoffId({ workspaceId: 'T1', slackUserId: 'U1', values: {}, lists: {}, metadata });
  expect(of('{"handoff":7}')).toBe(7);
  for (const metadata of ['', '{}', '{"handoff":"7"}', '{"handoff":1.5}', 'null'])
    expect(() => of(metadata)).toThrow();
});
