import type { Temporal } from 'temporal-polyfill';
import { type Refusal, refused } from '../../../platform/core/result.ts';

/** The sender's own words in a brief. */
export type BriefWords = {
  whyItMatters: string;
  whereItStands: string;
  nextStep: string | null;
  whatCouldHurt: string | null;
};

/** The generated part of a brief, as it was when the rock was offered. Ids of people and channels are Slack's. */
export type BriefFacts = {
  summary: string | null;
  /** ISO date since when the sender carried it. */
  carriedSince: string;
  team: string | null;
  channel: { slackId: string | null; name: string } | null;
  backups: { slackId: string | null; name: string }[];
  links: { label: string; url: string }[];
};

export type HandoffState =
  | 'draft'
  | 'asked'
  | 'offered'
  | 'changes-suggested'
  | 'accepted'
  | 'overlap'
  | 'completed'
  | 'declined'
  | 'withdrawn'
  | 'expired';

export type Party = { id: number; slackId: string | null; name: string; timezone: string };

export type Handoff = {
  id: number;
  state: HandoffState;
  rock: { id: number; name: string };
  from: Party;
  to: Party;
  words: BriefWords;
  facts: BriefFacts;
  offeredAt: Temporal.Instant;
  offerMessageId: number | null;
  senderMessageId: number | null;
};

/** Some of the handoffs that wait, the oldest first, and how many there are in all. */
export type Waiting = { handoffs: Handoff[]; total: number };

/** What somebody wants to do with an offered handoff. */
export type Step = 'read' | 'accept' | 'decline' | 'withdraw';

/**
 * Whether `personId` may take this step now; null when they may. The receiver alone accepts and declines, the
 * sender alone withdraws, and only what is still offered can move. `ownerId` is the rock's owner of this moment.
 */
export function stepRefusal(
  handoff: Handoff,
  step: Step,
  personId: number,
  ownerId: number | null,
): Refusal | null {
  const isReceiver = personId === handoff.to.id;
  const isSender = personId === handoff.from.id;
  if (step === 'read' && !isReceiver && !isSender) {
    return refused('not-yours', 'This brief is between the two whom the handoff concerns.');
  }
  if (step === 'withdraw' && !isSender) return refused('not-yours', 'Only who offered it can withdraw it.');
  if ((step === 'accept' || step === 'decline') && !isReceiver) {
    return refused('not-yours', 'This was offered to somebody else, so the answer is theirs.');
  }
  if (step === 'read') return null;
  if (step === 'withdraw' && handoff.state === 'withdrawn')
    return refused('already-withdrawn', 'You have withdrawn this offer already.');
  if (handoff.state !== 'offered') return refused('over', endings[handoff.state]);
  if (step === 'accept' && ownerId !== handoff.from.id) {
    return refused(
      'moved-on',
      'Meanwhile this rock has another owner, so it cannot be handed over like this any more.',
    );
  }
  return null;
}

const endings: Record<Exclude<HandoffState, 'offered'>, string> = {
  draft: 'This handoff is not offered yet.',
  asked: 'This handoff is not offered yet.',
  'changes-suggested': 'Changes to the brief were suggested.',
  overlap: 'This handoff was accepted already.',
  completed: 'This handoff was accepted already.',
  expired: 'This offer has expired.',
  accepted: 'This handoff was accepted already.',
  declined: 'This handoff was declined already.',
  withdrawn: 'This offer was withdrawn meanwhile. Nothing is asked of you.',
};
