import type { Temporal } from 'temporal-polyfill';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Readout } from './core/readout.ts';
import { findLastReadout, listComing, listFresh, listLater, listShipped } from './store.ts';

/**
 * What a readout of a cadence tells now: since the one before `before`, or of a month where there was none. What not
 * everybody may see is left out.
 */
export async function gatherReadout(
  db: Database,
  workspaceId: string,
  { cadenceId, before }: { cadenceId: number; before: Temporal.Instant },
): Promise<Readout> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const local = now.toZonedDateTimeISO(zone);
  const since =
    (await findLastReadout(db, workspaceId, cadenceId, before)) ?? local.subtract({ months: 1 }).toInstant();
  return {
    today: local.toPlainDate(),
    since: since.toZonedDateTimeISO(zone).toPlainDate(),
    shipped: await listShipped(db, workspaceId, since),
    coming: await listComing(db, workspaceId),
    later: await listLater(db, workspaceId, since),
    fresh: await listFresh(db, workspaceId, since),
  };
}
