import { describe, expect, it } from 'vitest';
import type { Handoff } from '../../../../src/features/handoffs/core/handoff.ts';
import type { Step } from '../../../../src/features/handoffs/core/machine.ts';
import { readRefusal, stepRefusal } from '../../../../src/features/handoffs/core/refusals.ts';
import { aHandoff, ana, ben, chi, offeredAt } from '../a-handoff.ts';

type State = Handoff['state'];
const theirs = (ownerId: number | null = ana.id) => ({ ownerId, isActive: true });
const outcome = (given: Partial<Handoff>, step: Step, personId: number, rock = theirs()): string =>
  stepRefusal(aHandoff({ readAt: offeredAt, ...given }), step, personId, rock)?.code ?? 'may';
const words = (given: Partial<Handoff>, step: Step, personId: number): string | undefined =>
  stepRefusal(aHandoff({ readAt: offeredAt, ...given }), step, personId, theirs())?.words;

describe('who may take which step of a rock that is given', () => {
  /** Receiver, sender, anybody else. */
  it.each<[State, Step, string, string, string]>([
    ['offered', 'accept', 'may', 'not-yours', 'not-yours'],
    ['offered', 'decline', 'may', 'not-yours', 'not-yours'],
    ['offered', 'suggest', 'may', 'not-yours', 'not-yours'],
    ['offered', 'withdraw', 'not-yours', 'may', 'not-yours'],
    ['offered', 'offer-again', 'not-yours', 'over', 'not-yours'],
    ['changes-suggested', 'accept', 'over', 'not-yours', 'not-yours'],
    ['changes-suggested', 'decline', 'may', 'not-yours', 'not-yours'],
    ['changes-suggested', 'offer-again', 'not-yours', 'may', 'not-yours'],
    ['changes-suggested', 'withdraw', 'not-yours', 'may', 'not-yours'],
    ['overlap', 'accept', 'over', 'not-yours', 'not-yours'],
    ['completed', 'withdraw', 'not-yours', 'over', 'not-yours'],
    ['declined', 'accept', 'over', 'not-yours', 'not-yours'],
    ['withdrawn', 'accept', 'over', 'not-yours', 'not-yours'],
    ['withdrawn', 'withdraw', 'not-yours', 'already-withdrawn', 'not-yours'],
    ['expired', 'accept', 'over', 'not-yours', 'not-yours'],
    ['expired', 'offer-again', 'not-yours', 'over', 'not-yours'],
  ])('%s, to %s it: receiver %s, sender %s, anybody else %s', (state, step, ...outcomes) => {
    const of = (personId: number) => outcome({ state }, step, personId);
    expect([of(ben.id), of(ana.id), of(chi.id)]).toEqual(outcomes);
  });
});

describe('who may take which step of the other kinds', () => {
  const asked = { kind: 'ask', state: 'asked' } as const;
  const back = { kind: 'back', state: 'asked' } as const;
  const loan = { kind: 'lend', state: 'accepted' } as const;
  const work = { kind: 'work', state: 'accepted' } as const;
  const assigned = { kind: 'assign', state: 'offered', sender: chi } as const;

  /** Ben, who shall have it; Ana, who carries it; Chi. */
  it.each<[string, Partial<Handoff>, Step, string, string, string]>([
    ['asked for', asked, 'hand-over', 'not-yours', 'may', 'not-yours'],
    ['asked for', asked, 'decline', 'not-yours', 'may', 'not-yours'],
    ['asked for', asked, 'withdraw', 'may', 'not-yours', 'not-yours'],
    ['asked for', asked, 'accept', 'over', 'not-yours', 'not-yours'],
    ['wanted back', back, 'accept', 'not-yours', 'may', 'not-yours'],
    ['wanted back', back, 'withdraw', 'may', 'not-yours', 'not-yours'],
    ['on loan', loan, 'return', 'may', 'may', 'not-yours'],
    ['on loan', loan, 'withdraw', 'not-yours', 'over', 'not-yours'],
    ['a piece of work', work, 'finish', 'may', 'may', 'not-yours'],
    ['assigned by Chi', assigned, 'accept', 'may', 'not-yours', 'not-yours'],
    ['assigned by Chi', assigned, 'withdraw', 'not-yours', 'not-yours', 'may'],
  ])('%s, %s %s: Ben %s, Ana %s, Chi %s', (_, given, step, ...outcomes) => {
    const of = (personId: number) => outcome(given, step, personId);
    expect([of(ben.id), of(ana.id), of(chi.id)]).toEqual(outcomes);
  });

  it('a loan is its new owner’s to take back, when the rock has moved on', () => {
    expect(outcome(loan, 'return', chi.id, theirs(chi.id))).toBe('may');
    expect(outcome(loan, 'return', ana.id, theirs(chi.id))).toBe('not-yours');
  });

  it('a loan that is back and work that is done are told apart from what cannot be', () => {
    expect(outcome({ ...loan, state: 'completed' }, 'return', ben.id)).toBe('already-returned');
    expect(outcome({ ...work, state: 'completed' }, 'finish', ben.id)).toBe('already-done');
  });
});

