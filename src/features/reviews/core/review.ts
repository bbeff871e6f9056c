import type { Temporal } from 'temporal-polyfill';
import type { LineSource, Subject } from './line.ts';
import type { Minutes } from './minutes.ts';

/** A review whose cadence names no end closes itself after two working days. */
export const closesAfter = 'P2D';

/** A review, by the occurrence in which it is held. */
export type Review = {
  occurrenceId: number;
  cadenceId: number;
  ritual: string;
  name: string;
  /** The local date of the occurrence, as it names itself. */
  occurrenceName: string;
  channel: { id: number; slackId: string | null; name: string };
  leftOut: number;
  endedAt: Temporal.Instant | null;
  /** Null: it closed itself, or goes on. */
  endedBy: { slackId: string | null; name: string } | null;
  minutes: Minutes | null;
};

/** A line by itself, before something is done with it. */
export type LineRow = {
  id: number;
  occurrenceId: number;
  title: string;
  source: LineSource;
  subject: Subject | null;
};

/** How far the questions of a ritual of one's own were answered; null: it asks none. */
export type Answered = { asked: number; in: number } | null;
