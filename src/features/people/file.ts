import { z } from 'zod';
import { findRepeats, form, isMap, readEntries, readEntry, wholes } from '../../platform/file/entries.ts';
import {
  channel,
  date,
  flag,
  items,
  key,
  oneOf,
  person,
  text,
  whole,
  wrongType,
} from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import type { Known } from '../../platform/file/names.ts';
import { isAddress, isHandle, isMemberId } from './core/handle.ts';

export const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

const personForm = form({
  email: text(254)
    .refine(isAddress, {
      error: ({ input }) => `${shown(input)} is not an email address; write it as ana@acme.example`,
    })
    .optional(),
  slack: text(30)
    .refine(isMemberId, {
      error: ({ input }) => `${shown(input)} is not a member ID of Slack; write it as U01ANA`,
    })
    .optional(),
  working_days: items(oneOf(weekdays))
    .refine((days) => days.length > 0, { error: 'is empty; name a day at least, or leave it out' })
    .optional(),
  away: z.unknown().optional(),
  limit: whole(1, 500, 'limit').optional(),
  admin: flag().optional(),
});
const absenceForm = form({ from: date(), until: date() });

/** Somebody of the file. `handle` is the short name by which the file refers to them. */
export type PersonEntry = {
  handle: string;
  path: Path;
  email?: string | undefined;
  slack?: string | undefined;
  /** Weekdays in order, Monday is 1; null: Monday to Friday; absent: as it is. */
  workingDays?: number[] | null | undefined;
  /** When they are away, both days included, in order; absent: as it is. */
  away?: Absence[] | undefined;
  /** The sum of weights that is enough for them; absent: as it is. */
  limit?: number | undefined;
  /** Whether they are an admin without being one of Slack's; absent: as it is. */
  admin?: boolean | undefined;
};
export type Absence = { from: string; until: string };

/** Reads `people`: a map from short names to how Slack knows them. */
export function readPeople(raw: unknown, findings: Finding[]): PersonEntry[] {
  if (raw === undefined || raw === null) return [];
  const path = ['people'];
  if (!isMap(raw)) {
    findings.push({
      path,
      words: wrongType('a map', 'write "ana: { email: ana@acme.example }"')({ input: raw }),
    });
    return [];
  }
  const people: PersonEntry[] = [];
  const emails = new Map<string, string>();
  const slackIds = new Map<string, string>();
  for (const [handle, value] of Object.entries(raw)) {
    const at = [...path, handle];
    if (!isHandle(handle)) {
      const words = 'is not a short name; use small letters a to z, digits, dots, hyphens and underscores';
      findings.push({ path: at, words: `${shown(handle)} ${words}` });
    }
    const { whole: fields, loose } = readEntry(personForm, value ?? {}, at, findings);
    if (fields !== null && fields.email === undefined && fields.slack === undefined) {
      findings.push({
        path: at,
        words: 'has neither email nor slack; add one, so that they can be found in Slack',
      });
    }
    findShared(emails, loose.email?.toLowerCase(), handle, [...at, 'email'], findings);
    findShared(slackIds, loose.slack, handle, [...at, 'slack'], findings);
    const away = isMap(value) && value['away'] != null ? readAway(value['away'], at, findings) : undefined;
    if (fields === null) continue;
    const { working_days: days, away: _read, ...named } = fields;
    people.push({ handle, path: at, ...named, workingDays: days && workingDaysOf(days), away });
  }
  return people;
}

function readAway(raw: unknown, of: Path, findings: Finding[]): Absence[] {
  const entries = readEntries(absenceForm, raw, [...of, 'away'], findings);
  for (const { path, loose } of entries) {
    if (loose.from === undefined || loose.until === undefined || loose.from <= loose.until) continue;
    const words = `${loose.until} is before the first day (${loose.from}); mend one of them`;
    findings.push({ path: [...path, 'until'], words });
  }
  return wholes(entries).sort((a, b) => `${a.from} ${a.until}`.localeCompare(`${b.from} ${b.until}`));
}

/** Weekdays by their numbers, and null for the five that are everybody's unless something else is said. */
function workingDaysOf(days: readonly (typeof weekdays)[number][]): number[] | null {
  const numbers = days.map((day) => weekdays.indexOf(day) + 1).sort((a, b) => a - b);
  return numbers.join() === '1,2,3,4,5' ? null : numbers;
}

const teamForm = (known: Known) =>
  form({
    key: key(),
    name: text(100),
    lead: person(known).optional(),
    channel: channel().optional(),
    members: items(person(known)).optional(),
  });
/** `members` absent: as they are. */
export type TeamEntry = z.output<ReturnType<typeof teamForm>['whole']>;

/** Reads `teams`. */
export function readTeams(raw: unknown, known: Known, findings: Finding[]): TeamEntry[] {
  const entries = readEntries(teamForm(known), raw, ['teams'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  return wholes(entries);
}

function findShared(
  taken: Map<string, string>,
  value: string | undefined,
  handle: string,
  path: Path,
  findings: Finding[],
): void {
  if (value === undefined) return;
  const other = taken.get(value);
  if (other === undefined) taken.set(value, handle);
  else findings.push({ path, words: `is ${shown(other)}'s already; one person has one short name` });
}
