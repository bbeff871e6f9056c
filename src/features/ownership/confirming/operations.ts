import type { Temporal } from 'temporal-polyfill';
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
import { answerAudits } from './audit-operations.ts';
import { type Asked, pageLength } from './core/audit.ts';
import { listOwned, saveConfirmed } from './store.ts';

/** What somebody has confirmed by one press, and how many rocks they own in all. */
export type Confirmed = { names: string[]; total: number };

/** What the actor owns, a page of it, to be confirmed one by one. */
export async function listToConfirm(
  db: Database,
  workspaceId: string,
  actor: Actor,
  offset: number,
): Promise<{ rocks: Asked[]; total: number; offset: number }> {
  const page = await listOwned(db, workspaceId, actor.id, { offset, limit: pageLength });
  if (page.rocks.length === 0 && offset > 0) return await listToConfirm(db, workspaceId, actor, 0);
  return { ...page, offset };
}

/** Says that all the actor owns is still theirs. What they confirmed in the same hour stays as it is: it says the same. */
export async function confirmAll(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<Confirmed>> {
  return await inTransaction(db, async (tx) => {
    const at = await companyNow(tx, workspaceId);
    const names = await confirmIn(tx, workspaceId, actor, null, at);
    const { total } = await listOwned(tx, workspaceId, actor.id, { offset: 0, limit: 1 });
    if (total === 0)
      return refused('nothing', 'You carry no rock of your own, so there is nothing to confirm.');
    return accepted({ names, total });
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
    const at = await companyNow(tx, workspaceId);
    const names = await confirmIn(tx, workspaceId, actor, [rockId], at);
    const card = await findCard(tx, workspaceId, rockId, actor.id);
    if (card === undefined) return unknownRock;
    if (card.owner?.id === actor.id)
      return accepted({ names: names.length > 0 ? names : [card.name], total: 1 });
    const name = `*${inline(card.name)}*`;
    return refused(
      'not-owner',
      card.owner === null
        ? `Nobody owns ${name}, so there is nothing to confirm. \`/rock take ${inline(card.key)}\` makes it yours.`
        : `${name} is carried by ${personMention(card.owner)}, so only they can confirm it.`,
    );
  });
}

/** Whoever presses twice within the hour says the same thing twice. */
const sameHour = { hours: 1 };

async function confirmIn(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  ids: readonly number[] | null,
  at: Temporal.Instant,
): Promise<string[]> {
  const before = at.subtract(sameHour);
  const confirmed = await saveConfirmed(tx, workspaceId, { personId: actor.id, ids, at, before });
  await markHomes(tx, workspaceId, [actor.id]);
  if (confirmed.length > 0) await answerAudits(tx, workspaceId, actor.id);
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
