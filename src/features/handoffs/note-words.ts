import type { Temporal } from 'temporal-polyfill';
import { dateWords, dayWords } from '../../platform/core/time-words.ts';
import { personMention } from '../../platform/slack/mrkdwn.ts';
import { named } from './blocks.ts';
import type { Handoff, Party } from './core/handoff.ts';

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

export function offerHint({ words }: Handoff): string {
  return words.whyItMatters === null
    ? 'The brief has the facts. Read it, then decide.'
    : 'The brief says why it matters, where it stands and what comes next. Read it, then decide.';
}

export function offeredWords(handoff: Handoff): string {
  const what = named(handoff);
  const receiver = personMention(handoff.to);
  if (handoff.kind === 'lend') return `You offered to lend ${what} to ${receiver} until ${lastDay(handoff)}.`;
  if (handoff.kind === 'assign') return `You asked ${receiver} to carry ${what}.`;
  return `You offered ${what} to ${receiver}${dueWords(handoff)}.`;
}

export function offeredPast(handoff: Handoff): string {
  const what = named(handoff);
  const receiver = personMention(handoff.to);
  if (handoff.kind === 'assign') return `You asked ${receiver} to carry ${what}`;
  return `You offered ${what} to ${receiver}`;
}

export function acceptedWords(handoff: Handoff): string {
  return `${offeredPast(handoff)}: accepted${onDay(handoff.acceptedAt, handoff.sender)}.`;
}

export function notNeededWords(handoff: Handoff, { timezone }: Party): string {
  const since = handoff.endedAt === null ? '' : ` since ${dayWords(handoff.endedAt, timezone)}`;
  return `Nobody needs ${named(handoff)} any more${since}.`;
}

export function waitsWords({ kind, from }: Handoff): string {
  if (kind === 'assign') {
    return from === null ? 'Nobody carries it until they accept.' : 'It stays where it is until they accept.';
  }
  return kind === 'lend' ? 'You stay accountable for it.' : 'It stays yours until they accept.';
}

/** "You took Payments over from Ana on 5 October 2026. It is yours now." */
export function takenWords(handoff: Handoff): string {
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

export function staysWords({ from, kind, sender }: Handoff): string {
  if (kind === 'assign') return from === null ? '' : `It stays with ${personMention(from)}.`;
  return `It stays with ${personMention(sender)}.`;
}

export function staysWithYou({ kind, from }: Handoff): string {
  if (kind === 'assign')
    return from === null ? 'Nobody carries it yet.' : `It stays with ${personMention(from)}.`;
  return 'It stays with you.';
}

export function lastDay({ untilOn }: Handoff): string {
  return untilOn === null ? 'it is over' : dateWords(untilOn);
}

export function dueWords({ dueOn }: Handoff): string {
  return dueOn === null ? '' : `, by ${dateWords(dueOn)}`;
}

export function onDay(at: Temporal.Instant | null, reader: Party): string {
  return at === null ? '' : ` on ${dayWords(at, reader.timezone)}`;
}
