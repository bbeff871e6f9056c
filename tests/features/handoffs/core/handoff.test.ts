import { describe, expect, it } from 'vitest';
import type { HandoffKind, HandoffState } from '../../../../src/features/handoffs/core/handoff.ts';
import { ends, type Step, stepsFrom, transitions } from '../../../../src/features/handoffs/core/machine.ts';
import { readRefusal, stepRefusal } from '../../../../src/features/handoffs/core/refusals.ts';
import { ana, ben, handoff, now } from '../example.ts';

const other = 3;
const rock = { ownerId: ana.id, isActive: true };
const read = { ...handoff, readAt: now };
const codeOf = (of: typeof handoff, step: Step, personId: number, at: typeof rock = rock) =>
  stepRefusal(of, step, personId, at)?.code ?? 'may';

/** What each may do while the sender still owns the rock: receiver, sender, anybody else. */
const table: [HandoffState, Step, string, string, string][] = [
  ['offered', 'accept', 'may', 'not-yours', 'not-yours'],
  ['offered', 'decline', 'may', 'not-yours', 'not-yours'],
  ['offered', 'suggest', 'may', 'not-yours', 'not-yours'],
  ['offered', 'withdraw', 'not-yours', 'may', 'not-yours'],
  ['changes-suggested', 'accept', 'over', 'not-yours', 'not-yours'],
  ['changes-suggested', 'offer-again', 'not-yours', 'may', 'not-yours'],
  ['changes-suggested', 'withdraw', 'not-yours', 'may', 'not-yours'],
  ['overlap', 'accept', 'over', 'not-yours', 'not-yours'],
  ['declined', 'accept', 'over', 'not-yours', 'not-yours'],
  ['expired', 'accept', 'over', 'not-yours', 'not-yours'],
  ['withdrawn', 'accept', 'over', 'not-yours', 'not-yours'],
  ['withdrawn', 'withdraw', 'not-yours', 'already-withdrawn', 'not-yours'],
];

describe('a handoff', () => {
  it.each(table)('that is %s: %s', (state, step, receiver, sender, anybody) => {
    const now = { ...read, state };
    expect([ben.id, ana.id, other].map((id) => codeOf(now, step, id))).toEqual([receiver, sender, anybody]);
  });

  it('is not accepted unread', () => {
    expect(codeOf(handoff, 'accept', ben.id)).toBe('unread');
  });

  it('is not accepted when the rock has another owner by now, or is not carried any more', () => {
    expect(codeOf(read, 'accept', ben.id, { ownerId: other, isActive: true })).toBe('moved-on');
    expect(codeOf(read, 'accept', ben.id, { ownerId: ana.id, isActive: false })).toBe('moved-on');
  });

  it('is read by those whom it concerns alone', () => {
    expect([ana.id, ben.id].map((id) => readRefusal(handoff, id))).toEqual([null, null]);
    expect(readRefusal(handoff, other)?.words).toBe(
      'This brief is between the two whom the handoff concerns.',
    );
  });
});

describe('of every kind', () => {
  const kinds: HandoffKind[] = ['give', 'lend', 'ask', 'assign', 'back', 'work'];

  it.each(kinds)('%s: no state is without a way out, and what is over stays so', (kind) => {
    const reached = new Set<HandoffState>([kind === 'ask' || kind === 'back' ? 'asked' : 'offered']);
    for (const state of reached) for (const { to } of stepsFrom(kind, state)) reached.add(to);
    for (const state of reached) {
      const isOver = ends.includes(state);
      expect([state, stepsFrom(kind, state).length > 0]).toEqual([state, !isOver]);
    }
    expect([...reached].some((state) => ends.includes(state))).toBe(true);
  });

  it('whatever waits for somebody can be over by the clock, or by who waits', () => {
    for (const { kinds, from } of transitions) {
      for (const kind of kinds) {
        const ways = stepsFrom(kind, from).filter(({ by }) => by.some((side) => side !== 'receiver'));
        expect([kind, from, ways.length > 0]).toEqual([kind, from, true]);
      }
    }
  });
});
