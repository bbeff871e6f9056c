import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import type { Page, PageWords } from './core/page.ts';
import {
  readAgenda,
  readLines,
  readName,
  readPurpose,
  readQuestions,
  readTiming,
  shownLines,
  type Typed,
} from './core/page-form.ts';
import { inAgendaOrder } from './core/sources.ts';

/** A page by its key as a button carries it. */
export const keyInput = z.string().regex(/^[a-z0-9-]{1,80}$/);

/** A page, and the part of it to go on with: `pricing-review 1`. */
export function readPart(value: string): { key: string; part: number } {
  const [key = '', part = '0'] = value.split(' ');
  return { key: keyInput.parse(key), part: z.coerce.number().int().min(0).max(1_000).parse(part) };
}

const metadata = z.object({
  /** `copy` makes another page of it. */
  does: z.enum(['copy', 'change']),
  key: keyInput,
  stamp: z.string().max(50),
});
export type PageMetadata = z.output<typeof metadata>;

/** What the form of a page is about. */
export function readMetadata(submission: Pick<Submission, 'metadata'>): PageMetadata {
  return metadata.parse(JSON.parse(submission.metadata));
}

/** What the form says, or words for each field that is wrong. */
export type PageForm = { words: PageWords; isDeleted: boolean };

/** Reads the form; `from` is the page that it was filled with, of which lines may have had no room in it. */
export function readPageForm(
  { values, lists }: Submission,
  from: Page,
): PageForm | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const read = <T>(field: string, typed: Typed<T>, otherwise: T): T => {
    if (typed.ok) return typed.value;
    errors[field] = typed.words;
    return otherwise;
  };
  const value = (field: string) => values[field] ?? null;
  const kept = (lines: readonly string[]) => shownLines(lines).kept;
  const list = (field: 'inputs' | 'outputs' | 'roles') =>
    read(field, readLines(value(field), { kept: kept(from[field]) }), []);
  const words: PageWords = {
    name: read('name', readName(value('name')), ''),
    purpose: read('purpose', readPurpose(value('purpose')), ''),
    inputs: list('inputs'),
    agenda: read('agenda', readAgenda(value('agenda'), kept(from.agenda)), []),
    outputs: list('outputs'),
    roles: list('roles'),
    timing: read('timing', readTiming(value('timing')), null),
    questions: read('questions', readQuestions(value('questions'), kept(from.questions)), []),
    sources: inAgendaOrder(lists['sources'] ?? []),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return { words, isDeleted: value('becomes') === 'deleted' };
}
