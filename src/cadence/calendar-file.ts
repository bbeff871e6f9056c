import { z } from 'zod';
import { form, isMap, readEntries, readEntry } from '../platform/file/entries.ts';
import { date, text, wrongType } from '../platform/file/fields.ts';
import { type Finding, shown } from '../platform/file/finding.ts';
import type { CompanyDay } from './days-off.ts';
import type { Place } from './holidays.ts';
import type { Places } from './places.ts';

/** What a file says of the company's days off; null: nothing, so that it stays as it is. */
export type CalendarEntry = { place: Place | null; companyDays: CompanyDay[] | null };

const dayForm = form({ date: date(), name: text(80) });
const calendarForm = form({
  country: text(40).optional(),
  state: text(40).optional(),
  region: text(40).optional(),
  company_days: z.unknown().optional(),
});

const path = ['calendar'];

/** Reads `calendar`; null when the file has none. */
export function readCalendar(raw: unknown, places: Places, findings: Finding[]): CalendarEntry | null {
  if (raw === undefined || raw === null) return null;
  if (!isMap(raw)) {
    findings.push({ path, words: wrongType('a map', 'write "{ country: DE, state: BE }"')({ input: raw }) });
    return null;
  }
  const { loose } = readEntry(calendarForm, raw, path, findings);
  return {
    place: readPlace(loose, places, findings),
    companyDays: raw['company_days'] === undefined ? null : readDays(loose.company_days, findings),
  };
}

function readPlace(
  {
    country,
    state,
    region,
  }: { country?: string | undefined; state?: string | undefined; region?: string | undefined },
  places: Places,
  findings: Finding[],
): Place | null {
  if (country === undefined) {
    for (const [field, value] of Object.entries({ state, region })) {
      if (value === undefined) continue;
      findings.push({ path: [...path, field], words: 'is a part of no country; add "country: …"' });
    }
    return null;
  }
  if (region !== undefined && state === undefined) {
    findings.push({ path: [...path, 'region'], words: 'is a part of no state; add "state: …"' });
    return null;
  }
  const place = { country, state: state ?? null, region: region ?? null };
  const problem = places.problemOf(place);
  if (problem === null) return place;
  findings.push({ path: [...path, problem.field], words: problem.words });
  return null;
}

function readDays(raw: unknown, findings: Finding[]): CompanyDay[] {
  const entries = readEntries(dayForm, raw, [...path, 'company_days'], findings);
  const taken = new Set<string>();
  for (const { path: at, loose } of entries) {
    if (loose.date === undefined) continue;
    if (taken.has(loose.date)) {
      findings.push({ path: [...at, 'date'], words: `${shown(loose.date)} is there twice; take one out` });
    }
    taken.add(loose.date);
  }
  return entries.flatMap(({ whole }) => whole ?? []).sort((a, b) => (a.date < b.date ? -1 : 1));
}
