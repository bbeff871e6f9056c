const toleranceSeconds = 5 * 60;

/** Whether a request's timestamp lies more than five minutes ahead of `nowMs`. A missing one is Bolt's to refuse. */
export function isFromTheFuture(timestamp: string | string[] | undefined, nowMs: number): boolean {
  return Number(timestamp) > nowMs / 1000 + toleranceSeconds;
}
