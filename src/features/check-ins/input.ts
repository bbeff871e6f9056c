import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import type { CheckIn } from './core/check-in.ts';
import { readNumber } from './core/number.ts';

/** The modal's own note of what it asked; like anything that comes in, it is checked. */
const metadata = z.object({
  occurrence: z.int().positive(),
  items: z.array(z.int().positive()).min(1).max(20),
  // A modal that is open since before there were steps of a change has no such note.
  isChange: z.boolean().default(false),
});

export type Answers = {
  occurrenceId: number;
  answers: (CheckIn & { keyResultId: number })[];
  /** Whether all was answered already when the modal was opened. */
  isChange: boolean;
};

/** Reads a check-in's modal: the answers, or words for each field that cannot be read. */
export function readAnswers({
  values,
  metadata: text,
}: Submission): Answers | { errors: Record<string, string> } {
  const asked = metadata.parse(JSON.parse(text));
  const errors: Record<string, string> = {};
  const answers: Answers['answers'] = [];
  for (const keyResultId of asked.items) {
    const valueField = `value/${keyResultId}`;
    const confidenceField = `confidence/${keyResultId}`;
    const value = readNumber(values[valueField] ?? '');
    const confidence = wholeNumber(values[confidenceField] ?? '');
    if (value === null) errors[valueField] = 'Please give a number, such as 12.5.';
    if (confidence === null || confidence > 10) {
      errors[confidenceField] = 'Please give a whole number from 0 to 10.';
    }
    if (value !== null && confidence !== null) {
      const words = values[`words/${keyResultId}`]?.trim() ?? '';
      answers.push({ keyResultId, value, confidence, words: words === '' ? null : words });
    }
  }
  if (Object.keys(errors).length > 0) return { errors };
  return { occurrenceId: asked.occurrence, answers, isChange: asked.isChange };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,2}$/.test(text) ? Number(text) : null;
}
