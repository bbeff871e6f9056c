import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Submission } from '../../platform/slack/calls.ts';

/** What the menu of countries calls none. */
export const noCountry = 'none';

/** As in a file. */
const longestName = 80;
const mostDays = 200;

export type DaysOffForm = {
  country: string | null;
  state: string | null;
  days: Result<{ day: Temporal.PlainDate; name: string }[]>;
};

export function readDaysOffForm({ values }: Submission): DaysOffForm {
  const text = (field: string) => values[field]?.trim() || null;
  const country = text('country');
  return {
    country: country === noCountry ? null : country,
    state: text('state'),
    days: readDays(text('days') ?? ''),
  };
}

/** One day a line, "2026-12-24 Christmas Eve"; refuses the first line that is none, by its words. */
function readDays(text: string): DaysOffForm['days'] {
  const days = new Map<string, { day: Temporal.PlainDate; name: string }>();
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [, date = '', name = ''] = /^(\d{4}-\d{2}-\d{2})[\s:,-]+(\S.*)$/.exec(line) ?? [];
    const day = dateOf(date);
    const shown = line.slice(0, 60);
    if (day === null || name.length > longestName)
      return refused(
        'bad-day',
        `“${shown}” is not a day with a name. Write it like: 2026-12-24 Christmas Eve`,
      );
    if (days.has(date)) return refused('twice', `${date} is there twice.`);
    days.set(date, { day, name });
  }
  if (days.size > mostDays) return refused('too-many', `So many days are too many: at most ${mostDays}.`);
  return accepted([...days.values()]);
}

function dateOf(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}
