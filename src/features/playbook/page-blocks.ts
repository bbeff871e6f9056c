import type { Button, KnownBlock } from '@slack/types';
import { actions, button, type Content, context, header, sections } from '../../platform/slack/elements.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Page } from './core/page.ts';
import { sourceName } from './core/sources.ts';

/** Buttons below a page; the value of each is the page's key. */
export const pageActions = {
  copy: 'playbook:copy',
  change: 'playbook:change',
  calendar: 'playbook:calendar',
  /** Goes to another part of a long page: its key and the part's number. */
  turn: 'playbook:turn',
};

/** As many characters of a page stand in one message, so that what stands around them has room. */
const roomInAMessage = 6_000;

/** One page as people read it; a long one in parts. `mayWrite`: whether the reader may copy and change pages. */
export function pageBlocks(
  page: Page,
  { mayWrite, part = 0 }: { mayWrite: boolean; part?: number },
): Content {
  const parts = inParts(linesOf(page));
  const at = Math.min(part, parts.length - 1);
  const lines = parts[at] ?? [];
  const whose = page.id === null ? 'This page comes with Cairn.' : 'A page of your own.';
  const where = parts.length === 1 ? '' : ` Part ${at + 1} of ${parts.length}.`;
  const note = `${whose} Its key is \`${page.key}\`.${where}`;
  const blocks: KnownBlock[] = [header(page.name), context(note), ...sections(lines)];
  const turning = [
    ...(at > 0 ? [button('Back', `${pageActions.turn}/back`, `${page.key} ${at - 1}`)] : []),
    ...(at + 1 < parts.length ? [button('More', `${pageActions.turn}/more`, `${page.key} ${at + 1}`)] : []),
  ];
  const buttons = [...turning, ...doing(page, mayWrite)];
  if (buttons.length > 0) blocks.push(actions(...buttons));
  const text = [inline(page.name), note, ...lines].join('\n').replaceAll(/[*`]/g, '');
  return { text, blocks };
}

function doing({ id, key }: Page, mayWrite: boolean): Button[] {
  const isOwn = id !== null;
  return [
    ...(isOwn ? [button('Put on the calendar', pageActions.calendar, key)] : []),
    ...(isOwn && mayWrite ? [button('Change', pageActions.change, key)] : []),
    ...(mayWrite ? [button('Copy and change', pageActions.copy, key)] : []),
  ];
}

function linesOf(page: Page): string[] {
  return [
    inline(page.purpose),
    ...list('Inputs', page.inputs),
    ...list('Agenda', page.agenda, true),
    ...list('Outputs', page.outputs),
    ...list('Roles', page.roles),
    ...list('Timing', page.timing === null ? [] : [page.timing]),
    ...list('What it asks', page.questions),
    ...list('What is gathered for it', page.sources.map(sourceName)),
  ];
}

function list(title: string, lines: readonly string[], isNumbered = false): string[] {
  if (lines.length === 0) return [];
  return [
    `*${title}*`,
    ...lines.map((line, index) => `${isNumbered ? `${index + 1}.` : '•'} ${inline(line)}`),
  ];
}

function inParts(lines: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > roomInAMessage) {
      parts.push([]);
      length = line.length + 1;
    }
    parts.at(-1)?.push(line);
  }
  return parts;
}
