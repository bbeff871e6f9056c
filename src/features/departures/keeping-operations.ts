import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { type Moving, tellMoved } from '../ownership/moved.ts';
import { keepRock, lockOwnership } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { redrawActing } from './acting-operations.ts';
import type { ReleasedRock } from './core/departure.ts';
import { findOfferedTo, listReleasedRocks } from './left-store.ts';
import { gone } from './telling-operations.ts';

/**
 * Whoever stands in since somebody left keeps a rock for good. Refuses who does not act for it any more, and a rock that
 * is on its way to somebody else. A second press finds it kept, and changes nothing.
 */
export async function keepForGood(
  { db, ...moving }: { db: Database } & Moving,
  workspaceId: string,
  actor: Actor,
  departureId: number,
  rockId: number,
): Promise<Result<ReleasedRock>> {
  return await inTransaction(db, async (tx) => {
    const rock = await lockOwnership(tx, workspaceId, rockId);
    const released = (await listReleasedRocks(tx, workspaceId, departureId)).find(({ id }) => id === rockId);
    if (rock === undefined || released?.acting?.id !== actor.id) return gone;
    if (rock.owner?.personId !== actor.id)
      return refused('moved-on', `*${inline(rock.name)}* has moved on meanwhile. \`/owner\` says to whom.`);
    if (rock.owner.began !== 'acting') return refused('already-kept', 'It is yours already.');
    const offered = await findOfferedTo(tx, workspaceId, rockId);
    if (offered !== undefined) {
      return refused(
        'offered',
        `*${inline(rock.name)}* is offered to ${personMention(offered)} already. Should they decline, you can keep it.`,
      );
    }
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'person', personId: actor.id } as const;
    await keepRock(tx, { workspaceId, rockId, personId: actor.id, at, doer });
    await tellMoved(moving, tx, { workspaceId, rockId, why: 'taken', at, doer });
    await redrawActing(tx, workspaceId, departureId, actor.id);
    return accepted(released);
  });
}
