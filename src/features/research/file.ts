import type { z } from 'zod';
import { findRepeats, form, readEntries, wholes } from '../../platform/file/entries.ts';
import { key, text } from '../../platform/file/fields.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';
import { longest, mostDays } from './core/account.ts';
import { coolDownOf } from './core/cool-down.ts';

const accountForm = form({ key: key(), name: text(longest.name), cool_down: days().optional() });

/** An account as a file has it; `cool_down` absent: as it is, and 30 days for a new one. */
export type AccountEntry = z.output<typeof accountForm.whole>;

/** Reads `accounts`. `present` are the names of the workspace's accounts by their keys. */
export function readAccounts(
  raw: unknown,
  present: ReadonlyMap<string, string>,
  findings: Finding[],
): AccountEntry[] {
  const entries = readEntries(accountForm, raw, ['accounts'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  const named = new Map([...present].map(([of, name]) => [name.toLowerCase(), of]));
  for (const { path, loose } of entries) {
    const { key: own, name } = loose;
    if (own === undefined || name === undefined) continue;
    const other = named.get(name.toLowerCase());
    if (other === undefined) named.set(name.toLowerCase(), own);
    else if (other !== own) {
      const words = `${shown(name)} is the name of the account ${shown(other)} already; choose another`;
      findings.push({ path: [...path, 'name'], words });
    }
  }
  return wholes(entries);
}

/** P030D is P30D: one way to write it, so that it reads the same when it is exported. */
function days(): z.ZodPipe<z.ZodType<string>, z.ZodTransform<string, string>> {
  return text(40)
    .refine((value) => /^P\d{1,3}D$/.test(value), {
      error: ({ input }) => `${shown(input)} is no number of days up to ${mostDays}; write it as P30D`,
    })
    .transform((value) => coolDownOf(Number(value.slice(1, -1))));
}
