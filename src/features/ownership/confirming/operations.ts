import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvents } from '../../../platform/db/events.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { RockCard } from '../core/rock.ts';
import { findCard } from '../lookup-store.ts';
import { type Moving, tellMoved } from '../moved.ts';
import { leaveUnowned, lockOwnership, unknownRock } from '../operations.ts';
import { findAskedSince, findAuditOf } from './audit-store.ts';
import { type Asked, olderThan, pageLength } from './core/audit.ts';
import { answerAudits } from './showing-operations.ts';
import { listOwned, saveConfirmed } from './store.ts';

/** What somebody has confirmed by one press, of how many; `isOver`: what asked them is closed. */
export type Confirmed = { names: string[]; total: number; isOver: boolean };

/** A page of what the actor owns, or of what an audit asks them, to be confirmed one by one. */
export async function listToConfirm(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, offset }: { occurrenceId: number | null; offset: number },
): Promise<{ rocks: Asked[]; total: number; offset: number; occurrenceId: number | null }> {
  const of = { occurrenceId, limit: pageLength };
  const page = await listOwned(db, workspaceId, actor.id, { ...of, offset });
  if (page.rocks.length > 0 || offset === 0) return { ...page, occurrenceId, offset };
  return { ...(await listOwned(db, workspaceId, actor.id, { ...of, offset: 0 })), occurrenceId, offset: 0 };
}

/**
 * Says that all the actor owns is still theirs, or all that an audit asks them. What they confirmed in the same hour,
 * and since they were asked, stays as it is: it says the same. After the end of the audit a yes counts too.
 */
export async function confirmAll(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number | null = null,
): Promise<Result<Confirmed>> {
  return await inTransaction(db, async (tx) => {
    const audit = occurrenceId === null ? null : await findAuditOf(tx, workspaceId, occurrenceId, actor.id);
    if (audit === undefined) return refused('not-yours', 'That was asked of somebody else.');
    const whole = { occurrenceId, offset: 0, limit: null };
    const { rocks } = await listOwned(tx, workspaceId, actor.id, whole);
    if (rocks.length === 0) {
      return refused(
        'nothing',
        occurrenceId === null
          ? 'You carry no rock of your own, so there is nothing to confirm.'
          : 'Nothing of that is yours any more, so nothing is asked of you.',
      );
    }
    const ids = rocks.map(({ id }) => id);
    const names = await confirmIn(tx, workspaceId, actor, ids);
    // A rock may have moved between the look and the lock.
    const { total } = await listOwned(tx, workspaceId, actor.id, whole);
    return accepted({ names, total, isOver: audit !== null && !audit.isOpen });
  });
}

/** The same of one rock. Refuses who does not own it, and says who does; a second time it is as they want it. */
export async function confirmRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
): Promise<Result<Confirmed>> {
  return await inTransaction(db, async (tx) => {
    const names = await confirmIn(tx, workspaceId, actor, [rockId]);
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    if (card === undefined) return unknownRock;
    if (card.owner?.id === actor.id) return accepted({ names, total: 1, isOver: false });
    return refused('not-owner', notYours(card));
  });
}

/** Whoever stands in for an owner, or leads a team, confirms nothing for them. */
function notYours(card: RockCard): string {
  const name = `*${inline(card.name)}*`;
  if (card.owner !== null)
    return `${name} is carried by ${personMention(card.owner)}, so only they can confirm it.`;
  if (card.state === 'retired') return `${name} is retired, so there is nothing to confirm.`;
  const state = card.state === 'set-down' ? `${name} is set down` : `Nobody owns ${name}`;
  return `${state}, so there is nothing to confirm. \`/rock take ${inline(card.key)}\` makes it yours.`;
}

/** Confirms these rocks, as far as the actor owns them, in the caller’s transaction. Gives the names of those that were not confirmed yet. */
export async function confirmIn(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  ids: readonly number[],
): Promise<string[]> {
  const at = await companyNow(tx, workspaceId);
  const before = olderThan(at, await findAskedSince(tx, workspaceId, actor.id));
  const confirmed = await saveConfirmed(tx, workspaceId, { personId: actor.id, ids, at, before });
  if (confirmed.length === 0) return [];
  await markHomes(tx, workspaceId, [actor.id]);
  await answerAudits(tx, workspaceId, actor.id);
  await recordEvents(
    tx,
    confirmed.map(({ rockId, confirmedAt }) => ({
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'rock.confirmed',
      subject: { kind: 'rock', id: rockId },
      before: { confirmed: confirmedAt?.toString() ?? null },
      after: { confirmed: at.toString() },
    })),
  );
  return confirmed.map(({ name }) => name);
}

/** The owner does not carry it any more and knows nobody who does: it becomes a gap that everybody sees. */
export async function leaveRock(
  { db, ...moving }: { db: Database } & Moving,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  reason: string,
): Promise<Result<RockCard>> {
  return await inTransaction(db, async (tx) => {
    const rock = await lockOwnership(tx, workspaceId, rockId);
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    if (rock === undefined || card === undefined) return unknownRock;
    if (rock.owner?.personId !== actor.id)
      return refused('not-owner', `*${inline(card.name)}* is not yours any more. Nothing is asked of you.`);
    const at = await companyNow(tx, workspaceId);
    const doer = { kind: 'person', personId: actor.id } as const;
    await leaveUnowned(tx, { workspaceId, rockId, at, doer, ended: 'given-up', reason });
    await tellMoved(moving, tx, { workspaceId, rockId, why: 'left', at, doer });
    await answerAudits(tx, workspaceId, actor.id);
    return accepted((await findCard(tx, workspaceId, rockId, actor.id)) ?? card);
  });
}
