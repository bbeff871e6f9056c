import { form, readEntries, readEntry } from '../../platform/file/entries.ts';
import { date, oneOf, person, rock, text } from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import type { Known } from '../../platform/file/names.ts';
import { disciplines, longest, most } from './core/rock-fields.ts';

/** How a rock stands besides who owns it; each null where the file does not say so. Days are of the workspace's zone. */
export type Standing = {
  contributors: Contributor[];
  setDown: SetDown | null;
  retired: Retired | null;
  lent: Lent | null;
};
export type Contributor = { person: string; discipline: string };
export type SetDown = { why: string; by: string | null; on: string | null; lookAgain: string | null };
/** `into` is the key of the rock that it went into. */
export type Retired = { why: string | null; on: string | null; into: string | null };
export type Lent = { to: string; until: string };

/** How each part is read. Made once for a file: making them takes longer than reading a rock by them. */
export type StandingForms = ReturnType<typeof standingForms>;

// The return type is inferred: it is the shapes themselves, in zod's words.
export function standingForms(known: Known) {
  return {
    contributor: form({ person: person(known), discipline: oneOf(disciplines) }),
    setDown: form({
      why: text(longest.reason, { lines: true }),
      by: person(known).optional(),
      on: date().optional(),
      look_again: date().optional(),
    }),
    retired: form({
      why: text(longest.reason, { lines: true }).optional(),
      on: date().optional(),
      into: rock(known).optional(),
    }),
    lent: form({ to: person(known), until: date() }),
  };
}

export function readContributors(
  raw: unknown,
  of: Path,
  { contributor }: StandingForms,
  findings: Finding[],
): Contributor[] {
  const path = [...of, 'contributors'];
  const entries = readEntries(contributor, raw, path, findings);
  if (entries.length > most.contributors) {
    findings.push({ path, words: `has ${entries.length} entries; ${most.contributors} are allowed` });
  }
  const taken = new Set<string>();
  for (const { path: at, loose } of entries) {
    if (loose.person === undefined || loose.discipline === undefined) continue;
    const both = `${loose.person} ${loose.discipline}`;
    if (taken.has(both)) {
      findings.push({
        path: at,
        words: `${shown(loose.person)} is there twice for ${loose.discipline}; take one out`,
      });
    }
    taken.add(both);
  }
  return entries.flatMap(({ whole }) => whole ?? []);
}

export function readSetDown(
  raw: unknown,
  of: Path,
  forms: StandingForms,
  findings: Finding[],
): SetDown | null {
  if (raw === undefined || raw === null) return null;
  const { whole } = readEntry(forms.setDown, raw, [...of, 'set_down'], findings);
  if (whole === null) return null;
  const { why, by = null, on = null, look_again: lookAgain = null } = whole;
  return { why, by, on, lookAgain };
}

export function readRetired(
  raw: unknown,
  of: Path,
  forms: StandingForms,
  findings: Finding[],
): Retired | null {
  if (raw === undefined || raw === null) return null;
  const { whole } = readEntry(forms.retired, raw, [...of, 'retired'], findings);
  if (whole === null) return null;
  const { why = null, on = null, into = null } = whole;
  return { why, on, into };
}

export function readLent(raw: unknown, of: Path, forms: StandingForms, findings: Finding[]): Lent | null {
  if (raw === undefined || raw === null) return null;
  return readEntry(forms.lent, raw, [...of, 'lent'], findings).whole;
}
