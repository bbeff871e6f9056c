import type { Commitment } from '../../core/health.ts';
import type { Measure } from './measure.ts';

/** What an objective hangs from: another objective, or a line of the strategy. */
export type Support = { kind: 'objective' | 'line'; id: number };

export const visibilities = ['workspace', 'team', 'people'] as const;

/** What the form of an objective says; people, teams, cycle and what it supports are ids of ours. */
export type ObjectiveEntry = {
  title: string;
  ownerId: number | null;
  reviewerId: number | null;
  teamId: number | null;
  cycleId: number;
  supports: Support | null;
  needs: readonly number[];
  visibility: (typeof visibilities)[number];
  viewers: readonly number[];
};

/** What the form of a key result says; owner and backup are ids of ours, the due day is an ISO date. */
export type KeyResultEntry = {
  title: string;
  measure: Measure;
  commitment: Commitment;
  ownerId: number | null;
  backupId: number | null;
  dueOn: string | null;
};

/** Why a target changes, and why a day slips; null: nothing is said. */
export type Reasons = { target: string | null; slip: string | null };
