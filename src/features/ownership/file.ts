import { z } from 'zod';
import { type Entry, findRepeats, form, readEntries, wholes } from '../../platform/file/entries.ts';
import { channel, key, later, list, number, oneOf, person, team, text } from '../../platform/file/fields.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';
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
    supports: later('supports'),
    discipline: oneOf(disciplines).optional(),
    importance: oneOf(importances).optional(),
    weight: number()
      .refine(isWeight, {
        error: ({ input }) => `${shown(input)} is not a weight; use a whole number from 1 to 5`,
      })
      .default(weights.usual),
    visibility: visibility(),
    links: z.unknown().optional(),
  });

const linkForm = form({
  label: text(longest.linkLabel),
  url: text(longest.linkUrl).refine(isWebAddress, {
    error: ({ input }) => `${shown(input)} is not a web address; write it with https:// or http://`,
  }),
});

type RockFields = z.output<ReturnType<typeof rockForm>['whole']>;
export type RockEntry = Omit<RockFields, 'links'> & { links: z.output<typeof linkForm.whole>[] };

/** Reads `rocks`. `taken` are the names of the workspace's rocks, against which aliases are compared too. */
export function readRocks(raw: unknown, known: Known, taken: TakenName[], findings: Finding[]): RockEntry[] {
  const entries = readEntries(rockForm(known), raw, ['rocks'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  findNameClashes(entries, taken, findings);
  const rocks: RockEntry[] = [];
  for (const entry of entries) {
    findOwnBackup(entry, findings);
    const links = readEntries(linkForm, entry.loose.links, [...entry.path, 'links'], findings);
    if (links.length > most.links) {
      const words = `has ${links.length} entries; ${most.links} are allowed`;
      findings.push({ path: [...entry.path, 'links'], words });
    }
    if (entry.whole !== null) rocks.push({ ...entry.whole, links: wholes(links) });
  }
  return rocks;
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

function visibility() {
  const narrow =
    'this version of Cairn shows every rock to the whole workspace, so this one is refused, that nothing meant for few is shown to all; leave the rock out';
  return z
    .literal('workspace', {
      error: ({ input }) =>
        input === 'team' || Array.isArray(input)
          ? narrow
          : `${shown(input)} is none of workspace, team or a list of people; write workspace`,
    })
    .optional();
}
