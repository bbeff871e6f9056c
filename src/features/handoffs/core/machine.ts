import type { HandoffKind, HandoffState } from './handoff.ts';

/**
 * Who takes a step. The sender answers for the brief: whoever assigns, else whom the rock is from; who is asked for a
 * rock is its sender already. The owner is the rock's of this moment.
 */
export type Side = 'sender' | 'receiver' | 'owner' | 'clock' | 'register';

export type Step =
  | 'release'
  | 'drop'
  | 'hand-over'
  | 'accept'
  | 'decline'
  | 'suggest'
  | 'offer-again'
  | 'withdraw'
  | 'return'
  | 'finish'
  | 'expire'
  | 'end-overlap'
  | 'lapse';

export type Transition = {
  kinds: readonly HandoffKind[];
  from: HandoffState;
  step: Step;
  by: readonly Side[];
  to: HandoffState;
};

const offers = ['give', 'lend', 'ask', 'assign', 'work'] as const;
const ofRocks = ['give', 'lend', 'ask', 'assign'] as const;
const flips = ['give', 'ask', 'assign'] as const;
const asks = ['ask', 'back'] as const;
const prepared = ['give', 'assign'] as const;

/**
 * All that can happen to a handoff. `lapse` is the register's: the rock was taken, set down, retired, merged or released
 * without it; a loan that goes on lapses only where nobody is accountable for the rock from then on. It also ends an
 * overlap early, when the rock moves on once more.
 */
export const transitions: readonly Transition[] = [
  { kinds: prepared, from: 'draft', step: 'release', by: ['sender'], to: 'offered' },
  { kinds: prepared, from: 'draft', step: 'drop', by: ['sender'], to: 'withdrawn' },

  { kinds: ['ask'], from: 'asked', step: 'hand-over', by: ['sender'], to: 'offered' },
  { kinds: ['back'], from: 'asked', step: 'accept', by: ['sender'], to: 'overlap' },
  { kinds: asks, from: 'asked', step: 'decline', by: ['sender'], to: 'declined' },
  { kinds: asks, from: 'asked', step: 'withdraw', by: ['receiver'], to: 'withdrawn' },
  { kinds: asks, from: 'asked', step: 'expire', by: ['clock'], to: 'expired' },
  { kinds: asks, from: 'asked', step: 'lapse', by: ['register'], to: 'withdrawn' },

  { kinds: flips, from: 'offered', step: 'accept', by: ['receiver'], to: 'overlap' },
  { kinds: ['lend', 'work'], from: 'offered', step: 'accept', by: ['receiver'], to: 'accepted' },
  { kinds: offers, from: 'offered', step: 'decline', by: ['receiver'], to: 'declined' },
  { kinds: offers, from: 'offered', step: 'suggest', by: ['receiver'], to: 'changes-suggested' },
  { kinds: offers, from: 'offered', step: 'withdraw', by: ['sender'], to: 'withdrawn' },
  { kinds: offers, from: 'offered', step: 'expire', by: ['clock'], to: 'expired' },
  { kinds: ofRocks, from: 'offered', step: 'lapse', by: ['register'], to: 'withdrawn' },

  { kinds: offers, from: 'changes-suggested', step: 'offer-again', by: ['sender'], to: 'offered' },
  { kinds: offers, from: 'changes-suggested', step: 'decline', by: ['receiver'], to: 'declined' },
  { kinds: offers, from: 'changes-suggested', step: 'withdraw', by: ['sender'], to: 'withdrawn' },
  { kinds: offers, from: 'changes-suggested', step: 'expire', by: ['clock'], to: 'expired' },
  { kinds: ofRocks, from: 'changes-suggested', step: 'lapse', by: ['register'], to: 'withdrawn' },

  { kinds: ['lend'], from: 'accepted', step: 'return', by: ['receiver', 'owner', 'clock'], to: 'completed' },
  { kinds: ['lend'], from: 'accepted', step: 'lapse', by: ['register'], to: 'completed' },
  { kinds: ['work'], from: 'accepted', step: 'finish', by: ['receiver', 'sender'], to: 'completed' },
  { kinds: ['work'], from: 'accepted', step: 'drop', by: ['receiver', 'sender'], to: 'withdrawn' },

  {
    kinds: [...flips, 'back'],
    from: 'overlap',
    step: 'end-overlap',
    by: ['clock', 'register'],
    to: 'completed',
  },
];

/** The states in which a handoff is over for good. */
export const ends: readonly HandoffState[] = ['completed', 'declined', 'withdrawn', 'expired'];
/** The states in which somebody's answer is waited for; a rock is in one of them at most once. */
export const waits: readonly HandoffState[] = ['asked', 'offered', 'changes-suggested'];

/** What can be done with a handoff of this kind in this state, and by whom. */
export function stepsFrom(kind: HandoffKind, state: HandoffState): Transition[] {
  return transitions.filter(({ kinds, from }) => from === state && kinds.includes(kind));
}

/** Where a step leads; undefined where it is not possible. */
export function transitionOf(kind: HandoffKind, state: HandoffState, step: Step): Transition | undefined {
  return stepsFrom(kind, state).find((transition) => transition.step === step);
}

/** Who takes this step in whatever state; empty where handoffs of the kind never go there. */
export function sidesOf(kind: HandoffKind, step: Step, state: HandoffState): readonly Side[] {
  const here = transitionOf(kind, state, step);
  if (here !== undefined) return here.by;
  return transitions
    .filter(({ kinds, step: one }) => one === step && kinds.includes(kind))
    .flatMap(({ by }) => by);
}

/** Whose answer is waited for; null where nobody's is. */
export function waitsFor({ state }: { state: HandoffState }): 'sender' | 'receiver' | null {
  if (state === 'offered') return 'receiver';
  return state === 'asked' || state === 'changes-suggested' ? 'sender' : null;
}
