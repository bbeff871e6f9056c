import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCsv, writeCsv } from '../../src/cli/csv/format.ts';
import { smallCompany } from '../support/cairn.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { cairn, importText, type Run } from './cairn.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'cairn-csv-'));
  expect(await importText(database.url, smallCompany, [])).toMatchObject({ status: 0 });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function run(...args: string[]): Promise<Run> {
  const { status, out, err } = await cairn(args, { DATABASE_URL: database.url });
  const short = (line: string): string => line.replaceAll(`${folder}/`, '');
  return { status, out: out.map(short), err: err.map(short) };
}
const file = (name: string) => join(folder, name);
const importing = async (kind: string, text: string, ...options: string[]) => {
  await writeFile(file('table.csv'), text);
  return await run('import', file('table.csv'), '--csv', kind, ...options);
};

const heading = 'cycle,objective,key,title,owner,backup,type,unit,direction,start,target,current,commitment';

describe('a table of key results', () => {
  test('has them in the order in which people keep them', async () => {
    await run('export', file('key-results.csv'), '--csv', 'key-results');
    expect(await readFile(file('key-results.csv'), 'utf8')).toBe(
      [
        heading,
        '2026-Q4,reliable,failed-rate,Failed payment rate,ana@test.example,,percent,,down,4.2,2,3.1,committed',
        '2026-Q4,reliable,refund-days,Days to refund,ben@test.example,,number,days,down,6,2,5,aspirational',
        '',
      ].join('\r\n'),
    );
  });

  test('changes nothing when it comes back as it went out', async () => {
    await run('export', file('key-results.csv'), '--csv', 'key-results');
    const text = await readFile(file('key-results.csv'), 'utf8');
    const again = await importing('key-results', text);
    expect(again).toMatchObject({ status: 0, err: [] });
    expect(again.out[0]).toBe('key-results: 0 added, 0 changed, 2 unchanged');
  });

  test('adds and changes, and leaves those alone that it does not name', async () => {
    const text = [
      'objective,key,title,owner,start,target',
      'reliable,failed-rate,Failed payments,ana@test.example,4.2,1.5',
      'reliable,new-one,A new one,ben@test.example,baseline,5',
    ].join('\n');
    const refused = await importing('key-results', text);
    expect(refused.err[0]).toBe(
      'table.csv:3: direction: is missing, and a baseline does not tell it; add "direction: up", down or maintain',
    );
    const mended = text.replace('baseline', '1');
    expect((await importing('key-results', mended, '--dry-run')).out).toEqual([
      'key-results: 1 would be added, 1 would be changed, 0 unchanged',
      expect.stringMatching(/^Nothing was written: a dry run of table.csv into /),
    ]);
    expect((await importing('key-results', mended)).out[0]).toBe(
      'key-results: 1 added, 1 changed, 0 unchanged',
    );
    const rows = await database.db
      .selectFrom('key_results')
      .select(['key', 'title', 'target_value'])
      .orderBy('key')
      .execute();
    expect(rows).toEqual([
      { key: 'failed-rate', title: 'Failed payments', target_value: 1.5 },
      { key: 'new-one', title: 'A new one', target_value: 5 },
      { key: 'refund-days', title: 'Days to refund', target_value: 2 },
    ]);
  });

  test.each([
    ['objective,key\nreliable,x', 'table.csv: line 1: the column title is missing'],
    [
      'objective,key,title,target,colour\n',
      'table.csv: line 1: there is no column "colour"; the columns are cycle, objective, key, title, owner, backup, type, unit, direction, start, target, current, commitment',
    ],
    ['', 'table.csv: line 1: the file is empty; its first line names the columns'],
    [
      'objective,key,title,start,target\nnone,x,X,1,2',
      'table.csv:2: objective: there is no objective "none"; add it first',
    ],
    [
      'objective,key,title,owner,start,target\nreliable,x,X,zoe,1,2',
      'table.csv:2: owner: I know nobody called "zoe"; write an e-mail address',
    ],
    [
      'objective,key,title,start,target\nreliable,x,X,2,2',
      'table.csv:2: target: is where it starts (2); say direction: maintain if the value shall stay',
    ],
    [
      'cycle,objective,key,title,start,target\n2026-Q3,reliable,x,X,1,2',
      'table.csv:2: cycle: "reliable" is in 2026-Q4; mend one of them',
    ],
    [
      'objective,key,title,start,target\nreliable,x,X,1,2\nreliable,x,X,1,2',
      'table.csv:3: key: "x" is on line 2 already',
    ],
  ])('that is wrong is refused with its line, and nothing is written: %s', async (text, words) => {
    const refused = await importing('key-results', text);
    expect(refused.status).toBe(1);
    expect(refused.err[0]).toBe(words);
    expect(refused.err.at(-1)).toMatch(/^Nothing was written/);
    expect(await database.db.selectFrom('key_results').select('key').execute()).toHaveLength(2);
  });
});

