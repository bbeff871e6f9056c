import type { Temporal } from 'temporal-polyfill';
import type { Action } from '../../actions/core/action.ts';
import type { Absence } from '../../away/core/absence.ts';
import type { OwedCheckIn } from '../../check-ins/core/check-in.ts';
import type { Waiting } from '../../handoffs/core/handoff.ts';
import type { Backpack } from '../../ownership/load/core/backpack.ts';
import type { LoadView } from '../../ownership/load/core/load.ts';

/** What one person's Home says: what waits for them, what they wait for, and a page of their backpack. */
export type Home = {
  checkIns: OwedCheckIn[];
  /** Pieces of work that they have taken on, the most pressing first. */
  work: readonly Action[];
  forActor: Waiting;
  forOthers: Waiting;
  backpack: Backpack;
  /** Theirs to see; null where they carry nothing. */
  load: LoadView | null;
  /** When they are away, from their own today on. */
  away: { today: Temporal.PlainDate; absences: readonly Absence[] };
  page: Page;
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
