import type { Outcome } from './item.ts';

/** So long after it has shipped its owner is asked whether it moved the number, and again where it was too early to say. */
export const askAfterDays = 30;

/** The part of the daily message that asks, for the so many-th time. */
export function outcomeKey(itemId: number, asked: number): string {
  return `roadmap-outcome:${itemId}:${asked}`;
}

/** Whether an answer lets the owner be asked once more: the first time that it is too early. */
export function asksAgain(before: Outcome | null, said: Outcome): boolean {
  return said === 'too-early' && before === null;
}
