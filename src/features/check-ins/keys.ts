/** The parts of people's direct messages that check-ins write, once and for all of a person and an occurrence. */
export const promptKey = (occurrenceId: number, personId: number): string =>
  `check-in:${occurrenceId}:${personId}`;
export const nudgeKey = (occurrenceId: number, personId: number): string =>
  `check-in-nudge:${occurrenceId}:${personId}`;
