import { checkBlocks, textLength } from '../../src/playground/fake-slack/blocks/check.ts';
import { inSlacksWords, type Problem } from '../../src/playground/fake-slack/blocks/problem.ts';
import { checkHome, checkModal } from '../../src/playground/fake-slack/blocks/view.ts';
import { limits } from '../../src/playground/fake-slack/limits.ts';

/**
 * What Slack would refuse in a message; empty when nothing. One of the outbox may be edited, for which Slack
 * takes less text; an answer to a command is not.
 */
export function messageProblems(
  { text, blocks }: { text: string; blocks: unknown[] },
  kind: 'outbox' | 'answer' = 'outbox',
): string[] {
  const problems: string[] = [];
  const checked = checkBlocks('message', blocks, ['blocks']);
  if (!checked.ok) problems.push(...checked.problems.map(inSlacksWords));
  if (text.trim() === '') problems.push('no_text');
  const most = kind === 'outbox' ? limits.message.updateText : limits.message.text;
  if (text.length > most) problems.push(`msg_too_long: ${text.length}`);
  // Below the fake's own bound, which is where reports of refusals begin.
  const all = textLength(blocks);
  if (all > 10_000) problems.push(`msg_blocks_too_long: ${all}`);
  return [...problems, ...pings(text), ...pings(mrkdwnIn(blocks))];
}

/** What Slack would refuse in a modal. */
export function modalProblems(view: unknown): string[] {
  const checked = checkModal(view);
  const problems: Problem[] = checked.ok ? [] : checked.problems;
  const bytes = Buffer.byteLength(JSON.stringify(view));
  const tooLarge = bytes > limits.view.bytes ? [`view_too_large: ${bytes}`] : [];
  return [...problems.map(inSlacksWords), ...tooLarge, ...pings(mrkdwnIn(view))];
}

/** What Slack would refuse in a Home, and, as in a message, more text than it is known to take. */
export function homeProblems(view: { blocks: unknown[] }): string[] {
  const checked = checkHome(view);
  const problems = checked.ok ? [] : checked.problems.map(inSlacksWords);
  const all = textLength(view.blocks);
  if (all > 12_000) problems.push(`too much text: ${all}`);
  return [...problems, ...pings(mrkdwnIn(view.blocks))];
}

/** Mentions that reach everybody: Cairn never writes one, so each comes from what somebody typed. */
function pings(text: string): string[] {
  return Array.from(text.matchAll(/<!(?:channel|here|everyone)[^>]*>/g), ([found]) => `a raw ${found}`);
}

/** The texts that Slack formats; in plain ones, such as a button's, nothing pings. */
function mrkdwnIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return String(value.text);
  return Object.values(value).map(mrkdwnIn).join('\n');
}
