import type { Crossing } from '../../src/playground/fake-slack/state/journal.ts';

/** A text that Cairn sent, and how Slack reads it. */
export type Said = { by: string; kind: 'mrkdwn' | 'plain_text'; text: string; emoji: boolean };

/** Whom and what Cairn may name in a text: what else stands in angle brackets was written by somebody. */
export type Nameable = { people: readonly string[]; channels: readonly string[]; links: readonly string[] };

/** Every text that Cairn has sent in all that crossed: in calls, in answers to commands and presses, and in modals. */
export function saidIn(log: readonly Crossing[]): Said[] {
  const said: Said[] = [];
  for (const { from, name, request, answer } of log)
    gather(read(from === 'cairn' ? request : answer), name, said);
  return said;
}

/** Blocks and views are JSON inside a form, and the answer to an interaction is JSON as it came. */
function read(value: unknown): unknown {
  if (typeof value === 'string') return /^\{/.test(value) ? JSON.parse(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const parsed = ([key, inner]: [string, unknown]) =>
    (key === 'blocks' || key === 'view') && typeof inner === 'string' ? JSON.parse(inner) : inner;
  return Object.fromEntries(Object.entries(value).map((entry) => [entry[0], parsed(entry)]));
}

function gather(value: unknown, by: string, said: Said[]): void {
  if (typeof value !== 'object' || value === null) return;
  if ('text' in value && typeof value.text === 'string') {
    const kind = 'type' in value && value.type === 'plain_text' ? 'plain_text' : 'mrkdwn';
    // Slack draws emoji in a plain text unless it is told not to.
    const emoji = !('emoji' in value) || value.emoji !== false;
    said.push({ by, kind, text: value.text, emoji });
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key !== 'text' || typeof inner !== 'string') gather(inner, by, said);
  }
}

/** Cairn marks each line of a quote; the last one may have been cut right behind its mark. */
const isQuoted = /^>(?: |…$)/;

/** What in a text pings, links or formats although Cairn did not mean it to; empty when nothing. */
export function strayIn({ kind, text, emoji }: Said, nameable: Nameable): string[] {
  if (kind === 'plain_text') return emoji ? ['names become emoji'] : [];
  const outside = text.replace(/<([^<>]*)>/g, (whole, inner: string) =>
    isMeant(inner, nameable) ? '' : whole,
  );
  const lines = outside.split('\n');
  const ours = lines.filter((line) => !isQuoted.test(line));
  return [
    ...(/</.test(outside) || lines.some((line) => line.replace(isQuoted, '').includes('>'))
      ? ['a bracket that Cairn did not set']
      : []),
    ...(/&(?!(?:amp|lt|gt);)/.test(outside) ? ['an ampersand that is not escaped, or half of one'] : []),
    ...(/[`｀]{3}/.test(outside) ? ['a block of code'] : []),
    ...(lines.some((line) => /^\s*(?:&gt;|＞)/.test(line)) ? ['a quote that Cairn did not make'] : []),
    ...(ours.some(hasStrayMark) ? ['a mark of formatting that Cairn did not set'] : []),
    ...(/[\u202a-\u202e\u2066-\u2069]/.test(ours.join('')) ? ['a turn of direction'] : []),
    ...(text.isWellFormed() ? [] : ['half a character']),
  ];
}

function isMeant(inner: string, { people, channels, links }: Nameable): boolean {
  const [target = '', label] = inner.split('|');
  if (/^@/.test(target)) return label === undefined && people.includes(target.slice(1));
  if (/^#/.test(target)) return label === undefined && channels.includes(target.slice(1));
  return label !== undefined && links.some((link) => target.startsWith(link));
}

/** Cairn sets stars around a name and backticks around what is typed, in pairs; a line that was cut has lost one. */
function hasStrayMark(line: string): boolean {
  const words = line.replace(/`[^`]*`/g, '');
  const stars = words.match(/\*/g)?.length ?? 0;
  const wide = /[~＊＿｀`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9…])/;
  return wide.test(words) || /\*\*|\*\s\*/.test(words) || (stars % 2 === 1 && !words.endsWith('…'));
}
