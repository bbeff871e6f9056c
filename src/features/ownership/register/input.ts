import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Submission } from '../../../platform/slack/calls.ts';
import { spoken, type Word } from '../../../platform/slack/command-text.ts';
import {
  type Discipline,
  disciplines,
  importances,
  isWeight,
  longest,
  rockTypes,
} from '../core/rock-fields.ts';
import { type RockEntry, readAliases, readLinks, readName, type Typed } from './core/entry.ts';
import type { Split } from './core/split.ts';

export const verbs = [
  'add',
  'edit',
  'take',
  'set-down',
  'split',
  'merge',
  'retire',
  'bring-back',
  'confirm',
  'history',
  'list',
] as const;
export type Verb = (typeof verbs)[number];

/** A verb and, after it, what it is about: its words, and all of them as one text. */
export type Asked = { verb: Verb; rest: readonly Word[]; text: string };

/** `edit payments`. Null for an unknown verb. */
export function readVerb(words: readonly Word[]): Asked | null {
  const [first, ...rest] = words;
  if (first?.kind !== 'word' || first.isQuoted) return null;
  const typed = first.text.toLowerCase().replace('_', '-');
  const verb = verbs.find((it) => it === typed || it.replace('-', '') === typed);
  return verb === undefined ? null : { verb, rest, text: spoken(rest) };
}

/** `billing into payments`: a rock, and the one that it goes into; null where nothing stands on both sides of `into`. */
export function readInto(words: readonly Word[]): { text: string; into: string } | null {
  const at = words.findLastIndex(
    (word) => word.kind === 'word' && !word.isQuoted && word.text.toLowerCase() === 'into',
  );
  const [text, into] = [spoken(words.slice(0, at)), spoken(words.slice(at + 1))];
  return at < 0 || text === '' || into === '' ? null : { text, into };
}

/** `payments @ben`: a rock, and who shall carry it; null: nobody is named. */
export function readRockFor(words: readonly Word[]): {
  text: string;
  person: Extract<Word, { kind: 'person' }> | null;
} {
  const last = words.at(-1);
  return last?.kind === 'person'
    ? { text: spoken(words.slice(0, -1)), person: last }
    : { text: spoken(words), person: null };
}

/** A form as it was sent off: people and channel by their Slack ids, to be looked up. */
export type RockForm = Pick<
  RockEntry,
  | 'name'
  | 'summary'
  | 'aliases'
  | 'links'
  | 'teamId'
  | 'type'
  | 'discipline'
  | 'importance'
  | 'weight'
  | 'visibility'
> & {
  owner: string | null;
  backups: string[];
  contributors: string[];
  contribution: Discipline;
  viewers: string[];
  channel: string | null;
  /** The id of a line of the strategy, to be looked up. */
  supports: string | null;
};

/** Takes what was typed in a field, or keeps the words for it beside that field. */
function readingInto(errors: Record<string, string>) {
  return <T>(field: string, typed: Typed<T>, otherwise: T): T => {
    if (typed.ok) return typed.value;
    errors[field] = typed.words;
    return otherwise;
  };
}

const visibilities = ['workspace', 'team', 'people'] as const;

/** Reads the form of a rock, or words for each field that is wrong. `present` are the aliases that it has now. */
export function readRockForm(
  { values, lists }: Submission,
  present: readonly string[] = [],
): RockForm | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const read = readingInto(errors);
  const name = read('name', readName(values['name'] ?? null), '');
  const aliases = read('aliases', readAliases(values['aliases'] ?? null, present), []);
  const links = read('links', readLinks(values['links'] ?? null), []);
  const summary = read('summary', readProse(values['summary'], longest.summary), null);
  const weight = Number(values['weight'] ?? 1);
  if (!isWeight(weight)) errors['weight'] = 'A weight is a whole number from 1 to 5.';
  const visibility = oneOf(visibilities, values['visibility']) ?? 'workspace';
  const viewers = lists['viewers'] ?? [];
  if (visibility === 'people' && viewers.length === 0) errors['viewers'] = 'Name the people who may see it.';
  const teamId = values['team'] == null ? null : Number(values['team']);
  if (visibility === 'team' && teamId === null)
    errors['visibility'] = 'Pick its team first, or another choice here.';
  if (Object.keys(errors).length > 0) return { errors };
  const discipline = oneOf(disciplines, values['discipline']);
  return {
    name,
    summary,
    aliases,
    links,
    teamId,
    type: oneOf(rockTypes, values['type']) ?? 'area',
    discipline,
    importance: oneOf(importances, values['importance']),
    weight,
    visibility,
    owner: values['owner'] ?? null,
    backups: lists['backups'] ?? [],
    contributors: lists['contributors'] ?? [],
    contribution: oneOf(disciplines, values['contribution']) ?? discipline ?? 'engineering',
    viewers,
    channel: values['channel'] ?? null,
    supports: values['supports'] ?? null,
  };
}

function oneOf<const T extends string>(words: readonly T[], typed: string | null | undefined): T | null {
  return words.find((word) => word === typed) ?? null;
}

const ofRock = z.object({ rock: z.int().positive() });
const ofEntry = z.object({ stamp: z.string().max(50) });

export function readRockId({ metadata }: Submission): number {
  return ofRock.parse(JSON.parse(metadata)).rock;
}

/** Which entry of the register the form was filled with. */
export function readStamp({ metadata }: Submission): string {
  return ofEntry.parse(JSON.parse(metadata)).stamp;
}

/** A choice of a menu by what it says, since what it stands beside in a list may be another thing by the time it is read. */
export function choiceId(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** What of a split is typed and picked, or words for each field that is wrong. */
export function readSplitForm({
  values,
  lists,
}: Submission): { split: Split; owner: string | null } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const read = readingInto(errors);
  const second = {
    name: read('name', readName(values['name'] ?? null), ''),
    summary: read('summary', readProse(values['summary'], longest.summary), null),
  };
  const first = {
    name: read('first-name', readName(values['first-name'] ?? null), ''),
    summary: read('first-summary', readProse(values['first-summary'], longest.summary), null),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const isPicked = (field: string) => (text: string) => lists[field]?.includes(choiceId(text)) === true;
  return {
    split: {
      first,
      second,
      goesAlong: { alias: isPicked('aliases'), link: isPicked('links') },
    },
    owner: values['owner'] ?? null,
  };
}

/** Some sentences, or null where there are none. Slack holds the limit in its client; here it is held for good. */
function readProse(text: string | null | undefined, most: number): Typed<string | null> {
  const prose = text?.trim() ?? '';
  return prose.length > most
    ? { ok: false, words: `${most} characters are the most; these are ${prose.length}.` }
    : { ok: true, value: prose || null };
}

/** A reason that is needed, or words for its field. */
export function readReason({ values }: Pick<Submission, 'values'>): Typed<string> {
  const reason = readProse(values['reason'], longest.reason);
  if (!reason.ok) return reason;
  return reason.value === null
    ? { ok: false, words: 'A sentence is enough: why?' }
    : { ok: true, value: reason.value };
}