describe('a table of check-ins', () => {
  const past = [
    'key_result,answered_at,person,value,confidence,health,words,late',
    'failed-rate,2026-10-05T07:00:00Z,ana@test.example,4,8,,"=Fewer, ""much"" fewer",',
    'failed-rate,2026-10-12T07:00:00Z,ana@test.example,3.4,6,on-track,It only looks so.,yes',
  ].join('\n');

  test('comes in once, becomes the latest of its key result, and goes out as it came', async () => {
    expect((await importing('check-ins', past)).out[0]).toBe('check-ins: 2 added, 0 changed, 0 unchanged');
    expect((await importing('check-ins', past)).out[0]).toBe('check-ins: 0 added, 0 changed, 2 unchanged');
    const latest = await database.db
      .selectFrom('key_results')
      .select(['current_value', 'confidence', 'health_overruled', 'health_words'])
      .where('key', '=', 'failed-rate')
      .executeTakeFirst();
    expect(latest).toEqual({
      current_value: 3.4,
      confidence: 6,
      health_overruled: 'on-track',
      health_words: 'It only looks so.',
    });
    const { out } = await run('export', '--csv', 'check-ins');
    expect(out.join('\n').split(/\r?\n/)).toEqual([
      'key_result,answered_at,person,value,confidence,health,words,late',
      'failed-rate,2026-10-05T07:00:00Z,ana@test.example,4,8,,"\'=Fewer, ""much"" fewer",',
      'failed-rate,2026-10-12T07:00:00Z,ana@test.example,3.4,6,on-track,It only looks so.,yes',
    ]);
  });

  test.each([
    ['nope,2026-10-05,ana,4,8', 'key_result: there is no key result "nope"; add it first'],
    ['failed-rate,soon,ana,4,8', 'answered_at: "soon" is no time; write it like 2026-11-23T09:00:00Z'],
    ['failed-rate,2026-10-05,zoe,4,8', 'person: I know nobody called "zoe"; write an e-mail address'],
    ['failed-rate,2026-10-05,ana,much,8', 'value: I could not read a number in this. Write it like 12.5.'],
    ['failed-rate,2026-10-05,ana,4,11', 'confidence: Confidence is a whole number from 0 to 10.'],
  ])('that is wrong is refused with its line, and nothing is written: %s', async (row, words) => {
    const refused = await importing('check-ins', `key_result,answered_at,person,value,confidence\n${row}`);
    expect(refused).toMatchObject({
      status: 1,
      err: [`table.csv:2: ${words}`, 'Nothing was written: 1 problem in table.csv.'],
    });
    expect(await database.db.selectFrom('check_ins').select('id').execute()).toEqual([]);
  });
});

test('--csv names one of two tables', async () => {
  expect(await run('export', '--csv', 'rocks')).toMatchObject({
    status: 2,
    err: ['--csv "rocks" is none of key-results, check-ins.', expect.stringMatching(/^Usage/)],
  });
});

test('what a spreadsheet would take for a formula reads back as it was', () => {
  const cells = ['=1+1', '+49 30', '-5', '@ana', "'=x", 'plain', '\tx', '-5.5', '-x'];
  const columns = cells.map((_, index) => `c${index}`);
  const row = Object.fromEntries(cells.map((cell, index) => [`c${index}`, cell]));
  const text = writeCsv(columns, [row]);
  expect(text).toContain("'=1+1");
  const read = readCsv(text, { needed: columns, known: columns });
  expect(read.ok && read.value[0]?.row).toEqual(row);
});
