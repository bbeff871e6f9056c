import type { Temporal } from 'temporal-polyfill';

/**
 * give: for good, by its owner; lend: until a date; ask: the receiver asked its owner for it; assign: by a lead or an
 * admin; back: the receiver had it before; work: one piece of work, no rock.
 */
export type HandoffKind = 'give' | 'lend' | 'ask' | 'assign' | 'back' | 'work';

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

/** The sender's own words in a brief; null: not said. */
export type BriefWords = {
  whyItMatters: string | null;
  whereItStands: string | null;
  nextStep: string | null;
  whatCouldHurt: string | null;
};

export const noWords: BriefWords = {
  whyItMatters: null,
  whereItStands: null,
  nextStep: null,
  whatCouldHurt: null,
};

type Named = { slackId: string | null; name: string };

/**
 * The generated part of a brief, as it was when it was offered. Ids of people and channels are Slack's, dates are ISO.
 * What older versions did not gather is absent.
 */
export type BriefFacts = {
  summary: string | null;
  /** ISO date since when its owner carried it; null where nobody did, and for a piece of work. */
  carriedSince: string | null;
  team: string | null;
  channel: Named | null;
  backups: Named[];
  contributors?: (Named & { discipline: string })[];
  links: { label: string; url: string }[];
  keyResults?: { title: string; objective: string }[];
  /** Pieces of work that belong to the rock and are open. */
  actions?: { title: string; owner: Named; dueOn: string | null }[];
  /** Who handed it to whom before, the latest first. */
  past?: { from: Named | null; to: Named; on: string }[];
  /** Of the last 180 days: what was asked and what was decided. */
  decisions?: { title: string; on: string }[];
  roadmap?: { title: string; horizon: string }[];
};

export const noFacts: BriefFacts = {
  summary: null,
  carriedSince: null,
  team: null,
  channel: null,
  backups: [],
  links: [],
};

export type Party = { id: number; slackId: string | null; name: string; timezone: string };

export type Handoff = {
  id: number;
  kind: HandoffKind;
  state: HandoffState;
  /** Null: a piece of work. */
  rock: { id: number; key: string; name: string } | null;
  /** The rock's name, or what the piece of work is. */
  title: string;
  /** Who carries the rock when it is offered; null where nobody does. */
  from: Party | null;
  /** Who shall carry it. */
  to: Party;
  /** Who answers for the brief and takes the offer back: whoever assigns, else whom it is from. */
  sender: Party;
  words: BriefWords;
  facts: BriefFacts;
  /** Why it moves; of a wish to have it back, why: then it stays between the two. */
  reason: string | null;
  /** What the receiver would change in the brief. */
  suggestion: string | null;
  /** A piece of work. */
  dueOn: Temporal.PlainDate | null;
  /** The last day of a loan, in the zone of whom it is from. */
  untilOn: Temporal.PlainDate | null;
  overlapDays: number;
  /** When it began to wait: asked, or offered. */
  offeredAt: Temporal.Instant;
  /** When who has to say yes read the brief, as it is now. */
  readAt: Temporal.Instant | null;
  acceptedAt: Temporal.Instant | null;
  overlapUntil: Temporal.Instant | null;
  /** When it was over for good. */
  endedAt: Temporal.Instant | null;
  /** The handoff that a wish to have a rock back would undo. */
  undoesId: number | null;
  batchId: number | null;
  /** To whoever is asked for it, or is told that it is assigned to somebody else. */
  requestMessageId: number | null;
  /** To the receiver. */
  offerMessageId: number | null;
  /** To the sender. */
  senderMessageId: number | null;
};

/** Some of the handoffs that wait, the oldest first, and how many there are in all. */
export type Waiting = { handoffs: Handoff[]; total: number };
