import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { spoken, type Word } from '../../platform/slack/command-text.ts';
import type { BriefWords, Handoff } from './core/handoff.ts';
import { defaultOverlapDays } from './core/times.ts';
import { overlapChoices } from './writing-blocks.ts';

/** What follows `/handoff`; quotes make a name of any of them. */
export const verbs = ['lend', 'ask', 'back', 'assign', 'bulk', 'reorg'] as const;
export type Verb = (typeof verbs)[number];

/** The verb that the words begin with. */
export function readVerb([first]: readonly Word[]): Verb | null {
  if (first?.kind !== 'word' || first.isQuoted) return null;
  const typed = first.text.toLowerCase();
  return verbs.find((verb) => verb === typed) ?? null;
}

type Meant = { slackId: string | null; name: string | null };

/** What is handed over, to whom, and the words of a day, if there are any. */
export type Spoken = {
  name: string;
  /** The name alone stands in quotes: it may be a piece of work. */
  isQuoted: boolean;
  to: Meant | null;
  /** What follows `until` or `by`; null: no such word. */
  day: string | null;
  /** The name as it were if `until` or `by` belonged to it. */
  whole: string;
};

/** `payments @ben until 15 Jan`, the person in any place; null when nothing is named. */
export function readSpoken(words: readonly Word[], keyword: 'until' | 'by'): Spoken | null {
  const person = words.findLast((word) => word.kind === 'person');
  const others = words.filter((word) => word !== person);
  const at = others.findLastIndex(
    (word) => word.kind === 'word' && !word.isQuoted && word.text.toLowerCase() === keyword,
  );
  const named = at < 1 ? others : others.slice(0, at);
  const name = spoken(named);
  if (name === '') return null;
  const [only, ...more] = named;
  return {
    name,
    isQuoted: only?.kind === 'word' && only.isQuoted && more.length === 0,
    to: person ?? null,
    day: at < 1 ? null : spoken(others.slice(at + 1)),
    whole: spoken(others),
  };
}

/** What stands in the words of a person or a modal, or words beside the fields that are not right. */
export type Read<T> = T | { errors: Record<string, string> };

const id = z.int().positive();
const offerMetadata = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['give', 'assign', 'lend']), rock: id, to: id.nullable() }),
  z.object({ kind: z.literal('work'), work: z.string(), to: id.nullable() }),
]);
const handoffMetadata = z.object({ handoff: id });
const rockMetadata = z.object({ rock: id });

export type Written = { words: BriefWords; reason: string | null; overlapDays: number };

export type OfferInput = Written & {
  toId: number | null;
  toSlackId: string | null;
  untilOn: Temporal.PlainDate | null;
  dueOn: Temporal.PlainDate | null;
} & ({ kind: 'give' | 'assign' | 'lend'; rockId: number } | { kind: 'work'; work: string });

/** Reads the modal of a new offer: the brief, or words for each field that is not right. */
export function readOfferModal(submission: Submission): Read<OfferInput> {
  const metadata = offerMetadata.parse(JSON.parse(submission.metadata));
  const { kind, to } = metadata;
  const written = readWritten(submission, kind !== 'assign');
  const errors = 'errors' in written ? { ...written.errors } : {};
  const toSlackId = textOf(submission, 'to');
  const untilOn = dateOf(submission, 'until');
  if (to === null && toSlackId === null) errors['to'] = 'Please pick who shall carry it.';
  if (kind === 'lend' && untilOn === null) errors['until'] = 'Please pick the last day of the loan.';
  if ('errors' in written || Object.keys(errors).length > 0) return { errors };
  const common = { ...written, toId: to, toSlackId, untilOn, dueOn: dateOf(submission, 'due') };
  return metadata.kind === 'work'
    ? { ...common, kind: 'work', work: metadata.work }
    : { ...common, kind: metadata.kind, rockId: metadata.rock };
}

/** Reads the modal in which the brief of a handoff that exists is written. */
export function readRewriteModal(
  submission: Submission,
  kind: Handoff['kind'],
): Read<Written & { untilOn: Temporal.PlainDate | null }> {
  const written = readWritten(submission, kind !== 'assign');
  return 'errors' in written ? written : { ...written, untilOn: dateOf(submission, 'until') };
}

function readWritten(submission: Submission, needsWords: boolean): Read<Written> {
  const text = (field: string) => textOf(submission, field);
  const words = {
    whyItMatters: text('why'),
    whereItStands: text('stands'),
    nextStep: text('next'),
    whatCouldHurt: text('hurt'),
  };
  const errors: Record<string, string> = {};
  if (needsWords && words.whyItMatters === null) {
    errors['why'] = 'A sentence is enough: why should they care?';
  }
  if (needsWords && words.whereItStands === null) {
    errors['stands'] = 'A sentence is enough: where does it stand today?';
  }
  if (Object.keys(errors).length > 0) return { errors };
  const days = Number(text('overlap') ?? defaultOverlapDays);
  const overlapDays = overlapChoices.find((choice) => choice === days) ?? defaultOverlapDays;
  return { words, reason: text('reason'), overlapDays };
}

export function readHandoffId({ metadata }: Submission): number {
  return handoffMetadata.parse(JSON.parse(metadata)).handoff;
}

export function readRockId({ metadata }: Submission): number {
  return rockMetadata.parse(JSON.parse(metadata)).rock;
}

/** What was typed in a field; null: nothing. */
export function textOf({ values }: Submission, field: string): string | null {
  return values[field]?.trim() || null;
}

/** Slack sends ISO dates; whatever else comes was made by hand and is no date. */
function dateOf(submission: Submission, field: string): Temporal.PlainDate | null {
  const text = textOf(submission, field);
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return null;
  }
}
