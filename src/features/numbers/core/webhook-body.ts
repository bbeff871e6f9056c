import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';

/** A value and of when it is. */
export type Reading = { value: number; at: Temporal.Instant };

const body = z.strictObject({
  value: z.number({ error: 'value must be a number, such as 12.5.' }),
  at: z
    .string({ error: 'at must be text.' })
    .refine(isInstant, { error: 'at must be a time with a zone, such as 2026-11-26T06:00:00Z.' })
    .optional(),
});

/** Clocks differ: a time that is no further ahead than this, in minutes, is taken. */
const aheadMinutes = 5;

/** Reads `{ "value": 12.5, "at": "2026-11-26T06:00:00Z" }`. Without `at` the value is of `now`; one of tomorrow is refused. */
export function readBody(text: string, now: Temporal.Instant): Result<Reading> {
  const parsed = body.safeParse(parsedJson(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const isOwn = issue?.path.length === 1;
    return refused('unreadable', isOwn ? issue.message : 'The body must be JSON like {"value": 12.5}.');
  }
  const at = parsed.data.at === undefined ? now : Temporal.Instant.from(parsed.data.at);
  if (Temporal.Instant.compare(at, now.add({ minutes: aheadMinutes })) > 0) {
    return refused('unreadable', 'at lies ahead: a value cannot be of a time that has not come.');
  }
  return accepted({ value: parsed.data.value, at });
}

function isInstant(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
