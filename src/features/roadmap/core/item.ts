import type { Temporal } from 'temporal-polyfill';
import type { Scores } from './priority.ts';

/** Where an item stands: the three that are planned, and the two in which it is over. */
export const horizons = ['now', 'next', 'later', 'shipped', 'stopped'] as const;
export type Horizon = (typeof horizons)[number];
/** What is shown without being asked for. */
export const planned = ['now', 'next', 'later'] as const satisfies readonly Horizon[];

export const outcomes = ['moved', 'too-early', 'not-moved'] as const;
export type Outcome = (typeof outcomes)[number];

export type PersonRef = { id: number; slackId: string | null; name: string };
export type TeamRef = { id: number; key: string; name: string };

/** What an item supports, as far as the viewer may know: the titles of the strategy's lines from the intent down, then its objective. */
export type Supported = {
  kind: 'objective' | 'line';
  id: number;
  key: string;
  titles: string[];
  /** The line that it serves, itself or through its objective; null: none in force. */
  lineId: number | null;
};

/** An item of the roadmap as somebody sees it: a rock or an objective that they may not see is not named. */
export type Item = Scores & {
  id: number;
  key: string;
  title: string;
  summary: string | null;
  horizon: Horizon;
  position: number;
  owner: PersonRef | null;
  team: TeamRef | null;
  rock: { id: number; key: string; name: string; owner: PersonRef | null } | null;
  supports: Supported | null;
  /** The teams of which it needs something. */
  needs: TeamRef[];
  /** In `now` alone; what is over keeps its last one. */
  dueOn: Temporal.PlainDate | null;
  firstDueOn: Temporal.PlainDate | null;
  slips: number;
  movedAt: Temporal.Instant;
  whyStopped: string | null;
  outcome: Outcome | null;
  outcomeWords: string | null;
};

/** One time that a date moved back. */
export type Slip = {
  at: Temporal.Instant;
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  by: PersonRef | null;
  why: string | null;
};

/** What of an item changed since a day. Of each only what did. */
export type ItemChange = {
  item: Item;
  isAdded: boolean;
  isShipped: boolean;
  isStopped: boolean;
  /** Where it stood then and stands now; null: where it stood, or it was not there. */
  horizon: { from: Horizon; to: Horizon } | null;
  /** The earliest first. */
  slips: Slip[];
};

export function isOver(horizon: Horizon): boolean {
  return horizon === 'shipped' || horizon === 'stopped';
}

/** The most characters of each text. */
export const longest = { title: 200, summary: 1_000, why: 500 };
