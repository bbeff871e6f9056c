import type { Temporal } from 'temporal-polyfill';
import type { NewMessage } from '../delivery/message.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Asked, Span } from './core/figures.ts';
import type { DayOff } from './core/rule.ts';

/** An occurrence that has just been planned, with what a ritual needs to know of its cadence. */
export type Occurrence = {
  id: number;
  workspaceId: string;
  cadenceId: number;
  /** The local date or time that names it. */
  name: string;
  channelId: number;
  /** `current`, or a cycle's key. */
  cycle: string;
  timezone: string;
  /** The rule's wall time; `dueAt` is the instant of it in the cadence's zone. */
  local: Temporal.PlainDateTime;
  dueAt: Temporal.Instant;
  /** Company time of the planning. */
  plannedAt: Temporal.Instant;
  /** By how much it comes too late; null: on time, or less than five minutes late. */
  lateBy: Temporal.Duration | null;
  /** From when on nudge and close are counted: when it was due, or, of one that comes late, when it was planned. */
  beginsAt: Temporal.Instant;
  /** Whether the rule fires at most once a day, so that people can be asked at their own local time. */
  isAtMostDaily: boolean;
  /** Somebody runs it now, besides what its rule says. */
  isByHand: boolean;
  /** It ends then, answered or not; null: when the next one begins. */
  closeAt: Temporal.Instant | null;
  /** After how long who has not answered is reminded, as P1D (working days of the person) or PT4H; null: never. */
  nudgeAfter: string | null;
  dayOff: DayOff;
};

/** Whether an occurrence is held; the reason says why there is nothing to hold. */
export type Opened = { held: true } | { held: false; reason: string };

/** Why an occurrence ends: a newer one of its cadence has begun, or its time is over. */
export type Ending = 'newer' | 'over';

/** An occurrence that may come, as it would be by its rule. */
export type Prospect = Pick<
  Occurrence,
  'workspaceId' | 'cadenceId' | 'cycle' | 'local' | 'dueAt' | 'isAtMostDaily'
>;

/** What an occurrence would say, and to whom, before it says anything. */
export type Rehearsal = {
  /** Whom it would ask directly, and when. */
  asked: { slackId: string; name: string; at: Temporal.Instant }[];
  /** Its messages, in order; of those to people a few. `where` is who would read it, in words. */
  shown: { where: string; content: NewMessage['content'] }[];
};

/** What a feature does when occurrences of its ritual come due. */
export type Ritual = {
  key: string;
  /** As people call it. */
  name: string;
  /**
   * Writes the messages of occurrences, each of another cadence, in the transaction that makes them. Says of each,
   * by its id, whether it is held; one that is left out is held.
   */
  open(tx: Tx, occurrences: readonly Occurrence[]): Promise<ReadonlyMap<number, Opened>>;
  /** Ends occurrences in their transaction: takes back what still waits to be sent for them, and sums them up. */
  close?(tx: Tx, workspaceId: string, occurrenceIds: readonly number[], why: Ending): Promise<void>;
  /**
   * Of a ritual that asks about rocks: whom it asks, in words. Without teams it is about all of them, and a cycle means
   * nothing to it. Absent: it asks about the key results of teams in a cycle.
   */
  asking?: { ofTeams: string; ofAll: string };
  /** After how long one ends whose cadence does not say, as P2D; absent: when the next one begins. */
  closesAfter?: string;
  /** How many people an occurrence would ask directly, as things stand now. */
  whom?(db: Database, prospect: Prospect): Promise<{ people: number }>;
  /** What it asked of people in the occurrences of a cadence that were due in a span, by occurrence and person. */
  asked?(db: Database, workspaceId: string, cadenceId: number, span: Span): Promise<Asked[]>;
  /**
   * Shows what an occurrence would say, as things stand now, and writes nothing: of the messages to people those to
   * `mostPeople` of them, a few where that is not given.
   */
  rehearse?(db: Database, prospect: Prospect & { name: string; mostPeople?: number }): Promise<Rehearsal>;
};

/** The rituals that are held: those that come with Cairn, and, by their keys, those of the company's own playbook. */
export type Rituals = {
  get(key: string): Ritual | undefined;
  /** Those that come with Cairn. */
  values(): Iterable<Ritual>;
};

/** The rituals that come with Cairn; any other key is that of a page of the company's own, held by `own`. */
export function heldRituals(built: readonly Ritual[], own: (key: string) => Ritual): Rituals {
  const byKey = new Map(built.map((ritual) => [ritual.key, ritual]));
  return { get: (key) => byKey.get(key) ?? own(key), values: () => byKey.values() };
}
