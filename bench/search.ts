import { type RawBuilder, sql } from 'kysely';
import { findByWords } from '../src/features/decisions/find-store.ts';
import { findTalks } from '../src/features/research/search-store.ts';
import type { Database } from '../src/platform/db/database.ts';
import { readSearch, searching } from '../src/platform/db/search.ts';
import { withFreshDatabase } from './fresh-database.ts';
import { fillTexts, wordsByFrequency, workspaceId } from './search-corpus.ts';

const each = 50_000;
const rounds = 600;
const page = { skip: 0, most: 5 };
const allTimes = { rockId: null, from: null, until: null };

type Find = (db: Database, query: RawBuilder<string>) => Promise<unknown[]>;

/** Full-text search over 100,000 conversations and decisions, beside `select 1` on the same connection. */
export async function benchSearch(): Promise<void> {
  await withFreshDatabase(async (db) => {
    await fillTexts(db, each);
    const words = await wordsByFrequency(db);
    const between = (low: number, high: number) =>
      words.filter(({ share }) => share >= low && share < high).map(({ word }) => word);
    const common = between(0.2, 1);
    const middling = between(0.03, 0.1);
    const rare = between(3 / each, 50 / each);
    const pick = (list: readonly string[], at: number) => list[(at * 7) % list.length] ?? '';
    const kinds: [string, (at: number) => string][] = [
      [`rare words (in 3 to 50, ${rare.length} of them)`, (at) => pick(rare, at)],
      [`middling words (in 3 to 10 %, ${middling.length})`, (at) => pick(middling, at)],
      [`common words (in over 20 %, ${common.length})`, (at) => pick(common, at)],
      ['two common words', (at) => `${pick(common, at)} ${pick(common, at + 1)}`],
      ['a common and a rare word', (at) => `${pick(common, at)} ${pick(rare, at)}`],
    ];
    const { id: viewerId } = await db.selectFrom('people').select('id').limit(1).executeTakeFirstOrThrow();
    const finds: [string, Find][] = [
      ['conversations', async (one, query) => await findTalks(one, workspaceId, query, page)],
      [
        'decisions',
        async (one, query) =>
          await findByWords(one, workspaceId, viewerId, query, allTimes, { limit: page.most, offset: 0 }),
      ],
    ];
    console.log(
      `search: ${each} conversations and ${each} decisions; ${rounds} searches of a kind in turns with select 1, one connection`,
    );
    await db.connection().execute(async (one) => {
      for (const [table, find] of finds)
        for (const [kind, query] of kinds) await measure(one, `${table}, ${kind}`, find, query);
    });
    console.log('  aim: p99 below 20 ms for each\n');
  });
}

async function measure(db: Database, name: string, find: Find, typed: (at: number) => string): Promise<void> {
  const [searches, bare]: [number[], number[]] = [[], []];
  let found = 0;
  // A tenth more, whose times do not count: what is read first comes from the disk.
  for (let at = -rounds / 10; at < rounds; at += 1) {
    const search = readSearch(typed(Math.abs(at)));
    if (!search.ok) throw new Error(search.words);
    const bareMs = await timed(async () => await sql`select 1`.execute(db));
    const searchMs = await timed(async () => {
      const result = await searching(db, search.value, find);
      if (!result.ok) throw new Error(`${search.value.typed}: ${result.words}`);
      if (result.value.length > 0) found += 1;
    });
    if (at < 0) continue;
    searches.push(searchMs);
    bare.push(bareMs);
  }
  if (found === 0) throw new Error(`${name} found nothing`);
  console.log(
    `  ${name.padEnd(58)} p50 ${ms(searches, 0.5)}   p99 ${ms(searches, 0.99)}   select 1: p50 ${ms(bare, 0.5)}   p99 ${ms(bare, 0.99)}`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function ms(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2).padStart(6)} ms`;
}
