import type { Temporal } from 'temporal-polyfill';
import { dateWords, dayWords } from '../../platform/core/time-words.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { personMention, quoted } from '../../platform/slack/mrkdwn.ts';
import { doneButton, named, readButton, returnButton, said, waitingButtons } from './blocks.ts';
import type { Handoff, Party } from './core/handoff.ts';

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
        return said(`You took ${what} over from ${by}${dueWords(handoff)}.`, readButton(id), doneButton(id));
      }
      return said(takenWords(handoff), readButton(id));
    case 'overlap':
    case 'completed':
      if (kind === 'lend') return said(`${what} went back to ${by}${onDay(handoff.endedAt, to)}. Thank you.`);
      if (kind === 'work')
        return said(`${what} is done${onDay(handoff.endedAt, to)}. Thank you.`, readButton(id));
      return said(takenWords(handoff), ...(kind === 'back' ? [] : [readButton(id)]));
    case 'declined':
      if (kind === 'back') return said(`${what} stays with ${by}.`);
      if (kind === 'ask' && handoff.words.whyItMatters === null) return said(`${what} stays with ${by}.`);
      return said(`You declined ${what}${onDay(handoff.endedAt, to)}. ${staysWords(handoff)}`);
    case 'withdrawn':
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
        );
      }
      if (kind === 'work') return said(`${receiver} took ${what} over${dueWords(handoff)}.`, doneButton(id));
      return said(`${offeredPast(handoff)}: accepted${onDay(handoff.acceptedAt, sender)}.`);
    case 'overlap':
    case 'completed':
      if (kind === 'lend') return said(`${what} is back with you${onDay(handoff.endedAt, sender)}.`);
      if (kind === 'work')
        return said(`${receiver} had taken over ${what}: done${onDay(handoff.endedAt, sender)}.`);
      return said(`${offeredPast(handoff)}: accepted${onDay(handoff.acceptedAt, sender)}.`);
    case 'declined':
      return said(`${offeredPast(handoff)}: declined${onDay(handoff.endedAt, sender)}.`);
    case 'withdrawn':
      return said(`You withdrew the offer of ${what} to ${receiver}.`);
    case 'expired':
      return said(`${offeredPast(handoff)}: no answer, so the offer is over. ${staysWithYou(handoff)}`);
  }
}

/** To whoever is asked for a rock, or carries one that is assigned to somebody else. */
export function requestNote(handoff: Handoff): Content {
  const { kind, state, from, to } = handoff;
  const what = named(handoff);
  const receiver = personMention(to);
  const reader = from ?? to;
  if (kind === 'assign') return assignedNote(handoff);
  switch (state) {
    case 'asked': {
      const wish =
        kind === 'back'
          ? `${receiver} would like to have ${what} back.`
          : `${receiver} would like to carry ${what}, and asks you for it.`;
      const words = kind === 'ask' && handoff.reason !== null ? `\n${quoted(handoff.reason)}` : '';
      const hint = kind === 'back' ? 'Read why, then decide.' : 'It stays yours unless you hand it over.';
      return said(`${wish}${words}\n${hint}`, ...waitingButtons(handoff, reader.id));
    }
    case 'declined':
      return said(`${receiver} asked you for ${what}. It stays with you.`);
    case 'withdrawn':
      return said(`${receiver} asked you for ${what} and has withdrawn it. Nothing is asked of you.`);
    case 'expired':
      return said(`${receiver} asked you for ${what}. That is over now, and it stays with you.`);
    case 'draft':
    case 'offered':
    case 'changes-suggested':
    case 'accepted':
    case 'overlap':
    case 'completed':
      return said(
        kind === 'back'
          ? `${receiver} has ${what} back${onDay(handoff.acceptedAt, reader)}. Thank you for carrying it.`
          : `${receiver} asked you for ${what}, and you hand it over.`,
      );
  }
}

