import { z } from 'zod';
import type { Submission } from '../../../platform/slack/calls.ts';
import { fates, type Grade, readScore, scoreWords } from './core/grade.ts';

const ofGrade = z.object({ cycle: z.int().positive(), items: z.array(z.int().positive()).min(1).max(20) });
const ofClose = z.object({ cycle: z.int().positive(), from: z.enum(['active', 'grading']) });

/** Reads the form of grades: the grades, or words for each field. */
export function readGrades({
  values,
  metadata,
}: Submission): { cycleId: number; grades: Grade[] } | { errors: Record<string, string> } {
  const { cycle, items } = ofGrade.parse(JSON.parse(metadata));
  const errors: Record<string, string> = {};
  const grades: Grade[] = [];
  for (const keyResultId of items) {
    const score = readScore(values[`score/${keyResultId}`] ?? '');
    const fate = fates.find((it) => it === values[`fate/${keyResultId}`]);
    if (score === null) errors[`score/${keyResultId}`] = scoreWords;
    if (fate === undefined) errors[`fate/${keyResultId}`] = 'Choose what becomes of it.';
    const words = values[`words/${keyResultId}`]?.trim() ?? '';
    if (score !== null && fate !== undefined)
      grades.push({ keyResultId, score, words: words === '' ? null : words, fate });
  }
  return Object.keys(errors).length > 0 ? { errors } : { cycleId: cycle, grades };
}

/** Which cycle is moved on, and from which state. */
export function readClose({ metadata }: Submission): { cycleId: number; from: 'active' | 'grading' } {
  const { cycle, from } = ofClose.parse(JSON.parse(metadata));
  return { cycleId: cycle, from };
}
