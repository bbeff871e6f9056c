import { markAllHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { refusalFor } from '../operations.ts';
import { lockWorkspace } from '../store.ts';
import { deleteTeam, listMade, listPresent } from './store.ts';

/** The teams that the guided path made, for admins. */
export async function readMade(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<{ id: number; name: string; members: number }[]>> {
  return refusalFor(actor) ?? accepted(await listMade(db, workspaceId));
}

/** Removes a team that the guided path made. Refuses one that something rests on by now, such as a rock or a cadence. */
export async function removeTeam(
  db: Database,
  workspaceId: string,
  actor: Actor,
  teamId: number,
): Promise<Result<{ name: string }>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  let name = '';
  try {
    return await inTransaction(
      db,
      async (tx) => {
        await lockWorkspace(tx, workspaceId);
        const made = (await listMade(tx, workspaceId)).find(({ id }) => id === teamId);
        const team = (await listPresent(tx, workspaceId)).find(({ id }) => id === teamId);
        if (made === undefined || team === undefined) return gone;
        name = team.name;
        await deleteTeam(tx, workspaceId, teamId);
        await recordEvent(tx, {
          workspaceId,
          at: await companyNow(tx, workspaceId),
          doer: { kind: 'person', personId: actor.id },
          type: 'team.removed',
          subject: { kind: 'team', id: teamId },
          before: {
            name: team.name,
            lead: team.leadId,
            channel_id: team.channelId,
            members: team.memberIds,
          },
        });
        await markAllHomes(tx, workspaceId);
        return accepted({ name });
      },
      { timeoutMs: submissionTimeoutMs },
    );
  } catch (error) {
    if (isReferredTo(error)) {
      return refused(
        'in-use',
        `Something rests on *${inline(name)}* by now, such as a rock, an objective or a ritual, so it stays.`,
      );
    }
    throw error;
  }
}

/** The database's word for a row that others refer to. */
function isReferredTo(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}

const gone = refused('unknown-team', 'That team is not there any more.');
