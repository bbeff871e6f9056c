import type { Temporal } from 'temporal-polyfill';
import type { PersonRef, Relation, RockLine } from '../../core/rock.ts';

/** A rock in somebody's own view of their backpack. Its importance orders it, and is not told. */
export type BackpackRock = RockLine & {
  as: Relation;
  /** The last day on which its owner is away, who is away today. */
  ownerAwayUntil: Temporal.PlainDate | null;
  /** Who has it on loan, the last day included, and the handoff by which they have it. */
  loan: { handoffId: number; to: PersonRef; until: Temporal.PlainDate } | null;
  /** To whom it is offered. */
  offeredTo: PersonRef | null;
};

/** What one person carries, has on loan and stands in for: a part of it, and how many there are of each. */
export type Backpack = { rocks: BackpackRock[]; counts: Record<Relation, number> };
