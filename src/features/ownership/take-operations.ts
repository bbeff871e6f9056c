import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { answerAudits } from './confirming/showing-operations.ts';
import type { RockCard } from './core/rock.ts';
import { findCard } from './lookup-store.ts';
import { type Moving, tellMoved } from './moved.ts';
import { beginOwning, lockOwnership, unknownRock } from './operations.ts';
import { activateRock } from './stint-store.ts';

/** Takes a rock that nobody owns, or that was set down. Of two who press at once the second is told who was first. */
export async function takeRock(
  { db, ...moving }: { db: Database } & Moving,
  workspaceId: string,
  actor: Actor,
  rockId: number,
): Promise<Result<RockCard>> {
  return await inTransaction(db, async (tx) => {
    const rock = await lockOwnership(tx, workspaceId, rockId);
    const seen = await findCard(tx, workspaceId, rockId, actor.id);
    if (rock === undefined || seen === undefined) return unknownRock;
    if (rock.state === 'retired')
      return refused('retired', `*${inline(rock.name)}* is retired, so there is nothing to carry.`);
    if (seen.owner !== null && seen.owner.id !== actor.id) return ownedRefusal(seen, seen.owner);
    if (rock.owner === null) {
      const at = await companyNow(tx, workspaceId);
      const doer = { kind: 'person', personId: actor.id } as const;
      const wasSetDown = rock.state === 'set-down';
      if (wasSetDown) await activateRock(tx, rockId, at);
      const stint = { workspaceId, rockId, personId: actor.id, began: 'claimed', isConfirmed: true } as const;
      await beginOwning(tx, { ...stint, at, doer, wasSetDown });
      await tellMoved(moving, tx, { workspaceId, rockId, why: 'taken', at, doer });
      await answerAudits(tx, workspaceId, actor.id);
    }
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    return card === undefined ? unknownRock : accepted(card);
  });
}

function ownedRefusal({ name, key }: RockCard, owner: NonNullable<RockCard['owner']>): Refusal {
  const who = `*${inline(name)}* is with ${personMention(owner)} already`;
  return refused(
    'owned',
    owner.isDeactivated
      ? `${who}, who has left Slack. Ask the lead of its team or an admin.`
      : `${who}. \`/handoff ask ${inline(key)}\` asks them for it.`,
  );
}
