import type { Direction, MeasureType } from '../editing/core/measure.ts';
import type { Commitment } from './health.ts';

type State = 'active' | 'done' | 'carried' | 'dropped';

/** A key result as a sheet is compared with it; the due day is an ISO date. */
export type PresentKeyResult = {
  id: number;
  key: string;
  objectiveId: number;
  title: string;
  ownerId: number | null;
  backupId: number | null;
  type: MeasureType;
  unit: string | null;
  direction: Direction;
  start: number | null;
  target: number;
  current: number | null;
  commitment: Commitment;
  dueOn: string | null;
  state: State;
};

/** An objective as a sheet is compared with it. */
export type PresentObjective = {
  id: number;
  key: string;
  title: string;
  cycleId: number;
  ownerId: number | null;
  teamId: number | null;
  state: State;
  keyResults: readonly PresentKeyResult[];
};
