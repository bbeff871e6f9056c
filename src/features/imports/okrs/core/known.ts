import type { Cycle } from '../../../okrs/core/cycle.ts';
import type { PresentObjective } from '../../../okrs/core/present.ts';
import type { KeyResultPatch, NewCycle, NewKeyResult, ObjectivePatch } from '../../../okrs/core/sheet.ts';
import type { KnownTeam } from '../../core/asking-team.ts';
import type { PlannedRow } from '../../core/import.ts';
import type { KnownPerson } from '../../core/who.ts';

/** What a sheet of OKRs is compared with. */
export type OkrsKnown = {
  people: readonly KnownPerson[];
  teams: readonly KnownTeam[];
  cycles: readonly Cycle[];
  objectives: readonly PresentObjective[];
};

/** The objective of a row. `ref` tells those of a sheet apart; `id` null: it is new. */
export type RowObjective = {
  ref: string;
  id: number | null;
  title: string;
  cycle: string;
  newCycle: NewCycle | null;
  ownerId: number | null;
  teamId: number | null;
  /** What is filled in of one that is there. */
  patch: ObjectivePatch | null;
};

/** A row with what is written for it; null: nothing is. */
export type OkrRow = PlannedRow & {
  objective: RowObjective | null;
  added: NewKeyResult | null;
  changed: KeyResultPatch | null;
};
