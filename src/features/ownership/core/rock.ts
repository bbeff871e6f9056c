import type { Temporal } from 'temporal-polyfill';
import type { Discipline, Importance, RockType } from './rock-fields.ts';

export type PersonRef = { id: number; slackId: string | null; name: string; isDeactivated: boolean };
export type ChannelRef = { slackId: string | null; name: string };

/** Away since today or earlier; `until` is the last day of it, in their own zone. */
export type Away = { until: Temporal.PlainDate };

/** A rock as the answer to "who owns this?" shows it. */
export type RockCard = {
  id: number;
  key: string;
  name: string;
  summary: string | null;
  type: RockType;
  discipline: Discipline | null;
  importance: Importance | null;
  weight: number;
  visibility: Visibility;
  state: RockState;
  /** Null: unowned, set down or retired. */
  owner:
    | (PersonRef & {
        timezone: string;
        since: Temporal.Instant;
        /** Null: an admin's proposal, which the owner has not confirmed. */
        confirmedAt: Temporal.Instant | null;
        /** A backup who stands in since the owner left. */
        isActing: boolean;
        away: Away | null;
      })
    | null;
  /** In order. */
  backups: (PersonRef & { away: Away | null })[];
  contributors: (PersonRef & { discipline: Discipline })[];
  /** Who carries it for a time, the last day included; the owner stays accountable. */
  loan: { to: PersonRef & { timezone: string }; until: Temporal.PlainDate } | null;
  /** Who had it before and still helps: the overlap of the last handoff. */
  past: { askPerson: PersonRef; until: Temporal.Instant } | null;
  setDown: {
    by: PersonRef | null;
    at: Temporal.Instant;
    reason: string | null;
    lookAgainOn: Temporal.PlainDate | null;
  } | null;
  retired: {
    at: Temporal.Instant;
    reason: string | null;
    /** Where it went; null also where whoever asks does not see that rock. */
    successor: { id: number; name: string } | null;
  } | null;
  team: string | null;
  teamId: number | null;
  channel: ChannelRef | null;
  /** The first three. */
  links: { label: string; url: string }[];
  /** Company time of the answer, and the company's zone. */
  now: Temporal.Instant;
  timezone: string;
};

export type Visibility = 'workspace' | 'team' | 'people';
/** `set-down`: the company chose not to carry it now; `retired`: it is over, and its names still lead to it. */
export type RockState = 'active' | 'set-down' | 'retired';

/** A rock in a list. */
export type RockLine = { id: number; name: string; owner: PersonRef | null; team: string | null };

/** A rock in a list that answers a question. */
export type ListedRock = RockLine & {
  state: RockState;
  importance: Importance | null;
  /** Since when it is its owner's, and when they last said so; null where nobody owns it. */
  stint: { since: Temporal.Instant; confirmedAt: Temporal.Instant | null } | null;
  /** Who has it on loan, the last day included. */
  loan: { to: PersonRef; until: Temporal.PlainDate } | null;
  /** What whom the list is about is to it; `owner` in a list about something else. */
  as: Relation;
  /** Company time of the answer, and the company's zone. */
  now: Temporal.Instant;
  timezone: string;
};

export type Relation = 'owner' | 'carrier' | 'backup';

/** The first rocks of a list, and how many there are in all, by what whom it is about is to them. */
export type RockList = { rocks: ListedRock[]; total: number; counts: Record<Relation, number> };

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
  | { kind: 'group'; slackId: string; name: string | null }
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
      /** The rock that a retired one went into, in the end; null where there is none, or none that the asker sees. */
      successor: RockCard | null;
    }
  | { kind: 'choice'; typed: string; rocks: ListedRock[] }
  | ({ kind: 'list'; about: ListSubject } & RockList)
  | {
      kind: 'nothing';
      typed: string;
      /** What the miss log makes of it; absent: it was no question. */
      miss?: Miss | undefined;
    };

/** A question that found nothing: its row in the miss log, or that product operations has said that it is not ours. */
export type Miss = { id: number } | { isNotOurs: true };

export type ListSubject =
  | { kind: 'person'; person: PersonRef }
  /** A user group of Slack: what its members carry. */
  | { kind: 'group'; group: { name: string; personIds: readonly number[] } }
  | { kind: 'channel'; channel: ChannelRef }
  | {
      kind: 'unowned';
      /** Rocks that the company chose not to carry now: no gaps. */
      setDown: number;
    }
  | { kind: 'stale' }
  | { kind: 'team'; team: { id: number; name: string } }
  /** The whole register, but what is retired. */
  | { kind: 'all' };

/** Ownership that nobody confirmed for a quarter is stale. */
export const staleAfterDays = 90;
