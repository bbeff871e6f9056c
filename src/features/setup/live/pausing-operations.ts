import { notLiveReason } from '../../../cadence/not-live.ts';
import { pauseAllNotLive } from '../../../cadence/quieting.ts';
import { markAllHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import type { Actor } from '../../people/core/person.ts';
import { notAnAdmin, refusalFor } from '../operations.ts';
import { isLive } from './core/live.ts';
import { goneTeam } from './refusals.ts';
import { listLiveTeams, lockLive, saveLive, savePaused } from './store.ts';

/**
 * The way back: its ritual is paused, and while the workspace is quiet its people and its channels are not messaged any
 * more. What was sent stays; what waits is held.
 */
export async function pauseTeam(
  { db }: { db: Database },
  workspaceId: string,
  actor: Actor,
  teamId: number,
): Promise<Result<{ name: string; isQuiet: boolean }>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      const { isAdmin, isQuiet } = await lockLive(tx, workspaceId, actor.id);
      if (!isAdmin) return notAnAdmin;
      const team = (await listLiveTeams(tx, workspaceId)).find(({ id }) => id === teamId);
      if (team === undefined) return goneTeam;
      if (!isLive(team)) return refused('already-paused', 'It is paused already.');
      const at = await companyNow(tx, workspaceId);
      const doer = { kind: 'person', personId: actor.id } as const;
      await saveLive(tx, [teamId], null);
      const { cadenceId } = team;
      if (cadenceId !== null && (await savePaused(tx, cadenceId, at, notLiveReason))) {
        await recordEvent(tx, {
          ...{ workspaceId, at, doer, type: 'cadence.paused', after: { reason: notLiveReason } },
          subject: { kind: 'cadence', id: cadenceId },
        });
      }
      await pauseAllNotLive(tx, workspaceId, doer);
      await recordEvent(tx, {
        ...{ workspaceId, at, doer, type: 'team.paused', subject: { kind: 'team', id: teamId } },
        before: { liveAt: team.liveAt?.toString() ?? null },
      });
      await markAllHomes(tx, workspaceId);
      return accepted({ name: team.name, isQuiet });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}
