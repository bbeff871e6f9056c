import type { Temporal } from 'temporal-polyfill';
import type { Slot } from './calendar.ts';
import type { OnHoliday } from './exclusions.ts';
import type { Period } from './period.ts';
import type { Upcoming } from './upcoming.ts';

/** Somebody as a message names them. */
export type Named = { id: number; slackId: string | null; name: string };

export type CadenceChannel = {
  id: number;
  slackId: string | null;
  name: string;
  isPrivate: boolean;
  hasCairn: boolean;
  isArchived: boolean;
};

/** `isChosen`: named in the cadence; of one that names none, the teams whose home is its channel. */
export type CadenceTeam = { id: number; name: string; lead: Named | null; isChosen: boolean };

export type Cadence = {
  id: number;
  workspaceId: string;
  key: string;
  ritual: string;
  channel: CadenceChannel;
  schedule: string;
  timezone: string;
  period: Period;
  startsOn: Temporal.PlainDate | null;
  onHoliday: OnHoliday;
  /** `current`, or a cycle's key, ... */
  cycle: string;
  /** ... and then its last day. */
  cycleEndsOn: Temporal.PlainDate | null;
  nudgeAfter: string | null;
  closeAfter: string | null;
  state: 'active' | 'paused' | 'ended';
  nextDueAt: Temporal.Instant | null;
  createdBy: Named | null;
  pauseReason: string | null;
  pausedAt: Temporal.Instant | null;
  teams: CadenceTeam[];
};

/** What became of one occurrence. */
export type Happening = {
  id: number;
  name: string;
  /** Null: it was run by hand. */
  covers: Slot['covers'] | null;
  dueAt: Temporal.Instant;
  plannedAt: Temporal.Instant | null;
  state: 'open' | 'held' | 'skipped' | 'missed';
  reason: string | null;
  /** Who ran or skipped it by hand. */
  by: { slackId: string | null; name: string } | null;
};

/** A cadence in words, with the time at which it comes next. */
export type ListedCadence = { cadence: Cadence; words: string; next: Temporal.Instant | null };

/** A cadence in words, with its next times. */
export type CadenceCard = { cadence: Cadence; words: string; now: Temporal.Instant; times: Upcoming[] };
