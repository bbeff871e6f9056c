import type { Tx } from '../../platform/db/database.ts';
import { touchedInSlack } from '../../platform/db/import-touched.ts';
import {
  eventsOf,
  got,
  type Importing,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import { insertAccount, listAllAccounts, saveAccount } from './account-store.ts';
import type { AccountEntry } from './file.ts';

/** The names of the workspace's accounts, by their keys. */
export async function presentAccounts(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const accounts = await listAllAccounts(tx, workspaceId);
  return new Map(accounts.map(({ key, name }) => [key, name]));
}

type AccountState = { name: string; cool_down: string };

const usual = 'P30D';

/** Adds and changes accounts. What people changed in Slack stays, unless the operator overwrites; so do those left out. */
export async function importAccounts(
  importing: Importing,
  entries: readonly AccountEntry[],
): Promise<{ tally: Tally }> {
  const { tx, workspaceId, at, kept } = importing;
  const accounts = await listAllAccounts(tx, workspaceId);
  const ids = new Map(accounts.map(({ key, id }) => [key, id]));
  const states = new Map(
    accounts.map(({ key, name, coolDown }): [string, AccountState] => [key, { name, cool_down: coolDown }]),
  );
  const touched = await touchedInSlack(importing, 'account', [...ids.values()]);
  const wanted = new Map(
    entries.map(({ key, name, cool_down }): [string, AccountState] => {
      const present = states.get(key);
      const state = { name, cool_down: cool_down ?? present?.cool_down ?? usual };
      if (present === undefined) return [key, state];
      for (const field of ['name', 'cool_down'] as const) {
        if (state[field] === present[field] || !touched(got(ids, key), field)) continue;
        state[field] = present[field];
        kept.push(`accounts.${key} ${field}`);
      }
      return [key, state];
    }),
  );
  const sorted = sortOut<AccountState>(wanted, states);
  for (const { key, wanted: now } of sorted.changed)
    await saveAccount(tx, got(ids, key), { name: now.name, coolDown: now.cool_down });
  for (const { key, wanted: now } of sorted.added) {
    const added = await insertAccount(tx, workspaceId, {
      key,
      name: now.name,
      coolDown: now.cool_down,
      by: null,
      at,
    });
    if (added === undefined) throw new Error(`the account ${key} is there and was not seen`);
    ids.set(key, added.id);
  }
  await recordImport(
    importing,
    eventsOf('account', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally };
}
