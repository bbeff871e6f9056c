import type { Measure } from '../editing/core/measure.ts';
import type { Commitment } from './health.ts';

/** A cycle that is not there yet. Days are ISO dates. */
export type NewCycle = { key: string; starts: string; ends: string; state: 'draft' | 'active' };

/** What of an objective that is there is to be filled in; null: it stays. */
export type ObjectivePatch = { id: number; ownerId: number | null; teamId: number | null };
export type NewObjective = { title: string; cycle: string; ownerId: number | null; teamId: number | null };

type Said = Measure & {
  commitment: Commitment;
  ownerId: number | null;
  current: number | null;
  dueOn: string | null;
};
export type NewKeyResult = Said & { title: string; backupId: number | null };

/**
 * What of a key result that is there becomes otherwise. What people answer for stays: owner, current value and due day are
 * filled in where there is none.
 */
export type KeyResultPatch = Said & { id: number };

/** What a sheet brings in. `objectives` are those that get key results, by id or new; a new one may get none. */
export type SheetOkrs = {
  cycles: readonly NewCycle[];
  objectives: readonly { objective: number | NewObjective; added: readonly NewKeyResult[] }[];
  filled: readonly ObjectivePatch[];
  changed: readonly KeyResultPatch[];
};
