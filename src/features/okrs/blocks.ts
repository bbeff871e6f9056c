import { type Content, section } from '../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../platform/slack/mrkdwn.ts';
import { type KeyResult, progressOf, valueWords } from './core/key-result.ts';

/** As many lines as a list shows, and as long as each can be in one message; the rest is counted. */
const mostListed = 15;
const longestLine = 600;

/** One person's key results in the current cycle, with the objective each belongs to. */
export function keyResultsBlocks(
  person: { slackId: string | null; name: string },
  isAsker: boolean,
  keyResults: KeyResult[],
): Content {
  const who = isAsker ? 'You' : personMention(person);
  if (keyResults.length === 0) {
    const text = `${who} ${isAsker ? 'own' : 'owns'} no key result in the current cycle.`;
    return { text, blocks: [section(text)] };
  }
  const count = keyResults.length === 1 ? 'one key result' : `${keyResults.length} key results`;
  const title = `${who} ${isAsker ? 'own' : 'owns'} ${count} in the current cycle:`;
  const lines = keyResults.slice(0, mostListed).map(line);
  if (keyResults.length > mostListed) lines.push(`… and ${keyResults.length - mostListed} more.`);
  return {
    text: [title, ...lines].join('\n').replaceAll('*', ''),
    blocks: [section(title), ...lines.map((text) => section(text))],
  };
}

function line(keyResult: KeyResult): string {
  const progress = progressOf(keyResult);
  const share = progress === null ? '' : ` (${Math.round(progress * 100)} % of the way)`;
  const words = (value: number): string => inline(valueWords(value, keyResult));
  const current = keyResult.current === null ? 'no value yet' : words(keyResult.current);
  const title = `*${inline(keyResult.title)}*  ${current}, target ${words(keyResult.target)}${share}`;
  return shortenedMrkdwn(`${title}\n${inline(keyResult.objective)}`, longestLine);
}
