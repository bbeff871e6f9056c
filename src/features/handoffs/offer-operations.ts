import type { Temporal } from 'temporal-polyfill';
import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import { lockCard } from '../ownership/locking.ts';
import { unknownRock } from '../ownership/operations.ts';
import type { Actor, Person } from '../people/core/person.ts';
import { handOverIn } from './ask-operations.ts';
import { type BriefWords, type Handoff, noFacts } from './core/handoff.ts';
import { defaultOverlapDays, dueRefusal, loanRefusal } from './core/times.ts';
import { lapse } from './ending-operations.ts';
import { gatherFacts } from './gathering.ts';
import { doneBy } from './moving.ts';
import { checkOffer, checkReceiver, insertOffer, isBinding, kindFor, type OfferKind } from './offering.ts';
import { findOpenHandoffOfRock } from './store.ts';

export { checkOffer, checkReceiver, kindFor };

export type Offer = {
  kind?: OfferKind;
  rockId: number;
  to: Person;
  words: BriefWords;
  reason?: string | null;
  overlapDays?: number;
  /** The last day of a loan. */
  untilOn?: Temporal.PlainDate | null;
};

/**
 * Offers a rock with its brief: for good, on loan, or, of a lead or an admin, to somebody who shall carry it. It stays
 * where it is until it is accepted. Refuses what `checkOffer` does, and a loan that is over already. An offer of a
 * former owner is over with this one; to somebody who has asked for the rock this is the answer.
 */
export async function offerHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  offer: Offer,
): Promise<Result<Handoff>> {
  return await inTransaction(
    db,
    async (tx) => {
      const rock = await lockCard(tx, workspaceId, offer.rockId, actor.id);
      if (rock === undefined) return unknownRock;
      const kind = kindFor(offer.kind ?? 'give', actor, rock);
      const checked = await checkOffer(tx, workspaceId, actor, rock, offer.to, kind);
      if (!checked.ok) return checked;

      const at = await companyNow(tx, workspaceId);
      const untilOn = kind === 'lend' ? (offer.untilOn ?? null) : null;
      if (kind === 'lend') {
        const problem =
          untilOn === null
            ? noUntil
            : loanRefusal(untilOn, at.toZonedDateTimeISO(actor.timezone).toPlainDate());
        if (problem !== null) return problem;
      }
      const { words, reason = null, overlapDays = defaultOverlapDays } = offer;
      const open = await findOpenHandoffOfRock(tx, workspaceId, rock.id);
      if (open !== undefined && isBinding(open, rock)) {
        return await handOverIn(
          tx,
          workspaceId,
          actor,
          { handoff: open, at },
          { words, reason, overlapDays },
        );
      }
      if (open !== undefined) await lapse(tx, workspaceId, doneBy(actor), open, 'handed-over', at);
      const handoff = await insertOffer(
        tx,
        {
          workspaceId,
          kind,
          rockId: rock.id,
          fromId: rock.owner?.id ?? null,
          toId: offer.to.id,
          byId: actor.id,
          words,
          facts: await gatherFacts(tx, workspaceId, rock, at),
          reason: kind === 'lend' ? null : reason,
          untilOn,
          overlapDays,
          at,
        },
        doneBy(actor),
      );
      return accepted(handoff);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

const noUntil = refused('no-until', 'Until when? For example `/handoff lend payments @ben until 15 Jan`.');

/**
 * Offers a piece of work: no rock, and over when it is done. Refuses a receiver who cannot take it and a day that is
 * over; without a day it has none.
 */
export async function offerWork(
  db: Database,
  workspaceId: string,
  actor: Actor,
  offer: { work: string; to: Person; words: BriefWords; dueOn: Temporal.PlainDate | null },
): Promise<Result<Handoff>> {
  const { work, to, words, dueOn } = offer;
  const problem = checkWork(actor, to, personMention(to));
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      const at = await companyNow(tx, workspaceId);
      const late =
        dueOn === null ? null : dueRefusal(dueOn, at.toZonedDateTimeISO(actor.timezone).toPlainDate());
      if (late !== null) return late;
      const handoff = await insertOffer(
        tx,
        {
          workspaceId,
          kind: 'work',
          rockId: null,
          work,
          fromId: actor.id,
          toId: to.id,
          byId: actor.id,
          words,
          facts: noFacts,
          dueOn,
          at,
        },
        doneBy(actor),
      );
      return accepted(handoff);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Why `actor` cannot give `to` a piece of work; null when they can. */
export function checkWork(actor: Actor, to: Person, name: string) {
  if (!may('hand over a piece of work', rolesInWorkspace(actor))) {
    return refused('not-yours', 'Full members of this workspace hand over work.');
  }
  if (to.id === actor.id) return refused('to-oneself', 'That is you. Whom would you like to ask?');
  return checkReceiver(to, actor, name);
}

/** Which day it is for the actor. */
export async function readToday(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Temporal.PlainDate> {
  return (await companyNow(db, workspaceId)).toZonedDateTimeISO(actor.timezone).toPlainDate();
}
