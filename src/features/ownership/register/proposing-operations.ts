import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../../delivery/homes.ts';
import { tell } from '../../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { StintBeginning } from '../../../platform/db/tables.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { answerAudits } from '../confirming/showing-operations.ts';
import type { RockCard } from '../core/rock.ts';
import { findCard } from '../lookup-store.ts';
import { type Moving, tellMoved } from '../moved.ts';
import { beginOwning, leaveUnowned, lockOwnership, unknownRock } from '../operations.ts';
import { recordChange } from './changing.ts';
import { findProposer } from './people-store.ts';
import { notMineBlocks, proposalBlocks } from './proposal-blocks.ts';
import { confirmStint } from './store.ts';

/**
 * Gives a rock that nobody owns the owner whom somebody names, in the caller's transaction, which has locked the rock.
 * Themself, they have confirmed it by that; anybody else is told, and it is a proposal until they confirm it.
 */
export async function nameOwner(
  tx: Tx,
  {
    workspaceId,
    rockId,
    at,
    began,
  }: {
    workspaceId: string;
    rockId: number;
    at: Temporal.Instant;
    began: Extract<StintBeginning, 'created' | 'claimed' | 'assigned'>;
  },
  { actor, owner, name }: { actor: Actor; owner: Person; name: string },
): Promise<void> {
  const isConfirmed = owner.id === actor.id;
  const personId = owner.id;
  const doer = { kind: 'person', personId: actor.id } as const;
  const stintId = await beginOwning(tx, { workspaceId, rockId, personId, began, isConfirmed, at, doer });
  if (isConfirmed) return;
  await tell(tx, {
    workspaceId,
    dedupeKey: `rock-proposed:${stintId}`,
    to: { personId },
    content: proposalBlocks({ rockId, name, by: actor }),
    dueAt: at,
    isAnswer: true,
  });
}

/** What was proposed for somebody is theirs from now on, in their own word; or not, and whoever proposed it is told. */
export async function answerProposal(
  { db, ...moving }: { db: Database } & Moving,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  isMine: boolean,
): Promise<Result<RockCard>> {
  return await inTransaction(db, async (tx) => {
    const rock = await lockOwnership(tx, workspaceId, rockId);
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    if (rock === undefined || card === undefined) return unknownRock;
    const name = `*${inline(card.name)}*`;
    if (rock.owner === null)
      return refused('unowned', `Nobody owns ${name} any more. Nothing is asked of you.`);
    if (rock.owner.personId !== actor.id)
      return refused('not-yours', `Meanwhile ${name} is with somebody else. Nothing is asked of you.`);
    if (rock.owner.confirmedAt !== null && isMine) return accepted(card);
    if (rock.owner.confirmedAt !== null) {
      const handOver = `\`/handoff ${inline(card.key)} @ben\``;
      return refused('confirmed', `You have said that ${name} is yours. ${handOver} hands it over.`);
    }
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'person', personId: actor.id } as const;
    const { stintId } = rock.owner;
    if (isMine) {
      await confirmStint(tx, stintId, at);
      await recordChange({ tx, workspaceId, at, doer }, rockId, 'confirmed', {
        before: { confirmed: null },
        after: { confirmed: at.toString() },
      });
      await markHomes(tx, workspaceId, [actor.id]);
    } else {
      const proposer = await findProposer(tx, workspaceId, rockId);
      await leaveUnowned(tx, { workspaceId, rockId, at, doer, ended: 'given-up', reason: null });
      await tellMoved(moving, tx, { workspaceId, rockId, why: 'left', at, doer });
      if (proposer !== null)
        await tell(tx, {
          workspaceId,
          dedupeKey: `rock-not-mine:${stintId}`,
          to: { personId: proposer },
          content: notMineBlocks({ rockId, name: rock.name, by: actor }),
          dueAt: at,
          isAnswer: true,
        });
    }
    await answerAudits(tx, workspaceId, actor.id);
    // Whose it is not may see it no more.
    return accepted((await findCard(tx, workspaceId, rockId, actor.id)) ?? card);
  });
}
