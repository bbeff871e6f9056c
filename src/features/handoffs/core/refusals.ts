import { type Refusal, refused } from '../../../platform/core/result.ts';
import type { Handoff, HandoffState } from './handoff.ts';
import { type Side, type Step, sidesOf, transitionOf } from './machine.ts';

/** What the rules know of the rock at this moment; null for a piece of work. */
export type RockNow = { ownerId: number | null; isActive: boolean } | null;

/** The sides on which somebody stands in a handoff. */
export function sidesOfPerson(handoff: Handoff, personId: number, ownerId: number | null): Side[] {
  const sides: Side[] = [];
  if (handoff.sender.id === personId) sides.push('sender');
  if (handoff.to.id === personId) sides.push('receiver');
  if (ownerId === personId) sides.push('owner');
  return sides;
}

/**
 * Whether `personId` may take this step now; null when they may. Who stands on no side of the step is refused first,
 * then what is over, then, for a yes, an unread brief and a rock that has moved on meanwhile.
 */
export function stepRefusal(handoff: Handoff, step: Step, personId: number, rock: RockNow): Refusal | null {
  const own = sidesOfPerson(handoff, personId, rock?.ownerId ?? null);
  const { kind, state } = handoff;
  if (!sidesOf(kind, step, state).some((side) => own.includes(side))) {
    return refused('not-yours', notYours(step, handoff));
  }
  if (step === 'withdraw' && state === 'withdrawn')
    return refused('already-withdrawn', 'You have withdrawn this already.');
  if (step === 'return' && state === 'completed')
    return refused('already-returned', 'It is back already. Nothing more is to be done.');
  if (step === 'finish' && state === 'completed') return refused('already-done', 'That is done already.');
  if (transitionOf(kind, state, step) === undefined) return refused('over', overWords(handoff, personId));
  if (step !== 'accept' && step !== 'hand-over') return null;
  if (step === 'accept' && handoff.readAt === null) {
    return refused('unread', 'Please read it first: the brief may have changed meanwhile.');
  }
  if (rock !== null && (!rock.isActive || rock.ownerId !== (handoff.from?.id ?? null))) {
    return refused(
      'moved-on',
      'Meanwhile this rock has another owner, so it cannot be handed over like this any more.',
    );
  }
  return null;
}

/**
 * Whether somebody may read a brief; it stays readable when all is over. That of a rock that has arrived belongs to the
 * rock from then on: whoever `seesRock` reads it. Others stay between the two.
 */
export function readRefusal(handoff: Handoff, personId: number, seesRock: boolean): Refusal | null {
  const concerned = [handoff.from?.id, handoff.to.id, handoff.sender.id];
  if (!concerned.includes(personId) && !(seesRock && isPartOfHistory(handoff))) {
    return refused('not-yours', 'This brief is between the two whom the handoff concerns.');
  }
  if (handoff.state === 'draft' && handoff.sender.id !== personId) return refused('over', states.draft);
  return null;
}

/** Whether its brief is told with the history of its rock; why somebody would like a rock back never is. */
function isPartOfHistory({ kind, rock, acceptedAt }: Handoff): boolean {
  return rock !== null && kind !== 'back' && acceptedAt !== null;
}

function notYours(step: Step, { state, kind }: Handoff): string {
  if (step === 'withdraw') {
    return state === 'asked' || kind === 'back'
      ? 'Only who asked for it can withdraw that.'
      : 'Only who offered it can withdraw it.';
  }
  if (step === 'offer-again') return 'Only who offered it can change the brief.';
  if (step === 'return') return 'This loan is between the two whom it concerns.';
  if (step === 'finish') return 'Only who does it, or who gave it, can say that it is done.';
  if (state === 'asked' || step === 'hand-over')
    return 'This was asked of somebody else, so the answer is theirs.';
  return 'This was offered to somebody else, so the answer is theirs.';
}

function overWords(handoff: Handoff, personId: number): string {
  const { state, kind } = handoff;
  if (state === 'changes-suggested') {
    return personId === handoff.to.id
      ? 'You suggested changes to the brief. It comes back to you when they are made.'
      : 'Changes to the brief were suggested. `Edit the brief` offers it again.';
  }
  if (kind === 'ask' || kind === 'back') {
    if (state === 'withdrawn') return 'This wish was withdrawn meanwhile. Nothing is asked of you.';
    if (state === 'declined') return 'This was declined already.';
    if (state === 'expired') return 'This wish has expired. Nothing is asked of you.';
  }
  return states[state];
}

const states: Record<HandoffState, string> = {
  draft: 'This handoff is not offered yet.',
  asked: 'This handoff is not offered yet.',
  offered: 'This is offered, and waits for an answer.',
  'changes-suggested': 'Changes to the brief were suggested.',
  overlap: 'This handoff was accepted already.',
  completed: 'This handoff was accepted already.',
  expired: 'This offer has expired.',
  accepted: 'This handoff was accepted already.',
  declined: 'This handoff was declined already.',
  withdrawn: 'This offer was withdrawn meanwhile. Nothing is asked of you.',
};
