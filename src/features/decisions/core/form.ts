import type { Temporal } from 'temporal-polyfill';
import { type AboutKind, type Decision, longest, most } from './decision.ts';

/** Words beside a field, or what was typed there. */
export type Typed<T> = { ok: true; value: T } | { ok: false; words: string };

const right = <T>(value: T): Typed<T> => ({ ok: true, value });
const wrong = (words: string): Typed<never> => ({ ok: false, words });

/** What is asked, in one line. */
export function readQuestion(text: string | null | undefined): Typed<string> {
  const question = text?.replace(/\s+/g, ' ').trim() ?? '';
  if (question === '') return wrong('What is to be decided? One sentence is enough.');
  return question.length <= longest.question
    ? right(question)
    : wrong(`A question has ${longest.question} characters at most; this one has ${question.length}.`);
}

/** One option a line. */
export function readOptions(text: string | null | undefined): Typed<string[]> {
  const lines = (text ?? '').split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  const options = [...new Set(lines.filter((line) => line !== ''))];
  if (options.length > most.options)
    return wrong(`${most.options} options at most; these are ${options.length}.`);
  const long = options.find((option) => option.length > longest.option);
  return long === undefined
    ? right(options)
    : wrong(`An option has ${longest.option} characters at most; one of these has ${long.length}.`);
}

/** What was decided: words, or one of the options. */
export function readOutcome(
  text: string | null | undefined,
  option: string | null | undefined,
): Typed<string> {
  const words = text?.trim() || option?.trim() || '';
  if (words === '') return wrong('What was decided? One sentence is enough.');
  return words.length <= longest.outcome
    ? right(words)
    : wrong(`This has ${longest.outcome} characters at most; it has ${words.length}.`);
}

/** Why: without it nobody knows later whether it still holds. */
export function readWhy(text: string | null | undefined): Typed<string> {
  const why = text?.trim() ?? '';
  if (why === '') return wrong('Why? Whoever reads this in half a year will ask.');
  return why.length <= longest.why
    ? right(why)
    : wrong(`This has ${longest.why} characters at most; it has ${why.length}.`);
}

/** What a decision is about, as a menu has it: `rock-12`. Null for anything else. */
export function readAbout(picked: string | null | undefined): { kind: AboutKind; id: number } | null {
  const [, kind, id] = /^(rock|objective|item)-(\d{1,15})$/.exec(picked ?? '') ?? [];
  if (kind !== 'rock' && kind !== 'objective' && kind !== 'item') return null;
  return { kind, id: Number(id) };
}

/** What can still be changed of an open decision. */
export type DecisionEntry = {
  question: string;
  options: string[];
  driverId: number;
  approverId: number;
  contributorIds: number[];
  informedIds: number[];
  viewerIds: number[];
  dueOn: Temporal.PlainDate | null;
  about: { kind: AboutKind; id: number }[];
  teamId: number | null;
  visibility: Decision['visibility'];
};

/** How a decision was made. */
export type Making = { outcome: string; why: string; lookAgainOn: Temporal.PlainDate | null };

/** The entry that a decision has now. */
export function entryOf(decision: Decision): DecisionEntry {
  const ids = (people: readonly { id: number }[]) => people.map(({ id }) => id);
  return {
    question: decision.question,
    options: decision.options,
    driverId: decision.driver.id,
    approverId: decision.approver.id,
    contributorIds: ids(decision.contributors),
    informedIds: ids(decision.informed),
    viewerIds: ids(decision.viewers),
    dueOn: decision.dueOn,
    about: decision.about.map(({ kind, id }) => ({ kind, id })),
    teamId: decision.team?.id ?? null,
    visibility: decision.visibility,
  };
}
