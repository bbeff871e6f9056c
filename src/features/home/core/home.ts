import type { Temporal } from 'temporal-polyfill';
import type { Action } from '../../actions/core/action.ts';
import type { Absence } from '../../away/core/absence.ts';
import type { OwedCheckIn } from '../../check-ins/core/check-in.ts';
import type { Decision } from '../../decisions/core/decision.ts';
import type { Waiting } from '../../handoffs/core/handoff.ts';
import type { OptionalScope } from '../../health/core/optional-scopes.ts';
import type { ShownKeyResult } from '../../okrs/reading/core/shown.ts';
import type { Backpack } from '../../ownership/load/core/backpack.ts';
import type { LoadView } from '../../ownership/load/core/load.ts';
import type { Standing as ProposalStanding } from '../../ownership/proposals/core/proposal.ts';

/** What one person's Home says: what waits for them, what they wait for, and a page of their backpack. */
export type Home = {
  now: Temporal.Instant;
  /** The reader's own. */
  zone: string;
  checkIns: OwedCheckIn[];
  /** What imports list as theirs and they have said nothing about. */
  proposals: readonly { id: number; standing: ProposalStanding }[];
  /** Pieces of work that they have taken on, the most pressing first. */
  work: readonly Action[];
  /** Open decisions that they drive or approve, the most pressing first. */
  decisions: readonly Decision[];
  /** Questions of rituals that wait for their answer. */
  questions: readonly { occurrenceId: number; name: string }[];
  forActor: Waiting;
  forOthers: Waiting;
  backpack: Backpack;
  /** Theirs to see; null where they carry nothing. */
  load: LoadView | null;
  /** When they are away, from their own today on. */
  away: { today: Temporal.PlainDate; absences: readonly Absence[] };
  page: Page;
  /** Their key results of the current cycles, each with what was answered so far. */
  keyResults: readonly OwnKeyResult[];
  /** The rituals that concern them, the soonest first. */
  rituals: readonly ComingRitual[];
  /** Reviews in which they took part, the latest first. */
  minutes: readonly { occurrenceId: number; name: string; endedAt: Temporal.Instant }[];
  /** For admins alone. */
  admin: AdminPart | null;
};

/** A key result of theirs, with how sure they were at each answer, the earliest first. */
export type OwnKeyResult = { keyResult: ShownKeyResult; confidences: readonly number[] };

export type ComingRitual = {
  /** The cadence that the reader has left and can come back to; absent: they have not. */
  leftId?: number;
  key: string;
  name: string;
  channel: { slackId: string | null; name: string };
  at: Temporal.Instant;
};

/** How Cairn is set up and how it is, in what an admin can do something about. */
export type AdminPart = {
  /** How far the guided path is, and the step that is next; null: it is walked, or nobody began it. */
  guide: { done: number; of: number; next: string } | null;
  /** Nothing is here yet and nobody has begun to set Cairn up. */
  isNew: boolean;
  /** What is not set up yet, in words. */
  missing: readonly string[];
  /** What is off for want of a scope that is optional. */
  off: readonly OptionalScope[];
  dead: number;
  paused: number;
  misses: number;
};

/** How many rocks there are in a backpack, whatever its person is to them. */
export function countOf({ counts }: Backpack): number {
  return counts.owner + counts.carrier + counts.backup;
}

/** Where in the backpack a Home is; pages count from 1. */
export type Page = { number: number; count: number; offset: number };

/** Rocks on a page: with a block each, they leave room for what stands around them, and are read in one look. */
export const pageLength = 20;

/** The wanted page of so many things, or the last one, when they have become fewer; one page at least. */
export function pageOf(total: number, wanted: number): Page {
  const count = Math.max(1, Math.ceil(total / pageLength));
  const number = Math.min(Math.max(1, wanted), count);
  return { number, count, offset: (number - 1) * pageLength };
}
