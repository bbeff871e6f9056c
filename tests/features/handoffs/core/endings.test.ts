import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HandoffKind, HandoffState } from '../../../../src/features/handoffs/core/handoff.ts';
import {
  ends,
  type Side,
  stepsFrom,
  waits,
  waitsFor,
} from '../../../../src/features/handoffs/core/machine.ts';

const kinds: HandoffKind[] = ['give', 'lend', 'ask', 'assign', 'back', 'work'];
const beginnings: HandoffState[] = ['draft', 'asked', 'offered'];
const starts = kinds.flatMap((kind) =>
  beginnings.filter((state) => stepsFrom(kind, state).length > 0).map((state) => [kind, state] as const),
);

/** Where a handoff can get to from a state, by what these sides do. */
function reachable(kind: HandoffKind, from: HandoffState, sides: readonly Side[]): Set<HandoffState> {
  const reached = new Set([from]);
  for (const state of reached)
    for (const { by, to } of stepsFrom(kind, state))
      if (by.some((side) => sides.includes(side))) reached.add(to);
  return reached;
}

const all: Side[] = ['sender', 'receiver', 'owner', 'clock', 'register'];

describe.each(starts)('a handoff (%s) that begins as %s', (kind, start) => {
  const states = [...reachable(kind, start, all)];

  it('can end from whatever state it gets to, also if its receiver or its sender never does anything', () => {
    for (const absent of ['receiver', 'sender'] as const) {
      for (const state of states) {
        // A draft is its sender's own, and nobody else knows of it.
        if (state === 'draft' && absent === 'sender') continue;
        const there = all.filter((side) => side !== absent);
        const found = [...reachable(kind, state, there)].filter((one) => ends.includes(one));
        expect([state, absent, found.length > 0]).toEqual([state, absent, true]);
      }
    }
  });

  it('ends by the clock alone where somebody is waited for or something runs out', () => {
    for (const state of states.filter((one) => waits.includes(one) || one === 'overlap' || isLoan(kind, one)))
      expect([state, [...reachable(kind, state, ['clock'])].some((one) => ends.includes(one))]).toEqual([
        state,
        true,
      ]);
  });

  it('never goes on from an end, whatever is tried in whatever order', () => {
    const tries = fc.array(fc.nat(20), { maxLength: 30 });
    fc.assert(
      fc.property(tries, (choices) => {
        let state: HandoffState = start;
        for (const choice of choices) {
          const steps = stepsFrom(kind, state);
          expect(steps.length === 0).toBe(ends.includes(state));
          state = steps[choice % Math.max(steps.length, 1)]?.to ?? state;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('becomes somebody’s by the yes of whoever is waited for alone, the receiver’s or, for a rock back, the owner’s', () => {
    for (const state of states) {
      const flips = stepsFrom(kind, state).filter(({ to }) => to === 'overlap' || to === 'accepted');
      for (const { step, by } of flips) {
        expect(step).toBe('accept');
        expect(by).toEqual([kind === 'back' ? 'sender' : 'receiver']);
        expect(waitsFor({ state })).toBe(by[0]);
      }
    }
  });
});

function isLoan(kind: HandoffKind, state: HandoffState): boolean {
  return kind === 'lend' && state === 'accepted';
}
