import type { Temporal } from 'temporal-polyfill';

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

/** How a ritual goes since its team went live. */
export type Figures = {
  held: number;
  asked: number;
  answered: number;
  /** Half of the answers came sooner; null: there is none. */
  medianMinutes: number | null;
  nudges: number;
  snoozes: number;
  /** Asked whether what an import lists is theirs, and how many have answered. */
  proposals: { asked: number; answered: number } | null;
};

/** The page of the set-up's last step. */
export type LivePage = {
  isQuiet: boolean;
  ritual: { key: string; name: string; words: string; schedule: string; timezone: string } | null;
  teams: readonly LiveTeam[];
  pilot: { teamId: number; name: string; figures: Figures } | null;
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

/** The share of those asked who answered, in percent; null where nobody was asked. */
export function answerRate({ asked, answered }: Pick<Figures, 'asked' | 'answered'>): number | null {
  return asked === 0 ? null : Math.round((answered / asked) * 100);
}
