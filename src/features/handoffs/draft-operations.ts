import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Tx } from '../../platform/db/database.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import type { Actor } from '../people/core/person.ts';
import { findPersonById } from '../people/operations.ts';
import { type BriefWords, type Handoff, noFacts, noWords } from './core/handoff.ts';
import { stepRefusal } from './core/refusals.ts';
import { lapse } from './ending-operations.ts';
import { gatherFacts } from './gathering.ts';
import { advance, doneBy, gone, lockMoving, recordHandoff } from './moving.ts';
import { announce, checkOffer, isBinding } from './offering.ts';
import { findHandoff, findOpenHandoffOfRock, getHandoff, insertHandoff, saveHandoff } from './store.ts';

/** A handoff that is prepared in private, with others. */
export type NewDraft = {
  workspaceId: string;
  /** `give`: whoever prepares it carries the rock; `assign`: a lead or an admin does. */
  kind: 'give' | 'assign';
  rockId: number;
  /** Who carries the rock; null where nobody does. */
  fromId: number | null;
  toId: number;
  byId: number;
  batchId: number | null;
  /** Null: no words of one's own, the facts alone. */
  words: BriefWords | null;
  reason: string | null;
};

/** Whoever carries a rock gives it away; who else moves it assigns it. */
export function kindOfDraft(by: { id: number }, rock: { owner: { id: number } | null }): NewDraft['kind'] {
  return rock.owner?.id === by.id ? 'give' : 'assign';
}

/**
 * Prepares a handoff, in the caller's transaction: nobody is told, nothing is checked but what no release could mend, and
 * a rock may be in several drafts. Refuses a receiver who carries it already.
 */
export async function insertDraft(tx: Tx, draft: NewDraft): Promise<Result<number>> {
  const { workspaceId, fromId, toId, byId, words } = draft;
  if (fromId === toId) return refused('owner-already', 'They carry it already. To whom shall it go?');
  const at = await companyNow(tx, workspaceId);
  const id = await insertHandoff(tx, {
    ...draft,
    state: 'draft',
    words: words ?? noWords,
    facts: noFacts,
    at,
  });
  const doer = { kind: 'person', personId: byId } as const;
  await recordHandoff(tx, workspaceId, doer, at, 'handoff.drafted', await getHandoff(tx, workspaceId, id));
  return accepted(id);
}

/**
 * Offers what was prepared, in the caller's transaction, with its messages and what the clock does. Refuses, with
 * nothing changed, what has moved on meanwhile: another owner, an answer that is waited for, a receiver who left, a
 * right that was lost. Drafts that are released together are released in order of their rocks' ids.
 */
export async function releaseDraft(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  at: Temporal.Instant,
): Promise<Result<Handoff>> {
  const known = await findHandoff(tx, workspaceId, handoffId);
  const moving = known === undefined ? undefined : await lockMoving(tx, workspaceId, known);
  if (moving === undefined || moving.rock === null) return gone;
  const { handoff } = moving;
  const problem = stepRefusal(handoff, 'release', actor.id, null);
  if (problem !== null) return problem;
  const rock = await findCard(tx, workspaceId, moving.rock.id, actor.id);
  if (rock === undefined)
    return refused('unknown-rock', `*${inline(handoff.title)}* is not in the register any more.`);
  if ((rock.owner?.id ?? null) !== (handoff.from?.id ?? null)) {
    const now = rock.owner === null ? 'nobody carries it' : `${personMention(rock.owner)} carries it`;
    return refused('moved-on', `*${inline(rock.name)}* has moved on meanwhile: ${now} now.`);
  }
  const to = await findPersonById(tx, workspaceId, handoff.to.id);
  if (!to.ok) return to;
  const kind = handoff.kind === 'assign' ? 'assign' : 'give';
  const checked = await checkOffer(tx, workspaceId, actor, rock, to.value, kind);
  if (!checked.ok) return checked;
  const open = await findOpenHandoffOfRock(tx, workspaceId, rock.id);
  if (open !== undefined) {
    if (isBinding(open, rock)) return refused('already-asked', askedMeanwhile(open));
    await lapse(tx, workspaceId, doneBy(actor), open, 'handed-over', at);
  }
  const change = { facts: await gatherFacts(tx, workspaceId, rock, at), offeredAt: at };
  await advance(tx, workspaceId, doneBy(actor), { handoff, at }, 'release', { change, event: 'offered' });
  return accepted(await announce(tx, workspaceId, handoffId, at));
}

function askedMeanwhile(open: Handoff): string {
  return `${personMention(open.to)} has asked for *${inline(open.title)}*. Please answer that first: \`/handoff\` shows it.`;
}

/** What the preparing person would rather say or whom they would rather ask; only of a draft of their own. */
export async function changeDraft(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  change: { words?: BriefWords; reason?: string | null },
): Promise<Result<Handoff>> {
  const known = await findHandoff(tx, workspaceId, handoffId);
  const moving = known === undefined ? undefined : await lockMoving(tx, workspaceId, known);
  if (moving === undefined) return gone;
  const problem = stepRefusal(moving.handoff, 'release', actor.id, null);
  if (problem !== null) return problem;
  await saveHandoff(tx, handoffId, change);
  return accepted(await getHandoff(tx, workspaceId, handoffId));
}

/** Forgets a draft: nobody was told of it. */
export async function dropDraft(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  at: Temporal.Instant,
): Promise<Result<Handoff>> {
  const known = await findHandoff(tx, workspaceId, handoffId);
  const moving = known === undefined ? undefined : await lockMoving(tx, workspaceId, known);
  if (moving === undefined) return gone;
  const problem = stepRefusal(moving.handoff, 'drop', actor.id, null);
  if (problem !== null) return problem;
  const { handoff } = moving;
  return accepted(
    await advance(tx, workspaceId, doneBy(actor), { handoff, at }, 'drop', { event: 'dropped' }),
  );
}
