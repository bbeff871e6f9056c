/** What a person is asked in an occurrence of a ritual of one's own, as their message of the day has it; and what reminds them. */
export const askedKey = (occurrenceId: number, personId: number) => `ritual:${occurrenceId}:${personId}`;
export const nudgeKey = (occurrenceId: number, personId: number) =>
  `ritual-nudge:${occurrenceId}:${personId}`;
/** What somebody shall bring to a review that comes at a time. */
export const bringKey = (cadenceId: number, dueAt: string, personId: number) =>
  `review-bring:${cadenceId}:${dueAt}:${personId}`;
