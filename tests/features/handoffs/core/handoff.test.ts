import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type Handoff, type Step, stepRefusal } from '../../../../src/features/handoffs/core/handoff.ts';

const sender = 1;
const receiver = 2;
const other = 3;

type Outcome = 'may' | 'not-yours' | 'over' | 'already-withdrawn' | 'moved-on';
type State = Handoff['state'];

/** What each may do while the sender still owns the rock: receiver, sender, anybody else. */
const table: [State, Step, Outcome, Outcome, Outcome][] = [
  ['offered', 'read', 'may', 'may', 'not-yours'],
  ['offered', 'accept', 'may', 'not-yours', 'not-yours'],
  ['offered', 'decline', 'may', 'not-yours', 'not-yours'],
  ['offered', 'withdraw', 'not-yours', 'may', 'not-yours'],
  ['accepted', 'read', 'may', 'may', 'not-yours'],
  ['accepted', 'accept', 'over', 'not-yours', 'not-yours'],
  ['accepted', 'decline', 'over', 'not-yours', 'not-yours'],
  ['accepted', 'withdraw', 'not-yours', 'over', 'not-yours'],
  ['declined', 'read', 'may', 'may', 'not-yours'],
  ['declined', 'accept', 'over', 'not-yours', 'not-yours'],
  ['declined', 'decline', 'over', 'not-yours', 'not-yours'],
  ['declined', 'withdraw', 'not-yours', 'over', 'not-yours'],
  ['withdrawn', 'read', 'may', 'may', 'not-yours'],
  ['withdrawn', 'accept', 'over', 'not-yours', 'not-yours'],
  ['withdrawn', 'decline', 'over', 'not-yours', 'not-yours'],
  ['withdrawn', 'withdraw', 'not-yours', 'already-withdrawn', 'not-yours'],
];

describe('who may take which step', () => {
  it.each(table)('%s, to %s it: receiver %s, sender %s, anybody else %s', (state, step, ...outcomes) => {
    const of = (personId: number) => outcome(state, step, personId, sender);
    expect([of(receiver), of(sender), of(other)]).toEqual(outcomes);
  });

  it('is told in words, which name how it ended', () => {
    const words = (state: State) => stepRefusal(handoff(state), 'accept', receiver, sender)?.words;
    expect(words('accepted')).toBe('This handoff was accepted already.');
    expect(words('declined')).toBe('This handoff was declined already.');
    expect(words('withdrawn')).toBe('This offer was withdrawn meanwhile. Nothing is asked of you.');
  });
});

describe('when the rock has another owner meanwhile', () => {
  it.each([
    ['somebody else', other],
    ['the receiver', receiver],
    ['nobody', null],
  ])('%s: it can be declined, withdrawn and read, and no more accepted', (_, ownerId) => {
    expect(outcome('offered', 'accept', receiver, ownerId)).toBe('moved-on');
    expect(outcome('offered', 'decline', receiver, ownerId)).toBe('may');
    expect(outcome('offered', 'withdraw', sender, ownerId)).toBe('may');
    expect(outcome('offered', 'read', receiver, ownerId)).toBe('may');
  });

  it('what is over stays over', () => {
    expect(outcome('accepted', 'accept', receiver, receiver)).toBe('over');
    expect(outcome('withdrawn', 'accept', receiver, other)).toBe('over');
  });

  it('who was not asked is told that, and nothing of the owner', () => {
    expect(outcome('offered', 'accept', other, other)).toBe('not-yours');
  });
});

function outcome(state: State, step: Step, personId: number, ownerId: number | null): string {
  return stepRefusal(handoff(state), step, personId, ownerId)?.code ?? 'may';
}

function handoff(state: State): Handoff {
  const party = (id: number, name: string) => ({ id, slackId: `U${id}`, name, timezone: 'Europe/Berlin' });
  return {
    id: 7,
    state,
    rock: { id: 9, name: 'Payments' },
    from: party(sender, 'Ana'),
    to: party(receiver, 'Ben'),
    words: { whyItMatters: 'Money', whereItStands: 'It runs', nextStep: null, whatCouldHurt: null },
    facts: { summary: null, carriedSince: '2025-02-05', team: null, channel: null, backups: [], links: [] },
    offeredAt: Temporal.Instant.from('2026-10-05T09:00Z'),
    offerMessageId: null,
    senderMessageId: null,
  };
}
