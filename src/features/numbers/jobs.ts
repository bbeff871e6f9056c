import type { Database } from '../../platform/db/database.ts';
import type { Job } from '../../platform/job.ts';
import type { Log } from '../../platform/log.ts';
import { keepOutcome, takeSources } from './pull-operations.ts';
import { findNextPull } from './pull-store.ts';
import type { Reader } from './reader.ts';

/** So many are read at once: each may take seconds, and most of a process's time belongs to people. */
const mostAtOnce = 4;

export type NumbersDeps = { db: Database; reader: Reader; log: Log; isStopping(): boolean };

/**
 * What the clock does for numbers from elsewhere: reads each source at its time, outside any transaction, until none is due.
 * It takes as long as others take to answer, so a heartbeat runs it beside its other work.
 */
export function numbersJob({ db, reader, log, isStopping }: NumbersDeps, workspaceId: string): Job {
  return {
    name: 'numbers',
    async run() {
      while (!isStopping()) {
        const due = await takeSources(db, workspaceId, mostAtOnce);
        if (due.length === 0) return;
        await Promise.all(
          due.map(async (source) => {
            try {
              await keepOutcome(db, workspaceId, source, await reader.read(source.place));
            } catch (error) {
              // Its lease ends by itself, and then it is read again.
              log.error({ err: error, source: source.id }, 'a source of numbers could not be read');
            }
          }),
        );
      }
    },
    async next(after) {
      const next = await findNextPull(db, workspaceId, after);
      return next === undefined ? null : { at: next.dueAt, what: `a number (${next.title})` };
    },
  };
}
