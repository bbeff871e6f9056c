import type { Temporal } from 'temporal-polyfill';
import type { Figures } from '../../../../cadence/core/figures.ts';
import type { LeaveReason } from '../../../check-ins/core/leaving.ts';

export type LiveChannel = {
  id: number;
  slackId: string | null;
  name: string;
  hasCairn: boolean;
  isArchived: boolean;
};

/** A team as the set-up shows it. */
export type LiveTeam = {
  id: number;
  name: string;
  /** Null: it is not live. */
  liveAt: Temporal.Instant | null;
  /** Full members in Slack who are in it or lead it. */
  people: number;
  /** Where its ritual is held, or, before that is set up, its own channel. */
  channel: LiveChannel | null;
  /** Null: it has no ritual yet. */
  cadenceId: number | null;
  cadenceState: 'active' | 'paused' | 'ended' | null;
};

/** How the ritual of the first team goes since it went live. */
export type PilotFigures = {
  held: number;
  /** Of what it asked. */
  figures: Figures;
  snoozes: number;
  /** Why each of those left who have; also of whoever came back. */
  left: readonly LeaveReason[];
  /** Of the team, who was asked whether what an import lists as theirs is right, and how many have answered. */
  proposals: { asked: number; answered: number };
};

/** The team that went live first. */
export type Pilot = { teamId: number; name: string; went: PilotFigures };

/** The page of the set-up's last step. */
export type LivePage = {
  isQuiet: boolean;
  ritual: { key: string; name: string; words: string; schedule: string; timezone: string } | null;
  teams: readonly LiveTeam[];
  pilot: Pilot | null;
  zone: string;
  now: Temporal.Instant;
};

/** Somebody whom a ritual would ask, with when by their own clock. */
export type Asked = { slackId: string | null; name: string; timezone: string; at: Temporal.Instant };

/** Somebody whom it would not ask, and why. */
export type NotAsked = { slackId: string | null; name: string; why: string; isAway: boolean };

/** Whom the next run of a team's ritual would message. */
export type TeamPreview = {
  team: LiveTeam;
  /** When its channel hears of it; null: it does not come again. */
  at: Temporal.Instant | null;
  zone: string;
  asked: readonly Asked[];
  /** How many it asks whose names the ritual cannot tell beforehand. */
  unnamed: number;
  notAsked: readonly NotAsked[];
};

export const isLive = ({ liveAt }: Pick<LiveTeam, 'liveAt'>): boolean => liveAt !== null;
