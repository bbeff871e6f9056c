import type { Temporal } from 'temporal-polyfill';
import type { CycleState } from './cycle.ts';
import type { Commitment, SaidHealth } from './health.ts';
import type { KeyResult } from './key-result.ts';

/** A key result with who answers for it, how it stands, and the cycle it belongs to. */
export type Owed = KeyResult & {
  owner: { id: number; slackId: string | null; name: string } | null;
  backupId: number | null;
  commitment: Commitment;
  objectiveId: number;
  teamId: number | null;
  /** Who is told when it is outdated: the objective's reviewer, else its team's lead. */
  reviewerId: number | null;
  state: 'active' | 'done' | 'carried' | 'dropped';
  cycleKey: string;
  cycleState: CycleState;
  startsOn: Temporal.PlainDate;
  endsOn: Temporal.PlainDate;
  /** When it is to be reached, if it has a date of its own; the first one stays, and `slips` counts how often it moved. */
  dueOn: Temporal.PlainDate | null;
  firstDueOn: Temporal.PlainDate | null;
  slips: number;
  /** Of the last answer, 0 to 10. */
  confidence: number | null;
  healthOverruled: SaidHealth | null;
  healthWords: string | null;
  isOutdated: boolean;
};
