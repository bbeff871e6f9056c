import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { dayIn } from '../decisions/input.ts';
import { longestAnswer } from './answer-blocks.ts';
import { longestTitle } from './form-blocks.ts';

const ofLine = z.object({ line: z.int().positive() });
const ofOccurrence = z.object({ occurrence: z.int().positive() });

export const readLineId = ({ metadata }: Submission) => ofLine.parse(JSON.parse(metadata)).line;
export const readOccurrenceId = ({ metadata }: Submission) =>
  ofOccurrence.parse(JSON.parse(metadata)).occurrence;

/** The form of an action as it was sent off, its owner by Slack id, or words for each field that is wrong. */
export function readAction({
  values,
}: Submission):
  | { title: string; owner: string; dueOn: Temporal.PlainDate }
  | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const title = values['title']?.replace(/\s+/g, ' ').trim() ?? '';
  if (title === '') errors['title'] = 'What is to be done? A few words are enough.';
  else if (title.length > longestTitle)
    errors['title'] = `An action has ${longestTitle} characters at most; this one has ${title.length}.`;
  const owner = values['owner'] ?? '';
  if (owner === '') errors['owner'] = 'Who does it? It takes one person.';
  const dueOn = dayIn(values['due']);
  if (dueOn === null) errors['due'] = 'By when? Pick a day.';
  return dueOn === null || Object.keys(errors).length > 0 ? { errors } : { title, owner, dueOn };
}

/** What was typed to each question, in their order; longer words than a question takes are cut. */
export function readAnswers({ values }: Submission, questions: number): string[] {
  return Array.from({ length: questions }, (_, index) =>
    (values[`answer/${index}`]?.trim() ?? '').slice(0, longestAnswer),
  );
}
