/** Why somebody puts a question off, in their own words on the menu. */
export const snoozeReasons = { busy: 'busy today', numbers: 'waiting for numbers' } as const;
export type SnoozeReason = keyof typeof snoozeReasons;

/** Why somebody leaves a ritual. */
export const leaveReasons = {
  area: 'not my area any more',
  often: 'asked too often',
  elsewhere: 'my team does it elsewhere',
} as const;
export type LeaveReason = keyof typeof leaveReasons;

/** What one choice of the menu below a question says. */
export type Choice = { kind: 'snooze'; reason: SnoozeReason } | { kind: 'leave'; reason: LeaveReason };

export function isSnoozeReason(text: string): text is SnoozeReason {
  return text in snoozeReasons;
}

export function isLeaveReason(text: string): text is LeaveReason {
  return text in leaveReasons;
}
