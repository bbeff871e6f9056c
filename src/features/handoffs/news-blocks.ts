import { Temporal } from 'temporal-polyfill';
import { dateWords, lasted } from '../../platform/core/time-words.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { personMention, quoted } from '../../platform/slack/mrkdwn.ts';
import type { Moved } from '../ownership/core/moved.ts';
import { named, said } from './blocks.ts';
import type { Handoff } from './core/handoff.ts';

/** Carried for less than this, how long is not worth saying: often the register itself is that young. */
const shortCarryDays = 30;

/** For the home channel: thanks, and who has it now. */
export function thanksBlocks(handoff: Handoff, at: Temporal.Instant): Content {
  const to = personMention(handoff.to);
  const rock = named(handoff);
  if (handoff.from === null) return said(`${to} carries ${rock} from now on. Thank you, ${to}.`);
  const from = personMention(handoff.from);
  const zone = handoff.from.timezone;
  const { carriedSince } = handoff.facts;
  const since = carriedSince === null ? null : Temporal.PlainDate.from(carriedSince);
  const days = since?.until(at.toZonedDateTimeISO(zone).toPlainDate(), { largestUnit: 'days' }).days ?? 0;
  return said(
    since === null || days < shortCarryDays
      ? `${from} has handed ${rock} over to ${to}. Thank you, ${from}.`
      : `${from} carried ${rock} for ${lasted(since.toZonedDateTime(zone).toInstant(), at, zone)}. ${to} has it now. Thank you, ${from}.`,
  );
}

/** To the sender, after the receiver said yes. */
export function acceptedBlocks(handoff: Handoff): Content {
  const to = personMention(handoff.to);
  const what = named(handoff);
  if (handoff.kind === 'lend') {
    return said(`${to} accepted ${what} on loan. You stay accountable, and it comes back by itself.`);
  }
  if (handoff.kind === 'work') return said(`${to} accepted ${what} and will do it.`);
  return said(`${to} accepted ${what} and carries it from now on.`);
}

/** To the former owner, who asked for it back, after the owner said yes. */
export function backAcceptedBlocks(handoff: Handoff): Content {
  return said(`${personMention(handoff.sender)} gives ${named(handoff)} back to you. It is yours again.`);
}

/** To the sender, after it was declined; between the two. */
export function declinedBlocks(handoff: Handoff, reason: string | null): Content {
  const what = named(handoff);
  const stays =
    handoff.kind === 'assign'
      ? handoff.from === null
        ? 'Nobody carries it yet.'
        : `It stays with ${personMention(handoff.from)}.`
      : 'It stays with you.';
  const text = `${personMention(handoff.to)} cannot take ${what} now. ${stays}`;
  return said(reason === null ? text : `${text}\n${quoted(reason)}`);
}

/** To whoever asked for a rock, after its owner said no; between the two. */
export function askDeclinedBlocks(handoff: Handoff, reason: string | null): Content {
  const keeps = handoff.kind === 'back' ? 'keeps' : 'keeps carrying';
  const text = `${personMention(handoff.sender)} ${keeps} ${named(handoff)} for now.`;
  return said(reason === null ? text : `${text}\n${quoted(reason)}`);
}

/** What the note of whoever asked reads once the owner hands it over. */
export function handedOverBlocks(handoff: Handoff): Content {
  return said(
    `You asked ${personMention(handoff.sender)} for ${named(handoff)}. The answer is in the offer below.`,
  );
}

/** In the thread of the sender's note: its words and buttons have changed. */
export function suggestedBlocks(handoff: Handoff): Content {
  return said(
    `${personMention(handoff.to)} suggests changes to the brief of ${named(handoff)}. \`Edit the brief\` above offers it again.`,
  );
}

/** In the thread of the receiver's message. */
export function offeredAgainBlocks(handoff: Handoff): Content {
  return said(
    `${personMention(handoff.sender)} has changed the brief of ${named(handoff)}. Please read it once more, above.`,
  );
}

/** In the thread of what waits, to whose answer it waits for. */
export function reminderBlocks(handoff: Handoff): Content {
  const what = named(handoff);
  if (handoff.state === 'changes-suggested') {
    return said(
      `The changes to the brief of ${what} wait for you. \`Edit the brief\` above, or withdraw it.`,
    );
  }
  if (handoff.state === 'asked') {
    return said(
      `${personMention(handoff.to)} still waits for your answer about ${what}. Either answer helps.`,
    );
  }
  return said(`${what} still waits for your answer. A \`Decline\` is fine too: then it goes another way.`);
}

