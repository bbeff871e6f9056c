import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import { tell } from '../../delivery/outbox.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { RockCard } from '../ownership/core/rock.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import { lockOwnership } from '../ownership/operations.ts';
import { type Actor, isActor, type Person } from '../people/core/person.ts';
import { offerBlocks, offeredBlocks } from './blocks.ts';
import type { BriefFacts, BriefWords, Handoff } from './core/handoff.ts';
import { endLapsedOffer } from './operations.ts';
import { findOpenHandoffOfRock, getHandoff, insertHandoff, saveHandoffMessages } from './store.ts';

/** Whether `actor` could offer this rock to `to` now, before anybody writes a brief. */
export async function checkOffer(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rock: RockCard,
  to: Person | null,
): Promise<Result<RockCard>> {
  if (rock.owner === null) {
    return refused(
      'unowned',
      `Nobody owns *${inline(rock.name)}* yet. \`/owner ${inline(rock.key)}\` lets you take it.`,
    );
  }
  if (rock.owner.id !== actor.id) {
    return refused(
      'not-owner',
      `*${inline(rock.name)}* is carried by ${personMention(rock.owner)}, so only they can hand it over.`,
    );
  }
  const problem = to === null ? null : checkReceiver(to, actor, personMention(to));
  if (problem !== null) return problem;
  const open = await findOpenHandoffOfRock(db, workspaceId, rock.id);
  // What a former owner offered no longer binds this one: `offerHandoff` ends it.
  return open === undefined || open.from.id !== actor.id ? accepted(rock) : alreadyOffered(open);
}

/**
 * Offers a rock with its brief. It stays the sender's until it is accepted. Refuses who does not own it, a
 * receiver who cannot take it, and a second offer of the same rock; one of a former owner is over with this one.
 */
export async function offerHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  offer: { rockId: number; to: Person; words: BriefWords },
): Promise<Result<Handoff>> {
  return await inTransaction(
    db,
    async (tx) => {
      const locked = await lockOwnership(tx, workspaceId, offer.rockId);
      const rock = locked === undefined ? undefined : await findCard(tx, workspaceId, offer.rockId, actor.id);
      if (rock === undefined) return refused('unknown-rock', 'That rock is not in the register any more.');
      const checked = await checkOffer(tx, workspaceId, actor, rock, offer.to);
      if (!checked.ok) return checked;

      const at = await companyNow(tx, workspaceId);
      const lapsed = await findOpenHandoffOfRock(tx, workspaceId, rock.id);
      if (lapsed !== undefined) await endLapsedOffer(tx, workspaceId, actor, lapsed, at);
      const id = await insertHandoff(tx, {
        workspaceId,
        rockId: rock.id,
        fromId: actor.id,
        toId: offer.to.id,
        words: offer.words,
        facts: factsOf(rock, at),
        at,
      });
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: 'handoff.offered',
        subject: { kind: 'handoff', id },
        after: { rock: rock.id, to: offer.to.id },
      });
      await markHomes(tx, workspaceId, [actor.id, offer.to.id]);
      const handoff = await getHandoff(tx, workspaceId, id);
      const send = async (personId: number, about: string, content: Content): Promise<number> =>
        await tell(tx, {
          workspaceId,
          dedupeKey: `handoff-${about}:${id}`,
          to: { personId },
          content,
          dueAt: at,
          isAnswer: true,
        });
      await saveHandoffMessages(tx, id, {
        offerMessageId: await send(offer.to.id, 'offer', offerBlocks(handoff)),
        senderMessageId: await send(actor.id, 'offered', offeredBlocks(handoff)),
      });
      return accepted(handoff);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Why `to` cannot be handed anything by `actor`; null when they can. `name` is how the words call them. */
export function checkReceiver(to: Person, actor: Actor, name: string): Refusal | null {
  if (to.id === actor.id) return refused('to-oneself', 'You carry it already. To whom shall it go?');
  if (to.isDeactivated) return refused('left', `${name} has left Slack, so nothing can be handed to them.`);
  if (isActor(to)) return null;
  return refused(
    'not-a-member',
    `${name} is not a full member of this workspace, so they cannot carry a rock.`,
  );
}

function alreadyOffered(open: Handoff): Refusal {
  return refused(
    'already-offered',
    `*${inline(open.rock.name)}* is offered to ${personMention(open.to)} already. Withdraw that first.`,
  );
}

function factsOf(rock: RockCard, at: Temporal.Instant): BriefFacts {
  const since = rock.owner?.since ?? at;
  return {
    summary: rock.summary,
    carriedSince: since
      .toZonedDateTimeISO(rock.owner?.timezone ?? 'UTC')
      .toPlainDate()
      .toString(),
    team: rock.team,
    channel: rock.channel,
    backups: rock.backups.map(({ slackId, name }) => ({ slackId, name })),
    links: rock.links,
  };
}
