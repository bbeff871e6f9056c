import type { Database } from '../../platform/db/database.ts';
import type { Job } from '../../platform/job.ts';
import type { Moving } from '../ownership/moved.ts';
import { redrawMovedOn } from './acting-operations.ts';
import { listMovedOn } from './left-store.ts';
import { undoDeparture } from './return-operations.ts';
import { findNextToTell, fingerprintOfLeavers, listReturned, listToTell, mostAtOnce } from './store.ts';
import { noteDepartures, tellDeparture } from './telling-operations.ts';

/** Machine time. */
const sweepMs = 10 * 60_000;

/**
 * People who left, and what becomes of what they carried, found by how things are and not by what was heard: whoever is deactivated and has something left is
 * noted with the next beat, whether an event told of it, the daily reading of the directory did, or they left before
 * Cairn was there; what comes to them later within ten minutes. The same for those who are there again.
 */
export function departuresJob(deps: { db: Database } & Moving, workspaceId: string): Job {
  const { db } = deps;
  let known = '';
  let sweptMs = Number.NEGATIVE_INFINITY;

  /** What every leaver still has is asked when somebody leaves, and besides now and then: it may come to them later. */
  async function note(): Promise<void> {
    const fingerprint = await fingerprintOfLeavers(db, workspaceId);
    if (fingerprint === known && performance.now() - sweptMs < sweepMs) return;
    const noted = await noteDepartures(db, workspaceId);
    // A full portion: there may be more.
    if (noted === mostAtOnce) return;
    known = fingerprint;
    sweptMs = performance.now();
  }

  return {
    name: 'departures',
    async run() {
      for (const id of await listReturned(db, workspaceId)) await undoDeparture(deps, workspaceId, id);
      await note();
      for (const id of await listToTell(db, workspaceId)) await tellDeparture(db, workspaceId, id);
      for (const one of await listMovedOn(db, workspaceId, mostAtOnce))
        await redrawMovedOn(db, workspaceId, one);
    },
    async next(after) {
      const next = await findNextToTell(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `admins are told that ${next.name} has left` };
    },
  };
}