/** To the team's lead, in private: that it waits, and not why. */
export function leadBlocks(handoff: Handoff): Content {
  const awaited = handoff.state === 'offered' ? handoff.to : handoff.sender;
  const other = handoff.state === 'offered' ? handoff.sender : handoff.to;
  return said(
    `The handoff of ${named(handoff)} between ${personMention(other)} and ${personMention(awaited)} has waited for ${personMention(awaited)} for three working days. Perhaps a word from you helps. Only you read this.`,
  );
}

/** In the thread of a message about an offer that is over, kindly. */
export function expiredBlocks(handoff: Handoff): { forReceiver: Content; forSender: Content } {
  const what = named(handoff);
  if (handoff.state === 'asked' || handoff.kind === 'back') {
    return {
      forReceiver: said(`Nobody answered about ${what}, so your wish is over for now. You can ask again.`),
      forSender: said(
        `The wish for ${what} is over, and it stays with you. Nothing is asked of you any more.`,
      ),
    };
  }
  return {
    forReceiver: said(`The offer of ${what} is over, and nothing is asked of you any more.`),
    forSender: said(
      `Nobody answered about ${what}, so the offer is over. You can offer it again, or to somebody else.`,
    ),
  };
}

/** What both read of an offer, a wish or a loan whose rock has moved on without it. */
export function lapsedBlocks(
  handoff: Handoff,
  why: Moved | 'handed-over',
): { forReceiver: Content; forSender: Content } {
  const rock = named(handoff);
  const moved = {
    taken: `${rock} has another owner by now`,
    'handed-over': `${rock} has another owner by now`,
    released: `${rock} has another owner by now`,
    'set-down': `${rock} was set down`,
    retired: `${rock} was retired`,
    merged: `${rock} went into another rock`,
    left: `${rock} has no owner by now`,
  }[why];
  const sender = personMention(handoff.sender);
  const receiver = personMention(handoff.to);
  if (handoff.state === 'accepted') {
    return {
      forReceiver: said(`${moved}, so your loan is over. Thank you for carrying it.`),
      forSender: said(`${moved}, so the loan to ${receiver} is over.`),
    };
  }
  if (handoff.state === 'asked') {
    return {
      forReceiver: said(`${moved}, so your wish to ${sender} is over.`),
      forSender: said(`${moved}, so the wish of ${receiver} is over. Nothing is asked of you.`),
    };
  }
  return {
    forReceiver: said(`${moved}, so the offer of ${sender} is over. Nothing is asked of you.`),
    forSender: said(`${moved}, so your offer to ${receiver} is over.`),
  };
}

/** The same where one of the two has left. */
export function leftBlocks(handoff: Handoff, absentId: number): { forReceiver: Content; forSender: Content } {
  const what = named(handoff);
  const { to, from, sender } = handoff;
  const absent = [to, from, sender].find((one) => one?.id === absentId) ?? sender;
  const left = `${personMention(absent)} has left`;
  if (handoff.state === 'accepted') {
    const over = said(`${left}, so the loan of ${what} is over. It is back with its owner.`);
    return { forReceiver: over, forSender: over };
  }
  const isWish = handoff.state === 'asked';
  return {
    forReceiver: said(
      `${left}, so ${isWish ? 'your wish for' : 'the offer of'} ${what} is over. Nothing is asked of you.`,
    ),
    forSender: said(
      `${left}, so ${isWish ? 'the wish for' : 'the offer of'} ${what} is over. It stays where it is.`,
    ),
  };
}

/** To the owner and to whoever had it, the morning after a loan was over. */
export function loanOverBlocks(handoff: Handoff): { forCarrier: Content; forOwner: Content } {
  const rock = named(handoff);
  const carrier = personMention(handoff.to);
  return {
    forCarrier: said(
      `Your loan of ${rock} ended${until(handoff)}. It is back with its owner. Thank you for carrying it.`,
    ),
    forOwner: said(`The loan of ${rock} to ${carrier} ended${until(handoff)}. You carry it again.`),
  };
}

/** To the other one, when a loan ends early. */
export function returnedBlocks(
  handoff: Handoff,
  by: { id: number; slackId: string | null; name: string },
): Content {
  const rock = named(handoff);
  return by.id === handoff.to.id
    ? said(`${personMention(by)} gives ${rock} back to you. You carry it again.`)
    : said(`${personMention(by)} takes ${rock} back. Your loan is over. Thank you for carrying it.`);
}

function until({ untilOn }: Handoff): string {
  return untilOn === null ? '' : ` on ${dateWords(untilOn)}`;
}
