import { normalName } from '../../core/names.ts';
import type { Visibility } from '../../core/rock.ts';
import {
  type Discipline,
  type Importance,
  isFindable,
  isWebAddress,
  longest,
  most,
  type RockType,
} from '../../core/rock-fields.ts';

/** What the form of a rock says; people, team and channel are ids of ours. */
export type RockEntry = {
  name: string;
  summary: string | null;
  aliases: string[];
  links: { label: string; url: string }[];
  backups: number[];
  contributors: { person: number; discipline: string }[];
  teamId: number | null;
  channelId: number | null;
  /** The line of the strategy that it supports. */
  lineId: number | null;
  type: RockType;
  discipline: Discipline | null;
  importance: Importance | null;
  weight: number;
  visibility: Visibility;
  viewers: number[];
};

/** What the form of a rock offers: the teams, lines of the strategy, and the Slack id of its own channel. */
export type FormChoices = {
  teams: { id: number; name: string }[];
  lines: { id: number; name: string }[];
  channel: string | null;
};

/** Words beside a field: what is wrong with what was typed there, without formatting. */
export type Typed<T> = { ok: true; value: T } | { ok: false; words: string };

const right = <T>(value: T): Typed<T> => ({ ok: true, value });
const wrong = (words: string): Typed<never> => ({ ok: false, words });

/** A name that people can find it by. */
export function readName(text: string | null): Typed<string> {
  const name = text?.replace(/\s+/g, ' ').trim() ?? '';
  if (name === '') return wrong('Give it a name, such as Payments.');
  if (name.length > longest.name)
    return wrong(`A name has ${longest.name} characters at most; this one has ${name.length}.`);
  return isFindable(name) ? right(name) : wrong('That has no letter or digit to be found by.');
}

/**
 * Other names, one a line or between commas. A line that is one of `present` is left whole: a name that a file has
 * brought in may have a comma in it.
 */
export function readAliases(text: string | null, present: readonly string[] = []): Typed<string[]> {
  const aliases = (text ?? '')
    .split('\n')
    .flatMap((line) => (present.includes(line.trim()) ? [line] : line.split(/[,;]/)))
    .map((alias) => alias.replace(/\s+/g, ' ').trim())
    .filter((alias) => alias !== '');
  if (aliases.length > most.aliases)
    return wrong(`${most.aliases} other names are the most; these are ${aliases.length}.`);
  const seen = new Set<string>();
  for (const alias of aliases) {
    if (alias.length > longest.alias)
      return wrong(`“${alias.slice(0, 30)}…” is too long; ${longest.alias} characters are the most.`);
    if (!isFindable(alias)) return wrong(`“${alias}” has no letter or digit to be found by.`);
    const normal = normalName(alias);
    if (seen.has(normal)) return wrong(`“${alias}” stands there twice.`);
    seen.add(normal);
  }
  return right(aliases);
}

/** Links, one a line: an address alone, or words and then the address. */
export function readLinks(text: string | null): Typed<{ label: string; url: string }[]> {
  const lines = (text ?? '').split('\n').map((line) => line.trim());
  const links: { label: string; url: string }[] = [];
  for (const line of lines.filter((it) => it !== '')) {
    const [, words = '', url = ''] = /^(.*?)\s*<?(\S+?)>?$/.exec(line) ?? [];
    if (!isWebAddress(url) || url.length > longest.linkUrl)
      return wrong(`“${url.slice(0, 60)}” is not a web address. Begin it with https:// or http://.`);
    const label = words.replace(/[\s:–-]+$/, '').trim();
    if (label.length > longest.linkLabel)
      return wrong(`“${label.slice(0, 30)}…” is too long; ${longest.linkLabel} characters are the most.`);
    links.push({ label: label === '' ? new URL(url).host : label, url });
  }
  return links.length > most.links
    ? wrong(`${most.links} links are the most; these are ${links.length}.`)
    : right(links);
}

/** The most characters of a text field in Slack. */
export const longestField = 3_000;

type Link = { label: string; url: string };

/** Links as a form shows them, a line each. Those for which a field has no room are `kept`, and stay as they are. */
export function linkLines(links: readonly Link[]): { shown: string; kept: readonly Link[] } {
  let shown = '';
  for (const [index, { label, url }] of links.entries()) {
    const next = `${shown}${index === 0 ? '' : '\n'}${label} ${url}`;
    if (next.length > longestField) return { shown, kept: links.slice(index) };
    shown = next;
  }
  return { shown, kept: [] };
}

const longestKey = 60;

/** What the key of something of this name begins with: a-z, 0-9 and hyphens; `otherwise` where none of them is in it. */
export function keyBase(name: string, otherwise = 'rock'): string {
  return (
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, longestKey)
      .replace(/^-+|-+$/g, '') || otherwise
  );
}

/**
 * The key of a new rock, from its name: none of the keys that there are, and nothing that an alias of another rock,
 * as names are compared, would lead away from it.
 */
export function keyFor(
  name: string,
  taken: { keys: ReadonlySet<string>; aliases: ReadonlySet<string> },
): string {
  const base = keyBase(name);
  const isFree = (key: string) => !taken.keys.has(key) && !taken.aliases.has(normalName(key));
  let key = base;
  for (let number = 2; !isFree(key); number += 1) key = `${base}-${number}`;
  return key;
}
