import type { Temporal } from 'temporal-polyfill';

export type PersonRef = { id: number; slackId: string | null; name: string; isDeactivated: boolean };
export type ChannelRef = { slackId: string | null; name: string };

/** A rock as the answer to "who owns this?" shows it. */
export type RockCard = {
  id: number;
  key: string;
  name: string;
  summary: string | null;
  /** Null: unowned. */
  owner:
    | (PersonRef & { timezone: string; since: Temporal.Instant; confirmedAt: Temporal.Instant | null })
    | null;
  backups: PersonRef[];
  team: string | null;
  channel: ChannelRef | null;
  /** The first three. */
  links: { label: string; url: string }[];
  /** Company time of the answer. */
  now: Temporal.Instant;
};

/** A rock in a list. */
export type RockLine = { id: number; name: string; owner: PersonRef | null; team: string | null };

/** What one person carries and stands in for: a part of it, and how many there are of each. */
export type Backpack = {
  rocks: (RockLine & { as: 'owner' | 'backup' })[];
  owned: number;
  backedUp: number;
};

/** One carrying of a rock: by whom, how it began, and until when (null: it goes on). */
export type StintStory = {
  person: PersonRef;
  began: 'created' | 'claimed' | 'handoff' | 'assigned' | 'acting';
  beganAt: Temporal.Instant;
  endedAt: Temporal.Instant | null;
};

/** What `/owner` is asked for. */
export type Question =
  | { kind: 'name'; text: string }
  | { kind: 'person'; slackId: string | null; name: string | null }
  | { kind: 'channel'; slackId: string | null; name: string | null }
  | { kind: 'url'; url: string }
  | { kind: 'unowned' }
  | { kind: 'stale' };

export type Answer =
  | {
      kind: 'card';
      card: RockCard;
      /** What was typed, when it was not quite the name. */
      insteadOf: string | null;
    }
  | { kind: 'choice'; typed: string; rocks: RockLine[] }
  | { kind: 'list'; about: ListSubject; rocks: RockLine[]; total: number }
  | { kind: 'nothing'; typed: string };

export type ListSubject =
  | { kind: 'person'; person: PersonRef }
  | { kind: 'channel'; channel: ChannelRef }
  | { kind: 'unowned' }
  | { kind: 'stale' };

/** Ownership that nobody confirmed for a quarter is stale. */
export const staleAfterDays = 90;
