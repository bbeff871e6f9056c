import { checkBlocks, textLength } from '../../src/playground/fake-slack/blocks/check.ts';
import { inSlacksWords, type Problem } from '../../src/playground/fake-slack/blocks/problem.ts';
import { checkModal } from '../../src/playground/fake-slack/blocks/view.ts';
import { limits } from '../../src/playground/fake-slack/limits.ts';

/** What Slack would refuse in a message that is posted, edited or given to a response_url; empty when nothing. */
export function messageProblems({ text, blocks }: { text: string; blocks: unknown[] }): string[] {
  const problems: string[] = [];
  const checked = checkBlocks('message', blocks, ['blocks']);
  if (!checked.ok) problems.push(...checked.problems.map(inSlacksWords));
  if (text.trim() === '') problems.push('no_text');
  // chat.update takes less than chat.postMessage, and nearly every message is edited once.
  if (text.length > limits.message.updateText) problems.push(`msg_too_long: ${text.length}`);
  // Below the fake's own bound, which is where reports of refusals begin.
  const all = textLength(blocks);
  if (all > 10_000) problems.push(`msg_blocks_too_long: ${all}`);
  return [...problems, ...pings(JSON.stringify([text, blocks]))];
}

/** What Slack would refuse in a modal. */
export function modalProblems(view: unknown): string[] {
  const checked = checkModal(view);
  const problems: Problem[] = checked.ok ? [] : checked.problems;
  const text = JSON.stringify(view);
  const bytes = Buffer.byteLength(text);
  const tooLarge = bytes > limits.view.bytes ? [`view_too_large: ${bytes}`] : [];
  return [...problems.map(inSlacksWords), ...tooLarge, ...pings(text)];
}

/** Mentions that reach everybody: Cairn never writes one, so each comes from what somebody typed. */
function pings(json: string): string[] {
  return Array.from(json.matchAll(/<!(?:channel|here|everyone)[^>]*>/g), ([found]) => `a raw ${found}`);
}
