import { Temporal } from 'temporal-polyfill';
import type { KeyResult } from '../../okrs/core/key-result.ts';

/** What was answered for one key result. */
export type CheckIn = { value: number; confidence: number; words: string | null };

/** Why somebody is asked: they own the key result, or stand in for its owner (null: nobody owns it). */
export type WhyAsked =
  | { as: 'owner' }
  | { as: 'backup'; standsInFor: { slackId: string | null; name: string } | null };

/** Why a person is asked about a key result of `owner`. */
export function whyAsked(
  { owner }: { owner: { id: number; slackId: string | null; name: string } | null },
  personId: number,
): WhyAsked {
  return owner?.id === personId ? { as: 'owner' } : { as: 'backup', standsInFor: owner };
}

/** One key result of a prompt, with its answer and the latest one of an earlier time. */
export type PromptItem = {
  keyResult: KeyResult;
  why: WhyAsked;
  answer: CheckIn | null;
  previous: CheckIn | null;
};

/** What one person is asked in one occurrence. */
export type Prompt = {
  occurrenceId: number;
  occurrenceName: string;
  isOpen: boolean;
  person: { id: number; slackId: string | null; name: string };
  messageId: number;
  items: PromptItem[];
};

/** A check-in that somebody owes: how many key results it asks them about, and how many are left to answer. */
export type OwedCheckIn = { occurrenceId: number; occurrenceName: string; asked: number; left: number };

/** The day that an occurrence is named by; there may be a time behind it when there are several a day. */
export function dayOf(occurrenceName: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(occurrenceName.slice(0, 10));
}

/** How many people of a run were asked, have answered all that they were asked, or are away and were not asked. */
export type Tally = { asked: number; in: number; away: number };

/** As many key results as one modal shows; the rest is asked when these are sent. */
export const mostInOneModal = 10;

/**
 * What a modal asks about now: what is not answered yet, or, when all is, everything for a change, in steps: the next
 * one begins behind the key result that the one before ended with. Empty when there is no next step.
 */
export function itemsToAsk(items: readonly PromptItem[], behind: number | null = null): PromptItem[] {
  return allToAsk(items, behind).slice(0, mostInOneModal);
}

/** How many are left for the steps after this one. */
export function countForLater(items: readonly PromptItem[], behind: number | null = null): number {
  return Math.max(0, allToAsk(items, behind).length - mostInOneModal);
}

function allToAsk(items: readonly PromptItem[], behind: number | null): readonly PromptItem[] {
  const open = items.filter((item) => item.answer === null);
  if (open.length > 0) return open;
  return items.slice(items.findIndex((item) => item.keyResult.id === behind) + 1);
}

/** Whether all that was asked is answered. */
export function isComplete(items: readonly PromptItem[]): boolean {
  return items.every((item) => item.answer !== null);
}
