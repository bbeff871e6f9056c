import type { Counting } from '../platform/counting.ts';
import type { Database } from '../platform/db/database.ts';
import type { Log } from '../platform/log.ts';
import type { Rituals } from './ritual.ts';

/** What the clock's work on cadences is given. */
export type PlannerDeps = {
  db: Database;
  workspaceId: string;
  rituals: Rituals;
  log: Log;
  counting?: Counting;
  /** How much is done in one transaction. */
  batch?: number;
  /** After so many milliseconds a tick takes nothing new: the next one goes on. */
  patienceMs?: number;
};
