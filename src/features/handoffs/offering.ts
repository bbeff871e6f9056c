import type { Temporal } from 'temporal-polyfill';
import { may, type Role } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Doer } from '../../platform/db/events.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { RockCard } from '../ownership/core/rock.ts';
import { rolesOnRock } from '../ownership/roles.ts';
import { type Actor, isActor, type Person } from '../people/core/person.ts';
import type { Handoff } from './core/handoff.ts';
import { planSteps, recordHandoff, showHandoff, tellOf } from './moving.ts';
import { receiverNote, senderNote } from './note-blocks.ts';
import { requestNote } from './request-note-blocks.ts';
import {
  findLoanOfRock,
  findOpenHandoffOfRock,
  getHandoff,
  insertHandoff,
  type NewHandoff,
  saveHandoff,
} from './store.ts';

export type OfferKind = 'give' | 'lend' | 'assign';

/**
 * Whether `actor` could offer this rock to `to` now (null: whoever it will be), before anybody writes a brief. Refuses
 * who may not, a receiver who cannot carry it, a rock that nobody carries, and one on which an answer is waited for; a
 * wish of the same receiver is none: the offer answers it.
 */
export async function checkOffer(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rock: RockCard,
  to: Person | null,
  kind: OfferKind = 'give',
): Promise<Result<RockCard>> {
  const roles = await rolesOnRock(db, workspaceId, actor, rock.id);
  const problem =
    notActive(rock) ??
    roleRefusal(kind, actor, rock, roles) ??
    (to === null ? null : checkReceiver(to, actor, personMention(to), rock.owner?.id ?? null));
  if (problem !== null) return problem;
  const open = await findOpenHandoffOfRock(db, workspaceId, rock.id);
  const answers = kind === 'give' && open?.kind === 'ask' && open.state === 'asked' && open.to.id === to?.id;
  // What a former owner offered no longer binds this one: offering ends it.
  if (open !== undefined && isBinding(open, rock) && !answers) return alreadyOpen(open, actor);
  if (kind !== 'lend') return accepted(rock);
  const loan = await findLoanOfRock(db, workspaceId, rock.id);
  return loan === undefined ? accepted(rock) : onLoan(loan);
}

/** Whoever assigns what is their own hands it over. */
export function kindFor(kind: OfferKind, actor: Actor, rock: Pick<RockCard, 'owner'>): OfferKind {
  return kind === 'assign' && rock.owner?.id === actor.id ? 'give' : kind;
}

/** Whether what waits is of the rock's owner of this moment. */
export function isBinding(open: Handoff, rock: Pick<RockCard, 'owner'>): boolean {
  return (open.from?.id ?? null) === (rock.owner?.id ?? null);
}

/** Why nobody can hand over a rock that is set down or retired; null for one that is carried or should be. */
export function notActive(rock: RockCard): Refusal | null {
  const name = `*${inline(rock.name)}*`;
  if (rock.state === 'retired')
    return refused('retired', `${name} is retired, so there is nothing to carry any more.`);
  return rock.state === 'set-down'
    ? refused(
        'set-down',
        `${name} is set down, so nobody carries it now. \`/rock take ${inline(rock.key)}\` picks it up.`,
      )
    : null;
}