function assignedNote(handoff: Handoff): Content {
  const { state, sender, to } = handoff;
  const what = named(handoff);
  const by = personMention(sender);
  const receiver = personMention(to);
  if (state === 'overlap' || state === 'completed' || state === 'accepted') {
    return said(`${receiver} carries ${what} now, as ${by} wished. Thank you for carrying it so far.`);
  }
  if (state === 'offered' || state === 'changes-suggested' || state === 'draft' || state === 'asked') {
    return said(
      `${by} would like ${receiver} to carry ${what} from now on, and has asked them. It stays yours until they accept. Talk to ${by} if that surprises you.`,
    );
  }
  return said(`${by} would have liked ${receiver} to carry ${what}. It stays with you after all.`);
}

/** "Ana would like to hand Payments over to you." */
export function offerWords(handoff: Handoff): string {
  const what = named(handoff);
  const by = personMention(handoff.sender);
  switch (handoff.kind) {
    case 'give':
    case 'back':
      return `${by} would like to hand ${what} over to you.`;
    case 'ask':
      return `${by} hands ${what} over to you, as you asked.`;
    case 'lend':
      return `${by} would like to lend you ${what} until ${lastDay(handoff)}. It stays theirs, and goes back by itself.`;
    case 'assign': {
      const now =
        handoff.from === null ? 'Nobody carries it now.' : `${personMention(handoff.from)} carries it now.`;
      return `${by} would like you to carry ${what}. ${now}`;
    }
    case 'work':
      return `${by} would like to hand you a piece of work: ${what}${dueWords(handoff)}.`;
  }
}

function offerHint({ words }: Handoff): string {
  return words.whyItMatters === null
    ? 'The brief has the facts. Read it, then decide.'
    : 'The brief says why it matters, where it stands and what comes next. Read it, then decide.';
}

function offeredWords(handoff: Handoff): string {
  const what = named(handoff);
  const receiver = personMention(handoff.to);
  if (handoff.kind === 'lend') return `You offered to lend ${what} to ${receiver} until ${lastDay(handoff)}.`;
  if (handoff.kind === 'assign') return `You asked ${receiver} to carry ${what}.`;
  return `You offered ${what} to ${receiver}${dueWords(handoff)}.`;
}

function offeredPast(handoff: Handoff): string {
  const what = named(handoff);
  const receiver = personMention(handoff.to);
  if (handoff.kind === 'assign') return `You asked ${receiver} to carry ${what}`;
  return `You offered ${what} to ${receiver}`;
}

function waitsWords({ kind, from }: Handoff): string {
  if (kind === 'assign') {
    return from === null ? 'Nobody carries it until they accept.' : 'It stays where it is until they accept.';
  }
  return kind === 'lend' ? 'You stay accountable for it.' : 'It stays yours until they accept.';
}

/** "You took Payments over from Ana on 5 October 2026. It is yours now." */
function takenWords(handoff: Handoff): string {
  const { from, to, acceptedAt, overlapUntil, kind } = handoff;
  const on = onDay(acceptedAt, to);
  if (from === null) return `You took ${named(handoff)} over${on}. It is yours now.`;
  const giver = personMention(from);
  if (kind === 'back') return `You have ${named(handoff)} back from ${giver}${on}. It is yours now.`;
  const helps =
    overlapUntil === null || handoff.state !== 'overlap' || handoff.overlapDays === 0
      ? ''
      : ` ${giver} still helps with what was before, until ${dayWords(overlapUntil, to.timezone)}.`;
  return `You took ${named(handoff)} over from ${giver}${on}. It is yours now.${helps}`;
}

function staysWords({ from, kind, sender }: Handoff): string {
  if (kind === 'assign') return from === null ? '' : `It stays with ${personMention(from)}.`;
  return `It stays with ${personMention(sender)}.`;
}

function staysWithYou({ kind, from }: Handoff): string {
  if (kind === 'assign')
    return from === null ? 'Nobody carries it yet.' : `It stays with ${personMention(from)}.`;
  return 'It stays with you.';
}

export function lastDay({ untilOn }: Handoff): string {
  return untilOn === null ? 'it is over' : dateWords(untilOn);
}

function dueWords({ dueOn }: Handoff): string {
  return dueOn === null ? '' : `, by ${dateWords(dueOn)}`;
}

function onDay(at: Temporal.Instant | null, reader: Party): string {
  return at === null ? '' : ` on ${dayWords(at, reader.timezone)}`;
}
