import { z } from 'zod';
import { type Entry, findRepeats, form, isMap, readEntries, wholes } from '../../platform/file/entries.ts';
import {
  channel,
  date,
  flag,
  key,
  line,
  list,
  number,
  oneOf,
  person,
  team,
  text,
  visibility,
} from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import type { Known } from '../../platform/file/names.ts';
import {
  disciplines,
  importances,
  isFindable,
  isWebAddress,
  isWeight,
  longest,
  most,
  rockTypes,
  weights,
} from './core/rock-fields.ts';
import { findNameClashes, type TakenName } from './file-names.ts';
import { findCircularRetirements, readStanding, standingFields, type Today } from './file-standing.ts';
import { type Standing, standingForms } from './file-standing-parts.ts';

/** A name that the search can find: with a letter or a digit in it. */
const name = (longestName: number) =>
  text(longestName).refine(isFindable, {
    error: ({ input }) => `${shown(input)} has no letter or digit to be found by; choose another name`,
  });

const rockForm = (known: Known) =>
  form({
    key: key().refine(isFindable, { error: 'has no letter or digit; use some' }),
    name: name(longest.name),
    summary: text(longest.summary, { lines: true }).optional(),
    aliases: list(name(longest.alias), { most: most.aliases }),
    owner: person(known).optional(),
    backups: list(person(known), { most: most.backups }),
    team: team(known).optional(),
    channel: channel().optional(),
    type: oneOf(rockTypes).default('area'),
    supports: line(known).optional(),
    discipline: oneOf(disciplines).optional(),
    importance: oneOf(importances).optional(),
    weight: number()
      .refine(isWeight, {
        error: ({ input }) => `${shown(input)} is not a weight; use a whole number from 1 to 5`,
      })
      .default(weights.usual),
    visibility: visibility(known, most.viewers).optional(),
    links: z.unknown().optional(),
    owned_since: date().optional(),
    confirmed: confirmed().optional(),
    acting: flag().optional(),
    ...standingFields,
  });

const linkForm = form({
  label: text(longest.linkLabel),
  url: text(longest.linkUrl).refine(isWebAddress, {
    error: ({ input }) => `${shown(input)} is not a web address; write it with https:// or http://`,
  }),
});

type RockFields = z.output<ReturnType<typeof rockForm>['whole']>;
export type RockEntry = Omit<RockFields, 'links' | keyof typeof standingFields> & {
  links: z.output<typeof linkForm.whole>[];
  /** The keys that the file has of this rock. */
  given: ReadonlySet<string>;
} & Standing;

/** What the workspace has of rocks already. */
export type PresentRockNames = {
  /** The names of its rocks, against which aliases are compared too. */
  names: TakenName[];
  /** Where its retired rocks went, by key. */
  successors: ReadonlyMap<string, string>;
};

/** Reads `rocks`. */
export function readRocks(
  raw: unknown,
  known: Known,
  present: PresentRockNames,
  days: Today,
  findings: Finding[],
): RockEntry[] {
  const entries = readEntries(rockForm(known), raw, ['rocks'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  findNameClashes(entries, present.names, findings);
  const rocks: RockEntry[] = [];
  const forms = standingForms(known);
  const retirements: { path: Path; key: string; into: string | null }[] = [];
  for (const entry of entries) {
    findOwnBackup(entry, findings);
    findTeamless(entry, findings);
    const links = readEntries(linkForm, entry.loose.links, [...entry.path, 'links'], findings);
    if (links.length > most.links) {
      const words = `has ${links.length} entries; ${most.links} are allowed`;
      findings.push({ path: [...entry.path, 'links'], words });
    }
    const standing = readStanding(entry.path, entry.loose, forms, days, findings);
    const { key: named } = entry.loose;
    if (named !== undefined && days.applies(named)) {
      retirements.push({ path: entry.path, key: named, into: standing.retired?.into ?? null });
    }
    if (entry.whole === null) continue;
    rocks.push({ ...entry.whole, links: wholes(links), ...standing, given: keysOf(raw, entry.path) });
  }
  findCircularRetirements(retirements, present.successors, findings);
  return rocks;
}

function keysOf(raw: unknown, path: Path): ReadonlySet<string> {
  const entry: unknown = Array.isArray(raw) ? raw[Number(path.at(-1))] : undefined;
  return new Set(isMap(entry) ? Object.keys(entry).filter((name) => entry[name] !== null) : []);
}

function findTeamless(
  { path, loose }: Entry<unknown, { visibility?: unknown; team?: string | undefined }>,
  findings: Finding[],
): void {
  if (loose.visibility !== 'team' || loose.team !== undefined) return;
  findings.push({ path: [...path, 'visibility'], words: 'is team, and the rock has none; add "team: …"' });
}

function findOwnBackup(
  { path, loose }: Entry<unknown, { owner?: string | undefined; backups?: string[] | undefined }>,
  findings: Finding[],
): void {
  const index = loose.owner === undefined ? -1 : (loose.backups ?? []).indexOf(loose.owner);
  if (index < 0) return;
  const words = `${shown(loose.owner)} is the owner, who cannot stand in for themself; name somebody else`;
  findings.push({ path: [...path, 'backups', index], words });
}

/** The day on which the owner last said that it is theirs. */
function confirmed(): z.ZodType<string | false> {
  return z.union([z.literal(false), date()], {
    error: ({ input }) =>
      `${shown(input)} is no day; write it as 2026-10-01, or false where the owner has yet to confirm`,
  });
}
