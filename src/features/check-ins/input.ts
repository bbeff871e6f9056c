import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import type { SaidHealth } from '../okrs/core/health.ts';
import type { GivenFor } from './core/check-in.ts';
import { type DecimalMark, readAs, readNumber } from './core/number.ts';

/** The modal's own note of what it asked; like anything that comes in, it is checked. */
const metadata = z.object({
  occurrence: z.int().positive().nullable(),
  items: z.array(z.int().positive()).min(1).max(20),
  // A modal that is open since before there were steps of a change has no such note.
  isChange: z.boolean().default(false),
  openedAt: z.int().positive().nullable().default(null),
});

export type Answers = {
  /** Null: given early. */
  occurrenceId: number | null;
  answers: GivenFor[];
  /** Whether all was answered already when the modal was opened. */
  isChange: boolean;
  /** When the modal was opened, in milliseconds of machine time; null: it does not say. */
  openedAt: number | null;
  /** How numbers were read that could be read otherwise, as "12,5 as 12.5". */
  readings: string[];
};

/** Reads a check-in's modal, numbers as people write them where the person lives: the answers, or words for each field. */
export function readAnswers(
  { values, metadata: text }: Submission,
  mark: DecimalMark,
): Answers | { errors: Record<string, string> } {
  const asked = metadata.parse(JSON.parse(text));
  const errors: Record<string, string> = {};
  const answers: GivenFor[] = [];
  const readings: string[] = [];
  for (const keyResultId of asked.items) {
    const typed = values[`value/${keyResultId}`] ?? '';
    const value = readNumber(typed, mark);
    const confidence = wholeNumber(values[`confidence/${keyResultId}`] ?? '');
    if (value === null)
      errors[`value/${keyResultId}`] = 'I could not read a number in this. Write it like 12.5.';
    if (confidence === null || confidence > 10) {
      errors[`confidence/${keyResultId}`] = 'Confidence is a whole number from 0 to 10.';
    }
    if (value === null || confidence === null) continue;
    const read = readAs(typed, value);
    if (read !== null) readings.push(`${typed.trim()} as ${read}`);
    answers.push({
      keyResultId,
      value,
      confidence,
      words: said(values[`words/${keyResultId}`]),
      health: saidHealth(values[`health/${keyResultId}`]),
      doubtWords: said(values[`doubt/${keyResultId}`]),
      dueOn: day(values[`due/${keyResultId}`]),
    });
  }
  if (Object.keys(errors).length > 0) return { errors };
  return {
    occurrenceId: asked.occurrence,
    answers,
    isChange: asked.isChange,
    openedAt: asked.openedAt,
    readings,
  };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,2}$/.test(text) ? Number(text) : null;
}

function said(text: string | null | undefined): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

const healths: readonly SaidHealth[] = ['on-track', 'at-risk', 'off-track'];

function saidHealth(text: string | null | undefined): SaidHealth | null {
  return healths.find((health) => health === text) ?? null;
}

function day(text: string | null | undefined): Temporal.PlainDate | null {
  return text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text) : null;
}
