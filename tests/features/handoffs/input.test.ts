import { describe, expect, it } from 'vitest';
import {
  readHandoffId,
  readOfferModal,
  readSpoken,
  readVerb,
  type Spoken,
} from '../../../src/features/handoffs/input.ts';
import { readWords } from '../../../src/platform/slack/command-text.ts';

const ben = { slackId: 'U2', name: 'ben' };
const spokenOf = (typed: string, keyword: 'by' | 'until' = 'by') => {
  const read = readSpoken(readWords(typed), keyword);
  return read && { ...read, to: read.to && { slackId: read.to.slackId, name: read.to.name } };
};

describe('/handoff', () => {
  const plain = (name: string, given: Partial<Spoken> = {}): Spoken => ({
    name,
    isQuoted: false,
    to: ben,
    day: null,
    whole: name,
    ...given,
  });

  it.each<[string, Spoken | null]>([
    ['payments <@U2|ben>', plain('payments')],
    ['<@U2|ben> payments', plain('payments')],
    ['launch deck @ben', plain('launch deck', { to: { slackId: null, name: 'ben' } })],
    ['payments', plain('payments', { to: null })],
    ['<@U1|ana> board <@U2|ben>', plain('@ana board')],
    ['"launch deck" <@U2|ben>', plain('launch deck', { isQuoted: true })],
    ['"launch deck" today <@U2|ben>', plain('launch deck today')],
    [
      '"launch deck" <@U2|ben> by Fri',
      plain('launch deck', { isQuoted: true, day: 'Fri', whole: 'launch deck by Fri' }),
    ],
    [
      'launch deck by 24 Dec <@U2|ben>',
      plain('launch deck', { day: '24 Dec', whole: 'launch deck by 24 Dec' }),
    ],
    ['stand by desk <@U2|ben>', plain('stand', { day: 'desk', whole: 'stand by desk' })],
    ['by <@U2|ben>', plain('by')],
    ['<@U2|ben>', null],
    ['', null],
  ])('%s', (typed, read) => {
    expect(spokenOf(typed)).toEqual(read);
  });

  it('lend: what follows `until` is the day', () => {
    expect(spokenOf('payments <@U2|ben> until 15 Jan', 'until')).toEqual(
      plain('payments', { day: '15 Jan', whole: 'payments until 15 Jan' }),
    );
    expect(spokenOf('payments <@U2|ben>', 'until')).toEqual(plain('payments'));
  });

  it.each<[string, string | null]>([
    ['lend payments <@U2|ben> until 15 Jan', 'lend'],
    ['Ask payments', 'ask'],
    ['back payments', 'back'],
    ['reorg', 'reorg'],
    ['"lend" <@U2|ben>', null],
    ['lending <@U2|ben>', null],
    ['payments lend', null],
    ['<@U2|ben> payments', null],
    ['', null],
  ])('%s begins with a verb, or not', (typed, verb) => {
    expect(readVerb(readWords(typed))).toBe(verb);
  });
});

describe("the sender's modal", () => {
  const values = { why: 'Money.', stands: ' It runs. ', next: null, hurt: '  ', to: 'U2' };
  const give = { kind: 'give', rock: 9, to: null };
  const submitted = (change: Record<string, string | null>, metadata: unknown = give) =>
    readOfferModal({
      workspaceId: 'T1',
      slackUserId: 'U1',
      values: { ...values, ...change },
      lists: {},
      files: {},
      metadata: JSON.stringify(metadata),
    });

  it('is read into a brief, trimmed, without what was left empty', () => {
    expect(submitted({})).toEqual({
      kind: 'give',
      rockId: 9,
      toId: null,
      toSlackId: 'U2',
      untilOn: null,
      dueOn: null,
      reason: null,
      overlapDays: 14,
      words: { whyItMatters: 'Money.', whereItStands: 'It runs.', nextStep: null, whatCouldHurt: null },
    });
    expect(
      submitted({ next: 'Ship it', hurt: 'Nothing', reason: 'I change teams', overlap: '0' }),
    ).toMatchObject({
      words: { nextStep: 'Ship it', whatCouldHurt: 'Nothing' },
      reason: 'I change teams',
      overlapDays: 0,
    });
  });

  it('knows no overlap but those that it offers', () => {
    for (const overlap of ['13', '-1', 'long', '9999']) {
      expect(submitted({ overlap })).toMatchObject({ overlapDays: 14 });
    }
  });

  it('keeps to the receiver whom the command named', () => {
    expect(submitted({ to: null }, { ...give, to: 2 })).toMatchObject({ toId: 2, toSlackId: null });
  });

  it('of a loan needs its last day, of a piece of work none', () => {
    const lend = { kind: 'lend', rock: 9, to: 2 };
    expect(submitted({}, lend)).toEqual({ errors: { until: 'Please pick the last day of the loan.' } });
    expect(submitted({ until: '2027-01-15' }, lend)).toMatchObject({ untilOn: expect.anything() });
    for (const until of ['2027-02-30', 'Friday', '15.1.']) {
      expect(submitted({ until }, lend)).toHaveProperty('errors');
    }
    expect(submitted({}, { kind: 'work', work: 'Launch deck', to: 2 })).toMatchObject({
      work: 'Launch deck',
      dueOn: null,
    });
  });

  it('of a lead who assigns needs no words: the facts come by themselves', () => {
    expect(submitted({ why: null, stands: null }, { kind: 'assign', rock: 9, to: 2 })).not.toHaveProperty(
      'errors',
    );
  });

  it('names every field that is empty, at the field', () => {
    const read = submitted({ why: ' \n ', stands: null, to: null });
    if (!('errors' in read)) throw new Error('it was read');
    expect(read.errors).toEqual({
      why: 'A sentence is enough: why should they care?',
      stands: 'A sentence is enough: where does it stand today?',
      to: 'Please pick who shall carry it.',
    });
    expect(submitted({ to: null })).toEqual({ errors: { to: 'Please pick who shall carry it.' } });
  });

  it('is thrown out when its own note was tampered with', () => {
    for (const metadata of [
      {},
      { ...give, rock: '9' },
      { ...give, rock: -9 },
      { rock: 9, to: null },
      { ...give, kind: 'back' },
      { ...give, to: 0 },
      { kind: 'work', to: null },
      null,
    ])
      expect(() => submitted({}, metadata)).toThrow();
  });
});

it('takes a handoff’s id from a modal, and nothing else', () => {
  const of = (metadata: string) =>
    readHandoffId({ workspaceId: 'T1', slackUserId: 'U1', values: {}, lists: {}, files: {}, metadata });
  expect(of('{"handoff":7}')).toBe(7);
  for (const metadata of ['', '{}', '{"handoff":"7"}', '{"handoff":1.5}', 'null'])
    expect(() => of(metadata)).toThrow();
});
