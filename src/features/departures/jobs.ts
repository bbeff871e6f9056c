import type { Database } from '../../platform/db/database.ts';
import type { Job } from '../../platform/job.ts';
import type { Moving } from '../ownership/moved.ts';
import { undoDeparture } from './return-operations.ts';
import { findNextToTell, listReturned, listToTell } from './store.ts';
import { noteDepartures, tellDeparture } from './telling-operations.ts';

/**
 * People who left, found by how things are and not by what was heard: whoever is deactivated and has something left
 * is noted with the next beat, whether an event told of it, the daily reading of the directory did, or they left
 * before Cairn was there. The same for those who are there again.
 */
export function departuresJob(deps: { db: Database } & Moving, workspaceId: string): Job {
  const { db } = deps;
  return {
    name: 'departures',
    async run() {
      for (const id of await listReturned(db, workspaceId)) await undoDeparture(deps, workspaceId, id);
      await noteDepartures(db, workspaceId);
      for (const id of await listToTell(db, workspaceId)) await tellDeparture(db, workspaceId, id);
    },
    async next(after) {
      const next = await findNextToTell(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `admins are told that ${next.name} has left` };
    },
  };
}
