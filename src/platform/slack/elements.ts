import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { shortened, shortenedMrkdwn } from './mrkdwn.ts';

/**
 * Limits of Slack's block parts that texts of any length can reach; see docs/architecture.md. All texts of a
 * message together are refused from about 10,000 on: `lines` leaves room for what stands around them.
 */
const limits = { text: 3000, header: 150, button: 75, context: 2000, lines: 9000 };

export type Content = { text: string; blocks: KnownBlock[] };

/** A paragraph. `mrkdwn` must have its users' parts escaped; `verbatim` keeps Slack from linking the rest. */
export function section(mrkdwn: string, accessory?: Button | StaticSelect): SectionBlock {
  const text = { type: 'mrkdwn', text: shortenedMrkdwn(mrkdwn, limits.text), verbatim: true } as const;
  return accessory === undefined ? { type: 'section', text } : { type: 'section', text, accessory };
}

/** Lines gathered into as few paragraphs as Slack's limit allows, so that none is cut. */
export function sections(lines: readonly string[]): SectionBlock[] {
  const gathered: string[] = [];
  for (const line of lines) {
    const last = gathered.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= limits.text)
      gathered[gathered.length - 1] = `${last}\n${line}`;
    else gathered.push(line);
  }
  return gathered.map((text) => section(text));
}

/** As many of the lines as one message holds beside other words; then, how many there are more of `total`. */
export function fitted(lines: readonly string[], total: number): string[] {
  let length = 0;
  const tooMany = lines.findIndex((line) => {
    length += line.length + 1;
    return length > limits.lines;
  });
  const shown = tooMany < 0 ? [...lines] : lines.slice(0, tooMany);
  if (total > shown.length) shown.push(`… and ${total - shown.length} more.`);
  return shown;
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: shortened(text, limits.header), emoji: false } };
}

/** Small print; what may be long, such as links, comes in parts, so that each has the limit to itself. */
export function context(...parts: string[]): ContextBlock {
  const text = (mrkdwn: string) => shortenedMrkdwn(mrkdwn, limits.context);
  return {
    type: 'context',
    elements: parts.map((mrkdwn) => ({ type: 'mrkdwn', text: text(mrkdwn), verbatim: true })),
  };
}

export function actions(...elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}

export function button(label: string, actionId: string, value: string, style?: 'primary' | 'danger'): Button {
  const text = { type: 'plain_text', text: shortened(label, limits.button), emoji: false } as const;
  const plain: Button = { type: 'button', text, action_id: actionId, value };
  return style === undefined ? plain : { ...plain, style };
}

/** All the characters that people read in blocks, whatever these are. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? part.length : textLength(part)),
    0,
  );
}
