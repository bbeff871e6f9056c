import { type RawBuilder, sql } from 'kysely';
import { hitMarks } from '../core/hit-marks.ts';
import { accepted, type Result, refused } from '../core/result.ts';
import type { Database, Tx } from './database.ts';
import { inTransaction } from './transaction.ts';

/** As long as what somebody searches for may be. */
const longestQuery = 200;
/**
 * So many matches, the latest, are ranked: ranking reads each of them whole, and a common word has tens of thousands.
 * More than this nobody pages through.
 */
export const mostRanked = 100;

/**
 * A rare word is found quickest by the index of words, a common one by going back in time until there are enough. Postgres
 * chooses for each search anew, by what it knows of how common its words are; with its usual costs it goes back in time for
 * too long, since it takes the comparison with a text for as cheap as one with a number, and pages for far away. Starting
 * a second process for it takes longer than all the rest.
 */
const costs = sql`set_config('plan_cache_mode', 'force_custom_plan', true),
  set_config('random_page_cost', '0.5', true), set_config('seq_page_cost', '0.5', true),
  set_config('cpu_operator_cost', '0.1', true), set_config('max_parallel_workers_per_gather', '0', true)`;

/** What somebody searches for: words, "phrases", `or` and `-words`, as on the web. */
export type Search = { typed: string };

/** Reads what was typed. Refuses nothing at all, and what is too long to be a search. */
export function readSearch(typed: string): Result<Search> {
  const text = typed.replace(/\s+/g, ' ').trim();
  if (text.length > longestQuery)
    return refused('too-long', `That is long. Search with a few words, ${longestQuery} characters at most.`);
  return text === '' ? noWords : accepted({ typed: text });
}

const noWords = refused('no-words', 'Search for a word or two, such as `pricing` or `"price list"`.');
const tooCommon = refused(
  'too-common',
  'Those words are in nearly everything. Add one that says what it is about.',
);

/** The query as Postgres reads it; the same words mean the same in `search` columns. */
export function searchQuery({ typed }: Search): RawBuilder<string> {
  return sql<string>`websearch_to_tsquery('cairn', ${typed})`;
}

/**
 * Runs a search for what was typed. Refuses words that no index can look for: "the" and its like, or only what shall not
 * be there. `find` runs in a transaction in which searches are planned well; it reads alone.
 */
export async function searching<T>(
  db: Database,
  search: Search,
  find: (tx: Tx, query: RawBuilder<string>) => Promise<T>,
): Promise<Result<T>> {
  const query = searchQuery(search);
  return await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ tree: string }>`
      select querytree(${query}) as tree, ${costs}`.execute(tx);
    const tree = rows[0]?.tree;
    return tree === '' || tree === 'T' ? tooCommon : accepted(await find(tx, query));
  });
}

const marks = `StartSel=${hitMarks.begin}, StopSel=${hitMarks.end}`;
const unmarked = (text: RawBuilder<string>) =>
  sql<string>`translate(${text}, ${sql.lit(hitMarks.begin + hitMarks.end)}, '')`;

/** A short text with every hit between `hitMarks`. */
export function withHits(text: RawBuilder<string>, query: RawBuilder<string>): RawBuilder<string> {
  const options = sql.lit(`HighlightAll=true, ${marks}`);
  return sql<string>`ts_headline('cairn', ${unmarked(text)}, ${query}, ${options})`;
}

/** The words of a long text that stand around its hits, each hit between `hitMarks`. */
export function snippet(text: RawBuilder<string>, query: RawBuilder<string>): RawBuilder<string> {
  const options = sql.lit(
    `MaxFragments=2, MaxWords=25, MinWords=10, ShortWord=2, FragmentDelimiter=" … ", ${marks}`,
  );
  return sql<string>`ts_headline('cairn', ${unmarked(text)}, ${query}, ${options})`;
}
