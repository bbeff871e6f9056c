import type { Content } from '../../platform/slack/elements.ts';
import { personMention, quoted } from '../../platform/slack/mrkdwn.ts';
import { doneButton, dropButton, named, readButton, returnButton, said, waitingButtons } from './blocks.ts';
import type { Handoff } from './core/handoff.ts';
import {
  acceptedWords,
  dueWords,
  lastDay,
  notNeededWords,
  offeredPast,
  offeredWords,
  offerHint,
  offerWords,
  onDay,
  staysWithYou,
  staysWords,
  takenWords,
  waitsWords,
} from './note-words.ts';
import { requestNote } from './request-note-blocks.ts';

/** What the receiver's message says while the handoff stands as it does, with what they can do. */
export function receiverNote(handoff: Handoff): Content {
  const { id, kind, state, sender, to } = handoff;
  const what = named(handoff);
  const by = personMention(sender);
  const buttons = waitingButtons(handoff, to.id);
  const isRequest = kind === 'ask' || kind === 'back';
  switch (state) {
    case 'draft':
      return said(`${what} is being prepared.`);
    case 'asked':
      return said(
        kind === 'back' ? `You asked ${by} to give ${what} back to you.` : `You asked ${by} for ${what}.`,
        ...buttons,
      );
    case 'offered':
      return said(`${offerWords(handoff)}\n${offerHint(handoff)}`, ...buttons);
    case 'changes-suggested':
      return said(
        `You suggested changes to the brief of ${what}. ${by} has them, and the brief comes back to you.`,
        ...buttons,
      );
    case 'accepted':
      if (kind === 'lend') {
        return said(
          `You carry ${what} for ${by} until ${lastDay(handoff)}. It goes back by itself then.`,
          readButton(id),
          returnButton(id, true),
        );
      }
      if (kind === 'work') {
        return said(
          `You took ${what} over from ${by}${dueWords(handoff)}.`,
          readButton(id),
          doneButton(id),
          dropButton(id),
        );
      }
      return said(takenWords(handoff), readButton(id));
    case 'overlap':
    case 'completed':
      if (kind === 'lend')
        return said(`${what} went back to ${by}${onDay(handoff.endedAt, to)}. Thank you.`, readButton(id));
      if (kind === 'work')
        return said(`${what} is done${onDay(handoff.endedAt, to)}. Thank you.`, readButton(id));
      return said(takenWords(handoff), ...(kind === 'back' ? [] : [readButton(id)]));
    case 'declined':
      if (kind === 'back') return said(`${what} stays with ${by}.`);
      if (kind === 'ask' && handoff.words.whyItMatters === null) return said(`${what} stays with ${by}.`);
      return said(`You declined ${what}${onDay(handoff.endedAt, to)}. ${staysWords(handoff)}`);
    case 'withdrawn':
      if (kind === 'work' && handoff.acceptedAt !== null)
        return said(notNeededWords(handoff, to), readButton(id));
      if (isRequest && handoff.words.whyItMatters === null)
        return said(`You withdrew your wish for ${what}.`);
      return said(`${by} withdrew the offer of ${what}. Nothing is asked of you.`);
    case 'expired':
      if (isRequest && handoff.words.whyItMatters === null) {
        return said(`Your wish for ${what} waited for ten working days and is over now. You can ask again.`);
      }
      return said(`The offer of ${what} waited long and is over now. Nothing is asked of you.`);
  }
}

/** The same for the sender: who answers for the brief. */
export function senderNote(handoff: Handoff): Content {
  const { id, kind, state, sender, to } = handoff;
  const what = named(handoff);
  const receiver = personMention(to);
  const buttons = waitingButtons(handoff, sender.id);
  switch (state) {
    case 'draft':
      return said(`${what} is prepared for ${receiver}. Nobody knows of it yet.`);
    case 'asked':
      return requestNote(handoff);
    case 'offered':
      return said(`${offeredWords(handoff)} ${waitsWords(handoff)}`, ...buttons);
    case 'changes-suggested':
      return said(
        [`${receiver} suggested changes to the brief of ${what}:`, quoted(handoff.suggestion ?? '')].join(
          '\n',
        ),
        ...buttons,
      );
    case 'accepted':
      if (kind === 'lend') {
        return said(
          `${receiver} carries ${what} until ${lastDay(handoff)}. You stay accountable, and it comes back by itself.`,
          returnButton(id, false),
          readButton(id),
        );
      }
      if (kind === 'work') {
        const words = `${receiver} took ${what} over${dueWords(handoff)}.`;
        return said(words, doneButton(id), dropButton(id), readButton(id));
      }
      return said(acceptedWords(handoff), readButton(id));
    case 'overlap':
    case 'completed':
      if (kind === 'lend')
        return said(`${what} came back to you${onDay(handoff.endedAt, sender)}.`, readButton(id));
      if (kind === 'work') {
        const words = `${what}, which ${receiver} took over, was done${onDay(handoff.endedAt, sender)}.`;
        return said(words, readButton(id));
      }
      return said(acceptedWords(handoff), readButton(id));
    case 'declined':
      return said(`${offeredPast(handoff)}: declined${onDay(handoff.endedAt, sender)}.`);
    case 'withdrawn':
      if (kind === 'work' && handoff.acceptedAt !== null)
        return said(notNeededWords(handoff, sender), readButton(id));
      return said(`You withdrew the offer of ${what} to ${receiver}.`);
    case 'expired':
      return said(`${offeredPast(handoff)}: no answer, so the offer is over. ${staysWithYou(handoff)}`);
  }
}

/**
 * The same for a loan whose rock has another owner than the one who lent it: it goes back to whoever owns it now, and
 * the one who lent it has nothing to take back.
 */
export function inheritedLoanNotes(
  handoff: Handoff,
  owner: { slackId: string | null; name: string },
): { receiver: Content; sender: Content } {
  const { id, state, to, sender, endedAt } = handoff;
  const what = named(handoff);
  const by = personMention(owner);
  if (state === 'accepted') {
    const goesBack = `${by} owns it now, and it goes back to them by itself.`;
    return {
      receiver: said(
        `You carry ${what} until ${lastDay(handoff)}. ${goesBack}`,
        readButton(id),
        returnButton(id, true),
      ),
      sender: said(
        `${personMention(to)} carries ${what} until ${lastDay(handoff)}. ${goesBack}`,
        readButton(id),
      ),
    };
  }
  return {
    receiver: said(`${what} went back to ${by}${onDay(endedAt, to)}. Thank you.`, readButton(id)),
    sender: said(`${what} went back to ${by}${onDay(endedAt, sender)}, who owns it now.`, readButton(id)),
  };
}
