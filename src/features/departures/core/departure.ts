import type { Temporal } from 'temporal-polyfill';
import type { PersonRef } from '../../ownership/core/rock.ts';
import type { Importance } from '../../ownership/core/rock-fields.ts';
import type { Person } from '../../people/core/person.ts';

/** That somebody was deactivated in Slack, from the moment at which Cairn noticed until they are back. */
export type Departure = {
  id: number;
  person: Person;
  /** Company time, as are the others. */
  noticedAt: Temporal.Instant;
  /** Admins are told then, unless the person is back, or nothing of theirs is left. */
  tellAt: Temporal.Instant;
  toldAt: Temporal.Instant | null;
  released: { at: Temporal.Instant; by: PersonRef | null } | null;
  returnedAt: Temporal.Instant | null;
};

/** A rock that is still in the backpack of somebody who left. */
export type LeftRock = {
  id: number;
  name: string;
  importance: Importance | null;
  /** Whether everybody in the workspace may see it. */
  isOpen: boolean;
  /** The first of its backups who is still there. */
  standIn: PersonRef | null;
  /** Who has it on loan. */
  carrier: PersonRef | null;
};

/** What is still theirs. */
export type Left = {
  /** By importance and name. */
  rocks: LeftRock[];
  /** Rocks that they have on loan from somebody. */
  loans: { id: number; name: string; isOpen: boolean; owner: PersonRef | null }[];
  /** Handoffs from or to them that are not decided. */
  handoffs: number;
  /** Of cycles that are not over. */
  keyResults: number;
  /** Pieces of work that are not done. */
  actions: number;
};

/** What a release did to one rock: who carries it since, or nobody; and whether it is as the release left it. */
export type ReleasedRock = {
  id: number;
  name: string;
  isOpen: boolean;
  /** The stint that the release ended, and the acting one that it began. */
  stintId: number;
  actingStintId: number | null;
  acting: PersonRef | null;
  /** Null: nobody. */
  owner: PersonRef | null;
  /** Nothing has become of it since the release. */
  isUntouched: boolean;
};

/** Whether there is anything that somebody should know of. */
export function isAnythingLeft({ rocks, loans, handoffs, keyResults, actions }: Left): boolean {
  return rocks.length + loans.length + handoffs + keyResults + actions > 0;
}

/** Whether there is anything that a release would move. */
export function isReleasable({ rocks, loans, handoffs }: Left): boolean {
  return rocks.length + loans.length + handoffs > 0;
}
