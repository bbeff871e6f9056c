import { makeCompany } from '../tests/features/ownership/lookup-set/company.ts';
import { fuseWith } from '../tests/features/ownership/lookup-set/fuse.ts';
import {
  cairnWith,
  type Found,
  type Rates,
  ratesOf,
} from '../tests/features/ownership/lookup-set/measure.ts';
import { makeQueries } from '../tests/features/ownership/lookup-set/queries.ts';
import { withFreshDatabase } from './fresh-database.ts';

/** How well a rock is found by what people type, beside Fuse.js on the same rocks: the figures of docs/lookup.md. */
export async function benchLookup({ withMisses }: { withMisses: boolean }): Promise<void> {
  const rocks = makeCompany();
  const queries = makeQueries(rocks);
  await withFreshDatabase(async (db) => {
    await db.insertInto('workspaces').values({ id: 'T0BENCH', name: 'Bench' }).execute();
    const ask = await cairnWith(db, 'T0BENCH', rocks);
    const found: Found[] = [];
    for (const { typed } of queries) found.push(await ask(typed));
    const askFuse = fuseWith(rocks);
    const byFuse = queries.map(({ typed }) => askFuse(typed));

    console.log(`lookup of ${rocks.length} rocks of a bank by ${queries.length} queries, beside Fuse.js`);
    console.log(
      '                          Cairn: first  of five  wrong+sure    Fuse: first  of five  wrong+sure',
    );
    const fuse = ratesOf(queries, byFuse);
    ratesOf(queries, found).forEach((rates, index) => {
      console.log(
        `  ${rates.kind.padEnd(18)} ${String(rates.count).padStart(5)} ${row(rates)}  ${row(fuse[index])}`,
      );
    });
    console.log('  aims                          95 %     99 %      0.5 %\n');
    if (withMisses) {
      queries.forEach(({ kind, typed, key }, index) => {
        const one = found[index];
        const at = one?.keys.indexOf(key);
        if (at !== 0)
          console.log(
            `${one?.isSure ? 'WRONG' : at === -1 ? 'absent' : `place ${at}`}\t${kind}\t${typed}\t${key}\t${one?.keys.join(' ')}`,
          );
      });
    }
  });
}

function row(rates: Rates | undefined): string {
  if (rates === undefined) return '';
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8);
  return `${percent(rates.first)} ${percent(rates.five)} ${percent(rates.wrongAndSure)}   `;
}