function roleRefusal(kind: OfferKind, actor: Actor, rock: RockCard, roles: readonly Role[]): Refusal | null {
  const name = `*${inline(rock.name)}*`;
  const mayAssign = may('assign a rock', roles);
  if (kind === 'assign') {
    if (mayAssign) return null;
    return refused(
      'not-lead',
      `Rocks are assigned by the lead of their team and by admins. \`/handoff ask ${inline(rock.key)}\` asks its owner for it.`,
    );
  }
  if (rock.owner === null) {
    return refused(
      'unowned',
      mayAssign
        ? `Nobody owns ${name} yet. \`/handoff assign ${inline(rock.key)} @ben\` asks somebody to carry it.`
        : `Nobody owns ${name} yet. \`/owner ${inline(rock.key)}\` lets you take it.`,
    );
  }
  if (may('hand over or lend a rock', roles) && rock.owner.id === actor.id) return null;
  const only = kind === 'lend' ? 'lend it' : 'hand it over';
  return refused(
    'not-owner',
    `${name} is carried by ${personMention(rock.owner)}, so only they can ${only}.${
      mayAssign && kind === 'give'
        ? ` \`/handoff assign ${inline(rock.key)} @ben\` asks somebody else to carry it.`
        : ''
    }`,
  );
}

/** Why `to` cannot be handed anything by `actor`; null when they can. `name` is how the words call them. */
export function checkReceiver(
  to: Person,
  actor: Actor,
  name: string,
  ownerId: number | null = actor.id,
): Refusal | null {
  if (to.id === ownerId) {
    return to.id === actor.id
      ? refused('to-oneself', 'You carry it already. To whom shall it go?')
      : refused('owner-already', `${name} carries it already.`);
  }
  if (to.id === actor.id) {
    return refused(
      'to-oneself',
      'That is you. Ask its owner for it, or take it where nobody owns it: `/owner` shows both.',
    );
  }
  if (to.isDeactivated) return refused('left', `${name} has left Slack, so nothing can be handed to them.`);
  if (isActor(to)) return null;
  return refused(
    'not-a-member',
    `${name} is not a full member of this workspace, so they cannot carry a rock.`,
  );
}

/** To whom a rock is on its way already; whom it does not concern is not told. */
export function alreadyOpen(open: Handoff, actor: Actor): Refusal {
  const rock = `*${inline(open.title)}*`;
  const to = personMention(open.to);
  if (open.state === 'asked') {
    if (open.sender.id !== actor.id) {
      return refused(
        'already-asked',
        `Somebody has asked for ${rock}, and its owner decides about that first.`,
      );
    }
    const wish = open.kind === 'back' ? `would like to have ${rock} back` : `has asked for ${rock}`;
    return refused('already-asked', `${to} ${wish}. Please answer that first: \`/handoff\` shows it.`);
  }
  if (open.sender.id === actor.id) {
    return refused('already-offered', `${rock} is offered to ${to} already. Withdraw that first.`);
  }
  return refused('already-offered', `${rock} is offered to ${to} already, by ${personMention(open.sender)}.`);
}

function onLoan(loan: Handoff): Refusal {
  const until = loan.untilOn === null ? '' : ` until ${dateWords(loan.untilOn)}`;
  return refused(
    'on-loan',
    `*${inline(loan.title)}* is on loan to ${personMention(loan.to)}${until}. When it is back, it can be lent again.`,
  );
}

/** Writes down an offer and tells those whom it concerns, in the caller's transaction; all was checked before. */
export async function insertOffer(tx: Tx, offer: Omit<NewHandoff, 'state'>, doer: Doer): Promise<Handoff> {
  const id = await insertHandoff(tx, { ...offer, state: 'offered' });
  const { workspaceId, at } = offer;
  await recordHandoff(tx, workspaceId, doer, at, 'handoff.offered', await getHandoff(tx, workspaceId, id));
  return await announce(tx, workspaceId, id, at);
}

/** Tells of an offer: the receiver at once, the sender, and whoever carries what is assigned to somebody else. */
export async function announce(
  tx: Tx,
  workspaceId: string,
  id: number,
  at: Temporal.Instant,
): Promise<Handoff> {
  const handoff = await getHandoff(tx, workspaceId, id);
  const { from, to, sender } = handoff;
  if (handoff.batchId !== null) {
    // Several that are offered together are told together: one message for each person.
    await planSteps(tx, workspaceId, handoff, at);
    return handoff;
  }
  const tell = (about: string, personId: number, content: ReturnType<typeof receiverNote>) =>
    tellOf(tx, workspaceId, about, id, at, { personId }, content);
  const offerMessageId = await tell('offer', to.id, receiverNote(handoff));
  const senderMessageId =
    handoff.requestMessageId !== null && handoff.kind === 'ask'
      ? handoff.requestMessageId
      : await tell('offered', sender.id, senderNote(handoff));
  const isAnothers = handoff.kind === 'assign' && from !== null && from.id !== sender.id;
  await saveHandoff(tx, id, {
    offerMessageId,
    senderMessageId,
    ...(isAnothers ? { requestMessageId: await tell('assigned', from.id, requestNote(handoff)) } : {}),
  });
  const offered = await getHandoff(tx, workspaceId, id);
  await planSteps(tx, workspaceId, offered, at);
  // Who was asked for it has read the wish in the message that is the sender's note from now on.
  await showHandoff(tx, offered);
  return offered;
}
