import type { Cycle } from '../../../okrs/core/cycle.ts';
import type { PresentKeyResult, PresentObjective } from '../../../okrs/core/present.ts';
import type { KeyResultPatch, NewCycle, NewKeyResult, ObjectivePatch } from '../../../okrs/core/sheet.ts';
import type { KnownTeam } from '../../core/asking-team.ts';
import type { PlannedRow } from '../../core/import.ts';
import { type TitleIndex, titleIndex } from '../../core/near-titles.ts';
import type { DirectoryPerson } from '../../core/resolving.ts';

/** What a sheet of OKRs is compared with. */
export type OkrsKnown = {
  people: readonly DirectoryPerson[];
  /** The company's zone, in which days are told. */
  zone: string;
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

/** What is there, to be found by key and title; of a cycle or an objective it is prepared when it is asked for first. */
export type OkrIndex = {
  objective(key: string): PresentObjective | undefined;
  keyResult(key: string): PresentKeyResult | undefined;
  objectives: TitleIndex<PresentObjective>;
  inCycle(cycleId: number): TitleIndex<PresentObjective>;
  under(objective: PresentObjective): TitleIndex<PresentKeyResult>;
};

export function okrIndex(objectives: readonly PresentObjective[]): OkrIndex {
  const titled = (some: readonly PresentObjective[]) => titleIndex(some, ({ title }) => title);
  const byKey = new Map(objectives.map((it) => [it.key, it]));
  const keyResults = new Map(objectives.flatMap((it) => it.keyResults).map((it) => [it.key, it]));
  const byCycle = Map.groupBy(objectives, ({ cycleId }) => cycleId);
  const cycles = new Map<number, TitleIndex<PresentObjective>>();
  const own = new Map<number, TitleIndex<PresentKeyResult>>();
  return {
    objective: (key) => byKey.get(key),
    keyResult: (key) => keyResults.get(key),
    objectives: titled(objectives),
    inCycle: (cycleId) => kept(cycles, cycleId, () => titled(byCycle.get(cycleId) ?? [])),
    under: (objective) =>
      kept(own, objective.id, () => titleIndex(objective.keyResults, ({ title }) => title)),
  };
}

function kept<V>(known: Map<number, V>, key: number, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
