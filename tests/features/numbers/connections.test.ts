import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Connections,
  connectionProblems,
  openConnections,
} from '../../../src/features/numbers/connections.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let connections: Connections;
beforeAll(async () => {
  database = await createTestDatabase();
  await sql`create table orders (id int primary key, amount numeric)`.execute(database.db);
  await sql`insert into orders values (1, 10), (2, 32.5)`.execute(database.db);
  connections = openConnections({
    WAREHOUSE: database.url,
    GONE: 'postgres://reader:very-secret@127.0.0.1:1/none',
    ODD: 'not an address: very-secret',
  });
});
afterAll(async () => {
  await connections.close();
  await database.close();
});

const read = async (query: string, name = 'WAREHOUSE') => await connections.query(name, query);

async function orders(): Promise<unknown> {
  const { rows } = await sql`select id, amount from orders order by id`.execute(database.db);
  return rows;
}
const untouched = [
  { id: 1, amount: 10 },
  { id: 2, amount: 32.5 },
];

describe('a query', () => {
  it.each<[string, number]>([
    ['select sum(amount) from orders', 42.5],
    ['select count(*) from orders;', 2],
    ['select amount::float8 from orders where id = 2 -- the second', 32.5],
    ['with big as (select * from orders where amount > 20) select count(*) from big', 1],
    ["select '1e3'", 1000],
    ['select -0.5', -0.5],
  ])('%s gives its number', async (query, value) => {
    expect(await read(query)).toEqual({ ok: true, value });
  });

  it.each([
    [
      'select amount from orders',
      'This query gives more than one row. A source needs one row with one number.',
    ],
    [
      'select generate_series(1, 100000000)',
      'This query gives more than one row. A source needs one row with one number.',
    ],
    [
      'select id, amount from orders where id = 1',
      'This query gives 2 columns. A source needs one row with one number.',
    ],
    ['select 1 as a, 2 as a', 'This query gives 2 columns. A source needs one row with one number.'],
    [
      'select amount from orders where id = 3',
      'This query gives no row. A source needs one row with one number.',
    ],
    [
      'select sum(amount) from orders where id = 3',
      'This query gives nothing (null). A source needs one number.',
    ],
    ["select 'many'", 'This query gives “many”, which is no number.'],
    ["select 'NaN'::float8", 'This query gives “NaN”, which is no number.'],
    ["select '$12'::text", 'This query gives “$12”, which is no number.'],
    ['select amoun from orders', 'The database refuses this query: column "amoun" does not exist.'],
    ['selec 1', 'The database refuses this query: syntax error at or near "selec".'],
  ])('%s is refused', async (query, words) => {
    expect(await read(query)).toMatchObject({ ok: false, field: 'query', words });
  });

  it('that takes too long is ended', async () => {
    expect(await read('select pg_sleep(30)')).toMatchObject({
      ok: false,
      words: 'This query takes longer than 5 seconds.',
    });
  }, 15_000);
});

describe('a query that writes is refused, and nothing is written:', () => {
  it.each([
    'delete from orders',
    'update orders set amount = 0 returning amount',
    'insert into orders values (3, 1)',
    'with gone as (delete from orders returning 1) select count(*) from gone',
    'create table more (id int)',
    'truncate orders',
    'select id from orders where id = 1 for update',
    'explain analyze delete from orders',
    'do $$ begin delete from orders; end $$',
  ])('%s', async (query) => {
    expect(await read(query)).toEqual({
      ok: false,
      code: 'writes',
      field: 'query',
      words: 'This query writes. A source may only read.',
    });
    expect(await orders()).toEqual(untouched);
  });

  it.each([
    'select 1; delete from orders',
    'commit; delete from orders; select 1',
    'set transaction read write; delete from orders',
  ])('%s', async (query) => {
    expect(await read(query)).toMatchObject({
      code: 'several',
      field: 'query',
      words: 'These are several statements. Write one query that gives one number.',
    });
    expect(await orders()).toEqual(untouched);
  });

  it.each([
    'commit',
    'set transaction read write',
    'do $$ begin set transaction read write; delete from orders; end $$',
    'do $$ begin commit; delete from orders; end $$',
    "do $$ begin perform set_config('transaction_read_only', 'off', true); delete from orders; end $$",
  ])('%s', async (query) => {
    expect((await read(query)).ok).toBe(false);
    expect(await orders()).toEqual(untouched);
  });
});

describe('a connection', () => {
  it('that does not answer is named, without its address', async () => {
    const words = 'The connection GONE does not answer. An operator can mend it.';
    expect(await read('select 1', 'GONE')).toEqual({ ok: false, code: 'silent', field: 'connection', words });
  });

  it('that is no address is, too', async () => {
    const answer = await read('select 1', 'ODD');
    expect(answer).toMatchObject({ words: 'The connection ODD does not answer. An operator can mend it.' });
  });

  it('that nobody named any more says so', async () => {
    expect(await read('select 1', 'OLD')).toMatchObject({
      field: 'connection',
      words: 'There is no connection called OLD any more. An operator names them (CAIRN_SQL_OLD).',
    });
    expect((await read('select 1', 'toString')).ok).toBe(false);
  });

  it('keeps nothing of a query for the next one', async () => {
    expect((await read('select 1 from (select pg_advisory_lock(7)) as l')).ok).toBe(true);
    await expect
      .poll(async () => {
        const { rows } = await sql<{ held: number }>`
          select count(*)::int as held from pg_locks where locktype = 'advisory' and objid = 7`.execute(
          database.db,
        );
        return rows[0]?.held;
      })
      .toBe(0);
  });

  it('answers more queries at once than it has connections', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => read(`select ${index}`)));
    expect(answers).toEqual(Array.from({ length: 12 }, (_, index) => ({ ok: true, value: index })));
  });

  it('that does not answer is named for the operator, with the mend and without its address', async () => {
    const gone = 'postgres://reader:very-secret@127.0.0.1:1/none';
    expect(await connectionProblems({ WAREHOUSE: database.url, GONE: gone })).toEqual([
      'CAIRN_SQL_GONE: the database does not answer: check the address, and that this machine reaches it',
    ]);
  });
});