describe('a yes', () => {
  it('needs a brief that was read as it is now', () => {
    expect(outcome({ readAt: null }, 'accept', ben.id)).toBe('unread');
    expect(outcome({ readAt: null }, 'decline', ben.id)).toBe('may');
  });

  it.each([
    ['somebody else', chi.id],
    ['the receiver', ben.id],
    ['nobody', null],
  ])('is refused when %s owns the rock by now; a no is not', (_, ownerId) => {
    expect(outcome({}, 'accept', ben.id, theirs(ownerId))).toBe('moved-on');
    expect(outcome({}, 'decline', ben.id, theirs(ownerId))).toBe('may');
    expect(outcome({}, 'withdraw', ana.id, theirs(ownerId))).toBe('may');
  });

  it('is refused for a rock that was set down or retired', () => {
    expect(outcome({}, 'accept', ben.id, { ownerId: ana.id, isActive: false })).toBe('moved-on');
  });
});

describe('the words', () => {
  it('name how it ended', () => {
    expect(words({ state: 'overlap' }, 'accept', ben.id)).toBe('This handoff was accepted already.');
    expect(words({ state: 'declined' }, 'accept', ben.id)).toBe('This handoff was declined already.');
    expect(words({ state: 'expired' }, 'accept', ben.id)).toBe('This offer has expired.');
    expect(words({ state: 'withdrawn' }, 'accept', ben.id)).toBe(
      'This offer was withdrawn meanwhile. Nothing is asked of you.',
    );
    expect(words({ state: 'changes-suggested' }, 'accept', ben.id)).toBe(
      'You suggested changes to the brief. It comes back to you when they are made.',
    );
    expect(words({ kind: 'ask', state: 'withdrawn' }, 'hand-over', ana.id)).toBe(
      'This wish was withdrawn meanwhile. Nothing is asked of you.',
    );
  });

  it('say whose step it is', () => {
    expect(words({}, 'accept', chi.id)).toBe('This was offered to somebody else, so the answer is theirs.');
    expect(words({}, 'withdraw', chi.id)).toBe('Only who offered it can withdraw it.');
    expect(words({ kind: 'ask', state: 'asked' }, 'withdraw', ana.id)).toBe(
      'Only who asked for it can withdraw that.',
    );
    expect(words({ kind: 'lend', state: 'accepted' }, 'return', chi.id)).toBe(
      'This loan is between the two whom it concerns.',
    );
  });
});

describe('the brief', () => {
  const of = (given: Partial<Handoff>, personId: number, seesRock = true) =>
    readRefusal(aHandoff(given), personId, seesRock)?.code ?? 'may';

  it.each<State>(['offered', 'changes-suggested', 'declined', 'withdrawn', 'expired'])(
    'of a handoff that is %s is read by the two and by nobody else',
    (state) => {
      expect([ana, ben, chi].map(({ id }) => of({ state }, id))).toEqual(['may', 'may', 'not-yours']);
    },
  );

  it.each<State>(['accepted', 'overlap', 'completed'])(
    'of a rock that has arrived (%s) is also read by whoever sees the rock',
    (state) => {
      const arrived = { state, acceptedAt: offeredAt };
      expect(of(arrived, chi.id)).toBe('may');
      expect(of(arrived, chi.id, false)).toBe('not-yours');
      expect([ana, ben].map(({ id }) => of(arrived, id, false))).toEqual(['may', 'may']);
    },
  );

  it('of a rock that was wanted back, and of a piece of work, stays between the two', () => {
    const done = { state: 'completed', acceptedAt: offeredAt } as const;
    expect(of({ ...done, kind: 'back' }, chi.id)).toBe('not-yours');
    expect(of({ ...done, kind: 'work', rock: null }, chi.id)).toBe('not-yours');
  });

  it('of a draft is its writer’s alone', () => {
    expect(of({ state: 'draft' }, ben.id)).toBe('over');
    expect(of({ state: 'draft' }, ana.id)).toBe('may');
    expect(of({ state: 'draft' }, chi.id)).toBe('not-yours');
  });
});
