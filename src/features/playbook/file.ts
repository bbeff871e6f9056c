import type { z } from 'zod';
import { findRepeats, form, readEntries, wholes } from '../../platform/file/entries.ts';
import { items, key, list, oneOf, text } from '../../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import { builtInPages, findBuiltIn } from './core/built-in.ts';
import { isSameName, longest, most } from './core/page.ts';
import { agendaSources } from './core/sources.ts';

const [firstSource, ...otherSources] = agendaSources;
const lines = (atMost: number) => list(text(longest.line), { most: atMost });

const pageForm = form({
  key: key(),
  name: text(longest.name),
  purpose: text(longest.purpose),
  inputs: lines(most.lines),
  agenda: items(text(longest.line), { most: most.lines }).refine((points) => points.length > 0, {
    error: 'is empty, and a ritual needs an agenda; write one point at least',
  }),
  outputs: lines(most.lines),
  roles: lines(most.lines),
  timing: text(longest.timing).optional(),
  questions: lines(most.questions),
  sources: list(oneOf([firstSource.key, ...otherSources.map((source) => source.key)])),
});

/** A page of the company's own as a file has it. */
export type PageEntry = z.output<typeof pageForm.whole>;
/** A page that the workspace has already. */
export type PresentPage = { key: string; name: string };

/** Reads `playbook`. A ritual without an agenda is none, and two pages have neither a key nor a name in common. */
export function readPlaybook(
  raw: unknown,
  present: readonly PresentPage[],
  findings: Finding[],
): PageEntry[] {
  const entries = readEntries(pageForm, raw, ['playbook'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  const named: PresentPage[] = entries.flatMap(({ loose: { key, name } }) =>
    key === undefined || name === undefined ? [] : [{ key, name }],
  );
  const inFile = new Set(named.map((page) => page.key));
  const others = [...builtInPages, ...present.filter((page) => !inFile.has(page.key))];
  entries.forEach(({ path, loose }, index) => {
    const before = entries.slice(0, index).flatMap(({ loose: { name } }) => name ?? []);
    const names = [...others.map(({ name }) => name), ...before];
    const said = { path, key: loose.key, name: loose.name };
    findings.push(...keyFindings(said), ...nameFindings(said, names));
  });
  if (entries.length > most.pages)
    findings.push({ path: ['playbook'], words: `has ${entries.length} pages; ${most.pages} are allowed` });
  return wholes(entries);
}

type Said = { path: Path; key: string | undefined; name: string | undefined };

function keyFindings({ path, key: said }: Said): Finding[] {
  if (said === undefined || findBuiltIn(said) === undefined) return [];
  const words = `${shown(said)} is a ritual that comes with Cairn; choose another key`;
  return [{ path: [...path, 'key'], words }];
}

function nameFindings({ path, name }: Said, others: readonly string[]): Finding[] {
  const other = name === undefined ? undefined : others.find((it) => isSameName(it, name));
  if (other === undefined) return [];
  return [
    { path: [...path, 'name'], words: `the page ${shown(other)} is called so already; choose another` },
  ];
}
