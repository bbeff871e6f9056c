import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { longestWords, type Verdict, verdicts } from './core/round.ts';

const round = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const verdict = z.enum(verdicts);

/** What a button carries. */
export function readPressed(value: string): { roundId: number; verdict: Verdict } {
  const [id, said] = value.split('/');
  return { roundId: round.parse(id), verdict: verdict.parse(said) };
}

const metadata = z.object({ round: z.int().positive(), verdict });

/** The form that asks for words; null where nothing but space was typed. */
export function readOpinion({ values, metadata: text }: Submission): {
  roundId: number;
  verdict: Verdict;
  words: string | null;
} {
  const { round: roundId, verdict: said } = metadata.parse(JSON.parse(text));
  return { roundId, verdict: said, words: values['words']?.trim().slice(0, longestWords) || null };
}
