import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { Person } from '../../people/core/person.ts';
import type { StepKey } from './core/path.ts';
import type { GuideStep } from './step.ts';

/** How a step stands now. Each is read where it belongs, and given to the guide in the wiring. */
export type StepReader = (db: Database, workspaceId: string) => Promise<GuideStep>;
export type GuideDeps = { steps: readonly StepReader[] };

/** Where a workspace is on the guided path, the same for all its admins. */
export type Guide = {
  step: StepKey;
  steps: readonly GuideStep[];
  /** The other admin who last went from one step to another; null: it was the reader. */
  moved: { by: Person | null; at: Temporal.Instant };
  now: Temporal.Instant;
  zone: string;
};

/** How `/cairn setup` begins for somebody: with what will happen, or where the admins are. */
export type Opening =
  | {
      kind: 'first';
      /** Whether nothing is here that people could be told of: then nobody is until `Go live`. */
      isEmpty: boolean;
      /** Why somebody who is no admin may begin; null: an admin does. */
      claim: 'installed' | 'follows' | null;
    }
  | { kind: 'begun'; guide: Guide };
