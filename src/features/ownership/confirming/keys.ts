/** The parts of people's direct messages that audits write, once and for all of a person and an occurrence. */
export const auditKey = (occurrenceId: number, personId: number): string =>
  `audit:${occurrenceId}:${personId}`;
export const auditNudgeKey = (occurrenceId: number, personId: number): string =>
  `audit-nudge:${occurrenceId}:${personId}`;
