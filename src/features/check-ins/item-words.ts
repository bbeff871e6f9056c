import { inline, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { healthWords } from '../okrs/core/health.ts';
import { type KeyResult, valueWords } from '../okrs/core/key-result.ts';
import { type CheckIn, healthOfAnswer, type PromptItem, type WhyAsked } from './core/check-in.ts';

/** A message lists this many key results; the rest is counted, so that Slack's limits are never met. */
export const mostListed = 15;
const longestLine = 500;

/** A value with its unit, which is somebody's words too. */
export function words(value: number, keyResult: Pick<KeyResult, 'type' | 'unit'>): string {
  return inline(valueWords(value, keyResult));
}

/** "• Failed payment rate  3.1 % → 2.9 %, confidence 7 → 8, at risk": one answer, with what it changes. */
export function answerLine({ keyResult, answer, previous }: PromptItem): string {
  const title = `*${inline(keyResult.title)}*`;
  if (answer === null) return `• ${title}`;
  const health = healthOfAnswer(answer, keyResult.commitment);
  const { mark, words: said } = healthWords[health];
  const overruled = answer.health === null ? '' : ' by their own word';
  return `${mark} ${title}  ${moved(keyResult, answer, previous)}, confidence ${confidenceWords(answer, previous)}, ${said}${overruled}`;
}

function moved(keyResult: KeyResult, answer: CheckIn, previous: CheckIn | null): string {
  const now = words(answer.value, keyResult);
  const from = previous?.value;
  return from === undefined || from === answer.value ? now : `${words(from, keyResult)} → ${now}`;
}

function confidenceWords(answer: CheckIn, previous: CheckIn | null): string {
  if (previous === null || previous.confidence === answer.confidence) return String(answer.confidence);
  return `${previous.confidence} → ${answer.confidence}`;
}

/** For whom somebody stands in; nothing of what they own. */
export function standInWords(
  why: WhyAsked,
  mention: (of: { slackId: string | null; name: string }) => string,
): string {
  if (why.as === 'owner') return '';
  return why.standsInFor === null
    ? '\n   You stand in here: nobody owns it.'
    : `\n   You stand in for ${mention(why.standsInFor)} here.`;
}

/** As many lines as a message lists, each cut to a bearable length; then, how many there are more. */
export function listed<Item>(
  items: readonly Item[],
  line: (item: Item, before: Item | undefined) => string,
): string[] {
  const lines = items
    .slice(0, mostListed)
    .map((item, nth) => shortenedMrkdwn(line(item, items[nth - 1]), longestLine));
  if (items.length > mostListed) lines.push(`… and ${items.length - mostListed} more.`);
  return lines;
}

/** "one key result", "3 key results". */
export function countOf(number: number): string {
  return number === 1 ? 'one key result' : `${number} key results`;
}
