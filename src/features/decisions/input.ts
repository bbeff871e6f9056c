import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { readPastDate } from '../../platform/core/date-words.ts';
import { nearest } from '../../platform/core/edit-distance.ts';
import { accepted, type Result } from '../../platform/core/result.ts';
import type { Submission } from '../../platform/slack/calls.ts';
import { spoken, type Word } from '../../platform/slack/command-text.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Decision } from './core/decision.ts';
import {
  type DecisionEntry,
  type Making,
  readAbout,
  readOptions,
  readOutcome,
  readQuestion,
  readWhy,
  type Typed,
} from './core/form.ts';
import type { Question } from './core/question.ts';

export const verbs = ['open', 'list', 'show', 'change', 'help'] as const;

export type Asked =
  | { verb: 'add'; question: string }
  | { verb: 'unsure' }
  | { verb: 'open' }
  | { verb: 'list'; words: Word[] }
  | { verb: 'show' | 'change'; number: number | null };

/**
 * `/decide`, `open`, `list payments since 1 Nov`, `show 12`, `12`; anything else is the question of a new one, but a single
 * word that is nearly one of these.
 */
export function readAsked(words: readonly Word[]): Asked {
  const [first, ...rest] = words;
  const typed = first?.kind === 'word' && !first.isQuoted ? first.text.toLowerCase() : null;
  if (typed === 'list') return { verb: 'list', words: rest };
  if (typed === 'open' && rest.length === 0) return { verb: 'open' };
  if (typed === 'show' || typed === 'change') return { verb: typed, number: numberOf(spoken(rest)) };
  if (typed !== null && rest.length === 0 && numberOf(typed) !== null)
    return { verb: 'show', number: numberOf(typed) };
  if (typed !== null && rest.length === 0 && nearest(typed, verbs) !== undefined) return { verb: 'unsure' };
  return { verb: 'add', question: spoken(words) };
}

function numberOf(text: string): number | null {
  const [, digits] = /^#?(?:decision )?(\d{1,9})$/i.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** `payments since 1 Nov until Fri`: words to look for, and days. Refuses a day that cannot be read. */
export function readList(words: readonly Word[], today: Temporal.PlainDate): Result<Question> {
  const at = (word: string) =>
    words.findLastIndex((it) => it.kind === 'word' && !it.isQuoted && it.text.toLowerCase() === word);
  const [since, until] = [at('since'), at('until')];
  const ends = [since, until].filter((index) => index >= 0);
  const text = spoken(words.slice(0, ends.length === 0 ? words.length : Math.min(...ends)));
  const dayAfter = (index: number, other: number): Result<Temporal.PlainDate | null> => {
    if (index < 0) return accepted(null);
    const end = other > index ? other : words.length;
    return readPastDate(spoken(words.slice(index + 1, end)), today);
  };
  const first = dayAfter(since, until);
  if (!first.ok) return first;
  const last = dayAfter(until, since);
  if (!last.ok) return last;
  return accepted({ text: text === '' ? null : text, since: first.value, until: last.value });
}

const page = z.object({ offset: z.int().nonnegative().max(100_000), of: z.string().max(1_500) });
const date = z.string().transform((text) => Temporal.PlainDate.from(text));
const ofList = z.object({ text: z.string().nullable(), since: date.nullable(), until: date.nullable() });

/** Where a list goes on, as its button carries it. */
export function readPage(value: string): { offset: number; of: string } {
  return page.parse(JSON.parse(value));
}
export function readListed(of: string): Question {
  return ofList.parse(JSON.parse(of));
}

const ofDecision = z.object({ decision: z.int().positive() });
const stamped = z.object({ stamp: z.string().max(50) });
const sourced = z.object({
  sourceUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable(),
});

export const readDecisionId = ({ metadata }: Submission) => ofDecision.parse(JSON.parse(metadata)).decision;
export const readStamp = ({ metadata }: Submission) => stamped.parse(JSON.parse(metadata)).stamp;
export const readSource = ({ metadata }: Submission) => sourced.parse(JSON.parse(metadata)).sourceUrl;

type Errors = { errors: Record<string, string> };
/** The form as it was sent off: people by their Slack ids, to be looked up. */
export type EntryForm = Pick<
  DecisionEntry,
  'question' | 'options' | 'dueOn' | 'about' | 'teamId' | 'visibility'
> & {
  driver: string | null;
  approver: string | null;
  contributors: string[];
  informed: string[];
  viewers: string[];
};

/** Reads the form of a decision, or words for each field that is wrong. */
export function readEntry({ values, lists }: Submission): EntryForm | Errors {
  const errors: Record<string, string> = {};
  const question = taken(errors, 'question', readQuestion(values['question']), '');
  const options = taken(errors, 'options', readOptions(values['options']), []);
  if (!values['driver']) errors['driver'] = 'Who sees to it that it is made?';
  if (!values['approver']) errors['approver'] = 'Who approves it? It takes one person.';
  if (Object.keys(errors).length > 0) return { errors };
  const about = readAbout(values['about']);
  const visibility = values['visibility'];
  return {
    ...{ question, options, dueOn: dayIn(values['due']) },
    about: about === null ? [] : [about],
    teamId: idInput.safeParse(values['team']).data ?? null,
    visibility: visibility === 'team' || visibility === 'people' ? visibility : 'workspace',
    driver: values['driver'] ?? null,
    approver: values['approver'] ?? null,
    contributors: lists['contributors'] ?? [],
    informed: lists['informed'] ?? [],
    viewers: lists['viewers'] ?? [],
  };
}

export type MakingForm = { made: Making; approver: string };

/** Reads how a decision was made; `options` are those of the decision, in its order. */
export function readMaking(
  { values }: Pick<Submission, 'values'>,
  options: Decision['options'],
): MakingForm | Errors {
  const errors: Record<string, string> = {};
  const option = options[Number(values['option'] ?? -1)];
  const outcome = taken(errors, 'outcome', readOutcome(values['outcome'], option), '');
  const why = taken(errors, 'why', readWhy(values['why']), '');
  const approver = values['approver'] ?? '';
  if (approver === '') errors['approver'] = 'Who approved it? It takes one person.';
  if (Object.keys(errors).length > 0) return { errors };
  return { made: { outcome, why, lookAgainOn: dayIn(values['look-again']) }, approver };
}

/** A day of a date field; null: none. */
export function dayIn(value: string | null | undefined): Temporal.PlainDate | null {
  const read = z.iso.date().safeParse(value);
  return read.success ? Temporal.PlainDate.from(read.data) : null;
}

/** Takes what was typed in a field, or keeps the words for it beside that field. */
export function taken<T>(errors: Record<string, string>, field: string, typed: Typed<T>, otherwise: T): T {
  if (typed.ok) return typed.value;
  errors[field] = typed.words;
  return otherwise;
}
