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
import { type PageWords, wordsOf } from './core/page.ts';
import { inAgendaOrder } from './core/sources.ts';
import { pageKind } from './edit-operations.ts';
import type { PageEntry, PresentPage } from './file.ts';
import { insertPage, listOwn, lockPlaybook, savePage } from './store.ts';

/** The company's own pages, which stay as they are until the import is done. */
export async function presentPages(tx: Tx, workspaceId: string): Promise<PresentPage[]> {
  await lockPlaybook(tx, workspaceId);
  return await listOwn(tx, workspaceId);
}

/**
 * Adds and changes pages of the company's own. What people changed in Slack stays, unless the operator overwrites; what
 * the file leaves out stays.
 */
export async function importPlaybook(
  importing: Importing,
  entries: readonly PageEntry[],
): Promise<{ tally: Tally }> {
  const { tx, workspaceId, at, kept } = importing;
  const present = await listOwn(tx, workspaceId);
  const ids = new Map(present.map(({ key, id }) => [key, id]));
  const states = new Map(present.map((page) => [page.key, wordsOf(page)]));
  const touched = await touchedInSlack(importing, pageKind, [...ids.values()]);
  const wanted = new Map(
    entries.map((entry): [string, PageWords] => {
      const told = toldWords(entry);
      const now = states.get(entry.key);
      if (now === undefined) return [entry.key, told];
      const stays = (Object.keys(told) as (keyof PageWords)[]).filter(
        (field) =>
          touched(got(ids, entry.key), field) && JSON.stringify(told[field]) !== JSON.stringify(now[field]),
      );
      kept.push(...stays.map((field) => `playbook.${entry.key} ${field}`));
      return [entry.key, { ...told, ...Object.fromEntries(stays.map((field) => [field, now[field]])) }];
    }),
  );
  const sorted = sortOut<PageWords>(wanted, states);
  const by = { at, byId: null };
  for (const { key, wanted: words } of sorted.added)
    ids.set(key, await insertPage(tx, workspaceId, key, words, by));
  for (const { key, wanted: words } of sorted.changed)
    await savePage(tx, workspaceId, got(ids, key), words, by);
  await recordImport(
    importing,
    eventsOf(pageKind, sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally };
}

function toldWords({ key: _key, timing, sources, ...words }: PageEntry): PageWords {
  // In the order of the type, so that states compare field by field.
  const { name, purpose, inputs, agenda, outputs, roles, questions } = words;
  return {
    ...{ name, purpose, inputs, agenda, outputs, roles },
    timing: timing ?? null,
    questions,
    sources: inAgendaOrder(sources),
  };
}
