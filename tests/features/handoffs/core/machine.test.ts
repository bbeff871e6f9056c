import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { HandoffKind, HandoffState } from '../../../../src/features/handoffs/core/handoff.ts';
import {
  ends,
  stepsFrom,
  transitions,
  waits,
  waitsFor,
} from '../../../../src/features/handoffs/core/machine.ts';

const kinds: HandoffKind[] = ['give', 'lend', 'ask', 'assign', 'back', 'work'];
/** Where a handoff of each kind begins. */
const beginnings: Record<HandoffKind, HandoffState[]> = {
  give: ['draft', 'offered'],
  assign: ['draft', 'offered'],
  lend: ['offered'],
  work: ['offered'],
  ask: ['asked'],
  back: ['asked'],
};

/** All states that a handoff of a kind can come to. */
function reached(kind: HandoffKind): HandoffState[] {
  const seen = new Set<HandoffState>(beginnings[kind]);
  for (const state of seen) for (const { to } of stepsFrom(kind, state)) seen.add(to);
  return [...seen];
}

describe('the table of steps', () => {
  it('is the one that docs/handoffs.md shows', async () => {
    const rows = transitions.map(
      ({ kinds: of, from, step, by, to }) =>
        `| ${from} | ${step} | ${of.join(', ')} | ${by.join(', ')} | ${to} |`,
    );
    const page = await readFile(new URL('../../../../docs/handoffs.md', import.meta.url), 'utf8');
    const [, below = ''] = page.split(
      '| in state | step | kinds | by | leads to |\n| --- | --- | --- | --- | --- |\n',
    );
    const [shown] = below.split('\n\n');
    expect(shown?.split('\n')).toEqual(rows);
  });

  it('names a step of a kind in a state once', () => {
    const keys = transitions.flatMap(({ kinds: of, from, step }) =>
      of.map((kind) => `${kind} ${from} ${step}`),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe.each(kinds)('a handoff (%s)', (kind) => {
  it('is in no state that nobody can leave, unless it is over', () => {
    for (const state of reached(kind)) {
      expect([state, stepsFrom(kind, state).length > 0]).toEqual([state, !ends.includes(state)]);
    }
  });

  it('comes to an end from every state', () => {
    const comesToAnEnd = (state: HandoffState, seen: HandoffState[] = []): boolean =>
      ends.includes(state) ||
      (!seen.includes(state) && stepsFrom(kind, state).some(({ to }) => comesToAnEnd(to, [...seen, state])));
    for (const state of reached(kind)) expect([state, comesToAnEnd(state)]).toEqual([state, true]);
  });

  it('that waits for an answer can be answered, taken back by the other one, and is ended by the clock', () => {
    for (const state of reached(kind).filter((one) => waits.includes(one))) {
      const awaited = waitsFor({ state });
      const other = awaited === 'sender' ? 'receiver' : 'sender';
      const steps = stepsFrom(kind, state);
      if (awaited === null) throw new Error(`nobody is waited for in ${state}`);
      expect(steps.some(({ by }) => by.includes(awaited))).toBe(true);
      expect(steps.some(({ by, to }) => by.includes(other) && ends.includes(to))).toBe(true);
      expect(steps.some(({ by }) => by.includes('clock'))).toBe(true);
    }
  });
});
