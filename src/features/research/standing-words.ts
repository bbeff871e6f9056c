import type { Temporal } from 'temporal-polyfill';
import { inline, personMention, shortened, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Account, Standing, Talk, Wait, Who } from './core/account.ts';
import { daysIn, daysLeft } from './core/cool-down.ts';
import { turnIn } from './core/queue.ts';
import { counted, dayMonth } from './core/words.ts';

/** For whom, and in which zone, something is told. */
export type Reader = { id: number; timezone: string };

/** The same as blocks say, within what Slack takes as the text of a message. */
export function plainWords(lines: readonly string[]): string {
  return shortenedMrkdwn(lines.join('\n').replaceAll('*', ''), 3_500);
}

/** Whether an account should be left in peace: who asked it last, its rest, who has the turn, and who waits. */
export function standingWords(standing: Standing, reader: Reader): string {
  const { account, last, waits, today } = standing;
  const left = daysLeft(last?.on ?? null, account.coolDown, today);
  const turn = turnIn(waits);
  const isFree = left === 0 && waits.length === 0;
  return [
    lastWords(account, last, today),
    ...restWords(account, last, left),
    ...(turn === undefined ? [] : [turnWords(turn, reader, today)]),
    ...waitingWords(waits, reader),
    ...(isFree ? ['You can ask them now.'] : []),
  ].join(' ');
}

function lastWords(account: Account, last: Talk | null, today: Temporal.PlainDate): string {
  const name = `*${inline(account.name)}*`;
  if (last === null) return `${name} has not been contacted yet, as far as anybody wrote down.`;
  const about = inline(shortened(last.topic, 100));
  return `${name} was last contacted by ${personMention(last.by)} on ${dayMonth(last.on, today)}, about ${about}.`;
}

function restWords({ coolDown }: Account, last: Talk | null, left: number): string[] {
  const days = daysIn(coolDown);
  if (last === null || days === 0) return [];
  const rest = `its ${days === 1 ? "1 day's" : `${days} days'`} rest`;
  return left === 0
    ? [`${rest.replace('its', 'Its')} is over.`]
    : [`${counted(left, 'day')} ${left === 1 ? 'is' : 'are'} left of ${rest}.`];
}

function turnWords(turn: Wait, reader: Reader, today: Temporal.PlainDate): string {
  const until =
    turn.until === null
      ? ''
      : ` until ${dayMonth(turn.until.toZonedDateTimeISO(reader.timezone).toPlainDate(), today)}`;
  const isOwn = turn.person.id === reader.id;
  const who = personMention(turn.person);
  if (turn.isTaken) return isOwn ? `It is yours to contact them${until}.` : `${who} contacts them${until}.`;
  return isOwn ? `It is your turn${until}.` : `It is the turn of ${who}${until}.`;
}

function waitingWords(waits: readonly Wait[], reader: Reader): string[] {
  const waiting = waits.filter(({ state }) => state === 'waiting');
  const place = waiting.findIndex(({ person }) => person.id === reader.id);
  if (place >= 0) {
    return waiting.length === 1
      ? ['You wait for it.']
      : [`You are number ${place + 1} of ${waiting.length} who wait.`];
  }
  const words = namesOf(waiting.map(({ person }) => person));
  return words === null ? [] : [`${words} ${waiting.length === 1 ? 'waits' : 'wait'}.`];
}

/** "Ben", "Ben and one more", "Ben and 4 more". */
function namesOf(people: readonly Who[]): string | null {
  const [first, ...more] = people;
  if (first === undefined) return null;
  const rest = more.length === 1 ? 'one' : String(more.length);
  return more.length === 0 ? personMention(first) : `${personMention(first)} and ${rest} more`;
}
