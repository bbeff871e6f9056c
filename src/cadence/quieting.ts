import { companyNow } from '../platform/db/company-time.ts';
import type { Tx } from '../platform/db/database.ts';
import { type Doer, recordEvents } from '../platform/db/events.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { PlannerDeps } from './deps.ts';
import { notLiveReason } from './not-live.ts';
import { isAnyNotLive, pauseNotLive } from './quiet-store.ts';

/** Pauses cadences that came into a quiet workspace otherwise than by a form, such as by a file, while no team of theirs is live. */
export async function pauseWhatIsNotLive({ db, workspaceId }: PlannerDeps): Promise<void> {
  if (!(await isAnyNotLive(db, workspaceId))) return;
  await inTransaction(db, async (tx) => await pauseAllNotLive(tx, workspaceId));
}

/** Pauses those that may not come any more. */
export async function pauseAllNotLive(
  tx: Tx,
  workspaceId: string,
  doer: Doer = { kind: 'clock' },
): Promise<void> {
  const at = await companyNow(tx, workspaceId);
  const ids = await pauseNotLive(tx, workspaceId, at);
  await recordEvents(
    tx,
    ids.map((id) => ({
      workspaceId,
      at,
      doer,
      type: 'cadence.paused',
      subject: { kind: 'cadence', id },
      before: { state: 'active' },
      after: { state: 'paused', reason: notLiveReason },
    })),
  );
}
