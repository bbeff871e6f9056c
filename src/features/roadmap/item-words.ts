import type { Temporal } from 'temporal-polyfill';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import type { Item, Slip, Supported } from './core/item.ts';
import { priorityWords } from './core/priority.ts';
import { dayWords, dueWords, outcomeWords } from './core/words.ts';

const longestLine = 240;
const longestWords = 190;

/** "*Smart retries* `smart-retries`": an item as answers name it. */
export function nameOf({ title, key }: { title: string; key: string }): string {
  return `*${inline(title)}* \`${inline(key)}\``;
}

/** An item in a list: who and when in one line, what for and of whom in the next. */
export function itemLine(item: Item, today: Temporal.PlainDate): string {
  const due = dueWords(item, today);
  const priority = priorityWords(item);
  const first = [
    nameOf(item),
    item.owner === null ? 'nobody owns it' : personMention(item.owner),
    ...(item.team === null ? [] : [inline(item.team.name)]),
    ...(due === null ? [] : [due]),
    ...(item.outcome === null ? [] : [outcomeWords[item.outcome]]),
    ...(item.whyStopped === null ? [] : [`why: ${inline(item.whyStopped)}`]),
  ];
  const second = [
    ...(priority === null ? [] : [priority]),
    ...(item.supports === null ? [] : [`supports ${supportsWords(item.supports)}`]),
    ...(item.needs.length === 0 ? [] : [needsWords(item)]),
  ];
  const lines = [`• ${first.join(' · ')}`, ...(second.length === 0 ? [] : [`   ${second.join(' · ')}`])];
  return lines.map((line) => shortenedMrkdwn(line, longestLine)).join('\n');
}

/** "Win trust > Halve failed payments / Checkout that just works": the way from the intent down. */
export function supportsWords({ kind, titles }: Supported): string {
  const names = titles.map(inline);
  if (kind === 'line' || names.length === 1) return names.join(' > ');
  return `${names.slice(0, -1).join(' > ')} / ${names.at(-1)}`;
}

/** "needs Risk, Trips": as both sides read it. */
export function needsWords({ needs }: Pick<Item, 'needs'>): string {
  return `needs ${needs.map(({ name }) => inline(name)).join(', ')}`;
}

/** "3 Nov → 24 Nov, @ben: the provider was late". */
export function slipWords({ from, to, by, why }: Slip, today: Temporal.PlainDate): string {
  const who = by === null ? '' : `, ${personMention(by)}`;
  const said = why === null ? '' : `: ${shortenedMrkdwn(inline(why), longestWords)}`;
  return `${dayWords(from, today)} → ${dayWords(to, today)}${who}${said}`;
}

/** What is shown of somebody's longer words in a line of ours. */
export function shortWords(text: string): string {
  return shortenedMrkdwn(inline(text), longestWords);
}
