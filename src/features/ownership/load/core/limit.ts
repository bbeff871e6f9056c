import { accepted, type Result, refused } from '../../../../platform/core/result.ts';

/** What can be enough for one backpack, as a sum of weights. The database refuses any other. */
export const limits = { least: 1, most: 500 };

/** Reads what somebody typed; null where nothing was. Refuses what is no whole number from 1 to 500. */
export function readLimit(text: string | null | undefined): Result<number | null> {
  const typed = text?.trim() ?? '';
  if (typed === '') return accepted(null);
  const limit = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  return limit >= limits.least && limit <= limits.most
    ? accepted(limit)
    : refused(
        'bad-limit',
        `That is not a limit. Write a whole number from ${limits.least} to ${limits.most}.`,
      );
}
