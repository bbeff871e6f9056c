import type { Temporal } from 'temporal-polyfill';
import type { Past } from '../../../check-ins/core/past.ts';
import type { PersonRef, ShownKeyResult, ShownObjective } from './shown.ts';

/** Whose objectives are listed, as far as it is known who that is. */
export type Of =
  | { kind: 'person'; person: PersonRef; isAsker: boolean }
  | { kind: 'team'; name: string; id: number }
  | { kind: 'at-risk' }
  | { kind: 'all' };

export type Listed = {
  of: Of;
  cycle: string | null;
  today: Temporal.PlainDate;
  objectives: ShownObjective[];
  /** Where nothing is current: the cycle in which the day lies, if it is a draft still. */
  draft: string | null;
};

/** How a target was changed, and why. */
export type TargetChange = { at: Temporal.Instant; from: number; to: number; reason: string | null };

/** All that is known of one key result. */
export type KeyResultPage = {
  kind: 'key-result';
  today: Temporal.PlainDate;
  objective: ShownObjective;
  keyResult: ShownKeyResult;
  past: Past[];
  targets: TargetChange[];
  /** Who stands in for its owner. */
  backup: PersonRef | null;
  /** What it was in the cycle before, if the reader sees that. */
  carriedFrom: { key: string; cycleKey: string } | null;
  /** Where its number comes from, in plain words; null: people say it. */
  source: string | null;
};
export type ObjectivePage = {
  kind: 'objective';
  today: Temporal.PlainDate;
  objective: ShownObjective;
  /** What it supports, if that is an objective that the reader sees. */
  supports: string | null;
};
