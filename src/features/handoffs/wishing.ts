import type { Temporal } from 'temporal-polyfill';
import { may } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { RockCard } from '../ownership/core/rock.ts';
import { rolesOnRock } from '../ownership/roles.ts';
import type { Actor } from '../people/core/person.ts';
import { type Handoff, noFacts, noWords } from './core/handoff.ts';
import { lapse } from './ending-operations.ts';
import { doneBy, planSteps, recordHandoff, tellOf } from './moving.ts';
import { receiverNote } from './note-blocks.ts';
import { isBinding, notActive } from './offering.ts';
import { requestNote } from './request-note-blocks.ts';
import { findOpenHandoffOfRock, getHandoff, insertHandoff, saveHandoff } from './store.ts';

export type Owner = NonNullable<RockCard['owner']>;

/**
 * Whose decision it is when the actor would like to have a rock, for the first time or back. Refuses a rock that nobody
 * carries, one's own, one whose owner cannot answer any more, and one on which an answer is waited for; who else waits
 * stays with them.
 */
export async function checkWish(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rock: RockCard,
): Promise<Result<Owner>> {
  const name = `*${inline(rock.name)}*`;
  const roles = await rolesOnRock(db, workspaceId, actor, rock.id);
  if (!may('ask its owner for a rock', roles)) {
    return refused('not-yours', 'Full members of this workspace ask for rocks.');
  }
  const problem = notActive(rock);
  if (problem !== null) return problem;
  const { owner } = rock;
  if (owner === null) {
    return refused('unowned', `Nobody owns ${name} now. \`/owner ${inline(rock.key)}\` lets you take it.`);
  }
  if (owner.id === actor.id) return refused('to-oneself', `You carry ${name} already.`);
  if (owner.isDeactivated) {
    return refused(
      'left',
      `${personMention(owner)} has left Slack, so they cannot answer. The lead of its team or an admin can assign ${name}.`,
    );
  }
  const open = await findOpenHandoffOfRock(db, workspaceId, rock.id);
  return open === undefined || !isBinding(open, rock) ? accepted(owner) : alreadyWaiting(open, actor);
}

function alreadyWaiting(open: Handoff, actor: Actor): Refusal {
  const name = `*${inline(open.title)}*`;
  if (open.to.id !== actor.id) {
    return refused(
      'on-its-way',
      `Somebody's answer about ${name} is waited for already. Ask again if it stays where it is.`,
    );
  }
  return open.state === 'asked'
    ? refused(
        'already-asked',
        `You have asked ${personMention(open.sender)} for ${name} already. \`/handoff\` shows it.`,
      )
    : refused('already-offered', `${name} is offered to you already: \`/handoff\` shows the brief.`);
}

/** Writes down a wish and tells its owner, in the caller's transaction; all was checked before. */
export async function insertWish(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  wish: {
    kind: 'ask' | 'back';
    rock: RockCard;
    owner: Owner;
    reason: string | null;
    undoesId?: number | null;
    at: Temporal.Instant;
  },
): Promise<Handoff> {
  const { kind, rock, owner, reason, undoesId = null, at } = wish;
  const open = await findOpenHandoffOfRock(tx, workspaceId, rock.id);
  if (open !== undefined) await lapse(tx, workspaceId, doneBy(actor), open, 'handed-over', at);
  const id = await insertHandoff(tx, {
    workspaceId,
    kind,
    state: 'asked',
    rockId: rock.id,
    fromId: owner.id,
    toId: actor.id,
    byId: actor.id,
    words: noWords,
    facts: noFacts,
    reason,
    undoesId,
    at,
  });
  const handoff = await getHandoff(tx, workspaceId, id);
  await recordHandoff(tx, workspaceId, doneBy(actor), at, 'handoff.asked', handoff);
  await saveHandoff(tx, id, {
    requestMessageId: await tellOf(
      tx,
      workspaceId,
      'asked',
      id,
      at,
      { personId: owner.id },
      requestNote(handoff),
    ),
    offerMessageId: await tellOf(
      tx,
      workspaceId,
      'asking',
      id,
      at,
      { personId: actor.id },
      receiverNote(handoff),
    ),
  });
  await planSteps(tx, workspaceId, handoff, at);
  return await getHandoff(tx, workspaceId, id);
}
