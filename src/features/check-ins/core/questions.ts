import type { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../platform/core/time-words.ts';
import { type CheckIn, type Given, isDoubtful, isSlip, type PromptItem } from './check-in.ts';

/** A field of an answer that lacks something, and the words that stand beside it. */
export type Lacking = { field: 'words' | 'doubt' | 'due'; words: string };

/**
 * What an answer given on a day still lacks: words where health is overruled or a date slips, and, of what is said to be on
 * track and has been behind three times, what makes its owner sure.
 */
export function lackingOf(item: PromptItem, answer: Given, on: Temporal.PlainDate): Lacking | null {
  const { keyResult } = item;
  if (keyResult.dueOn !== null && answer.dueOn === null) {
    return { field: 'due', words: 'This one has a date. Please keep it, or give another one.' };
  }
  if (
    answer.words === null &&
    isSlip(keyResult, answer.dueOn) &&
    answer.dueOn !== null &&
    keyResult.dueOn !== null
  ) {
    const [from, to] = [dateWords(keyResult.dueOn), dateWords(answer.dueOn)];
    return { field: 'words', words: `The date moves from ${from} to ${to}. Please say in a few words why.` };
  }
  if (answer.words === null && answer.health !== null) {
    return { field: 'words', words: 'Please say in a few words why it is not what your confidence says.' };
  }
  if (answer.doubtWords === null && isDoubtful(item, answer, on))
    return { field: 'doubt', words: doubtQuestion };
  return null;
}

/** The same of several answers; those of key results that are not asked about are left out. */
export function lackingIn(
  items: readonly PromptItem[],
  answers: readonly (Given & { keyResultId: number })[],
  on: Temporal.PlainDate,
): (Lacking & { keyResultId: number })[] {
  return answers.flatMap(({ keyResultId, ...answer }) => {
    const item = items.find(({ keyResult }) => keyResult.id === keyResultId);
    const lacks = item === undefined ? null : lackingOf(item, answer, on);
    return lacks === null ? [] : [{ ...lacks, keyResultId }];
  });
}

export const doubtQuestion =
  'You say on track, and the numbers have been behind for three check-ins. What makes you sure?';

/**
 * What `No change` says of a key result: the same value, confidence, date and health as before; a health that was overruled
 * lacks its words then. Null: there is nothing to repeat, since it was never answered.
 */
export function repeated({ keyResult, previous }: PromptItem): Given | null {
  if (previous === null) return null;
  return {
    value: keyResult.current ?? previous.value,
    confidence: previous.confidence,
    words: null,
    health: previous.health,
    doubtWords: null,
    dueOn: keyResult.dueOn,
  };
}

/** Whether an answer says nothing new. */
export function isUnchanged(previous: CheckIn | null, answer: CheckIn): boolean {
  return (
    previous !== null &&
    previous.value === answer.value &&
    previous.confidence === answer.confidence &&
    answer.words === null
  );
}
