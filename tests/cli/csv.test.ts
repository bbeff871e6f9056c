import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { cairn, countRows, importText, type Run } from './cairn.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'cairn-csv-'));
  expect(await importText(database.url, company)).toMatchObject({ status: 0, err: [] });
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const company = `version: 1
people: { ana: { email: ana@x.example }, ben: { slack: U01BEN } }
teams: [{ key: checkout, name: Checkout, lead: ana, channel: "#checkout" }]
cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]
objectives:
  - key: reliable
    title: Checkout that just works
    cycle: 2026-Q4
    team: checkout
    key_results:
      - { key: failed-rate, title: "=cmd|' /C calc'!A0", owner: ben, backup: ana, unit: "%", start: 4.2, target: -2, current: 3.1, due: 2026-12-01 }
      - { key: speed, title: "Fast, \\"really\\"", type: milestone, commitment: aspirational }
cadences:
  - { key: weekly, ritual: okr-check-in, channel: "#checkout", schedule: "0 9 * * MON", state: paused }
`;
const head = 'objective,key,title,owner,backup,type,unit,direction,start,target,current,commitment,due,state';

async function run(...args: string[]): Promise<Run> {
  const { status, out, err } = await cairn(args, { DATABASE_URL: database.url });
  const short = (line: string): string => line.replaceAll(`${folder}/`, '').replaceAll('\r', '');
  return { status, out: out.map(short), err: err.map(short) };
}
async function importCsv(text: string, ...options: string[]): Promise<Run> {
  await writeFile(join(folder, 'table.csv'), text);
  return await run('import', join(folder, 'table.csv'), ...options);
}
async function exported(kind: string): Promise<string> {
  const file = join(folder, `${kind}.csv`);
  expect(await run('export', '--csv', kind, file)).toMatchObject({ status: 0, out: [] });
  return await readFile(file, 'utf8');
}

describe('key results', () => {
  test('are written so that no title is a formula, and come back as they were', async () => {
    const text = await exported('key-results');
    expect(text.split('\r\n')).toEqual([
      head,
      "reliable,failed-rate,'=cmd|' /C calc'!A0,ben,ana,,%,,4.2,-2,3.1,,2026-12-01,",
      'reliable,speed,"Fast, ""really""",,,milestone,,,,,,aspirational,,',
      '',
    ]);
    expect(await importCsv(text)).toEqual({
      status: 0,
      err: [],
      out: [
        'key results: 0 added, 0 changed, 2 unchanged',
        'table.csv is imported into Playground (T0CAIRN).',
      ],
    });
    expect(await exported('key-results')).toBe(text);
  });

  test('are added and changed; columns that are left out stay as they are, and a dry run says what would change', async () => {
    const table =
      'key,objective,target,title,start\nfailed-rate,reliable,1.5,Failed rate,4.2\nnew,reliable,10,New one,0\n';
    const dry = await importCsv(table, '--dry-run');
    expect(dry.out.slice(-2)).toEqual([
      'key results: 1 would be added, 1 would be changed, 0 unchanged',
      'Nothing was written: a dry run of table.csv into Playground (T0CAIRN).',
    ]);
    expect(dry.out.join('\n')).toContain('failed-rate');
    expect(await exported('key-results')).not.toContain('New one');
    expect((await importCsv(table)).out[0]).toBe('key results: 1 added, 1 changed, 0 unchanged');
    expect((await exported('key-results')).split('\r\n')).toEqual([
      head,
      'reliable,failed-rate,Failed rate,ben,ana,,%,,4.2,1.5,3.1,,2026-12-01,',
      'reliable,speed,"Fast, ""really""",,,milestone,,,,,,aspirational,,',
      'reliable,new,New one,,,,,,0,10,,,,',
      '',
    ]);
  });

  test.each([
    [
      `${head}\nreliabel,k,K,bne,,,,,3,3,,,,\n,l,L,,,,,,1,"2,5",,,,\nreliable,m,,,,,,,1,2,,,soon,\nreliable,m,M,,,,,,1,2,,,,\n`,
      [
        '2: objective: there is no objective "reliabel"; did you mean "reliable"?',
        '2: owner: nobody is called "bne"; did you mean "ben"?',
        '2: target: The target equals the start. To keep a value where it is, choose Maintain.',
        '3: objective: is missing; write the key of its objective',
        '3: target: must be a number, not the text "2,5"; write digits alone, such as 4.2',
        '4: title: is missing; add "title: …"',
        '4: due: "soon" is not a date; write it as 2026-10-01',
        '5: key: "m" is there twice; take one out',
      ],
    ],
    [
      'key,titel\nk,K\n',
      [
        '1: column "titel" is not known; did you mean "title"?',
        '1: column "objective" is missing; add it to the first line',
      ],
    ],
    [
      'key,title\nk\n',
      ['2: has more or fewer cells than there are columns; put a cell with a comma in it in double quotes'],
    ],
  ])('%j is refused whole, and nothing is written', async (table, lines) => {
    const rows = await countRows(database.db);
    const refusal = await importCsv(table);
    expect(refusal.status).toBe(1);
    expect(refusal.err.slice(0, -1)).toEqual(lines.map((line) => `table.csv:${line}`));
    expect(await countRows(database.db)).toBe(rows);
  });
});

describe('check-ins', () => {
  const columns = 'key_result,cadence,occurrence,at,person,value,confidence,health,words,late';
  const history = [
    columns,
    "failed-rate,weekly,5 October,2026-10-05T07:00:00Z,ben,3.9,7,,'=slow,",
    'failed-rate,weekly,12 October,2026-10-12T07:00:00Z,ana,3.4,8,at-risk,We wait for risk.,yes',
    '',
  ].join('\r\n');

  test('come in as history, once, and go out as they were; the newest says how the key result stands', async () => {
    const dry = await importCsv(history, '--dry-run');
    expect(dry.out).toContain('+ check-in of failed-rate at 2026-10-05T07:00:00Z: 3.9, confidence 7');
    expect(dry.out.at(-2)).toBe('check-ins: 2 would be added, 0 would be changed, 0 unchanged');
    expect((await exported('check-ins')).trim()).toBe(columns);
    expect((await importCsv(history)).out[0]).toBe('check-ins: 2 added, 0 changed, 0 unchanged');
    expect(await exported('check-ins')).toBe(history);
    expect((await importCsv(history)).out[0]).toBe('check-ins: 0 added, 0 changed, 2 unchanged');
    const row = await database.db
      .selectFrom('key_results')
      .select(['current_value', 'confidence', 'health_overruled', 'health_words'])
      .where('key', '=', 'failed-rate')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      current_value: 3.4,
      confidence: 8,
      health_overruled: 'at-risk',
      health_words: 'We wait for risk.',
    });
  });

  test('each wrong cell is told with its line', async () => {
    const table = `${columns}\nfailed,weekly,A,soon,zoe,much,11,green,,maybe\nspeed,weakly,A,2026-10-05T07:00:00Z,ana,1,8,,,\nspeed,weekly,,2026-10-05T07:00:00Z,ana,1,8,at-risk,,\n`;
    const refusal = await importCsv(table);
    expect(refusal.err).toEqual([
      'table.csv:2: key_result: there is no key result "failed"; import key results first',
      'table.csv:2: person: nobody is called "zoe"; add them under people of a cairn.yaml',
      'table.csv:2: at: "soon" is no moment; write it as 2026-10-05T07:00:00Z',
      'table.csv:2: value: I could not read a number in this. Write it like 12.5.',
      'table.csv:2: confidence: Confidence is a whole number from 0 to 10.',
      'table.csv:2: health: "green" is not known here; use one of on-track, at-risk, off-track, or leave it empty',
      'table.csv:2: late: "maybe" is neither yes nor no',
      'table.csv:3: cadence: there is no cadence "weakly"; did you mean "weekly"?',
      'table.csv:4: occurrence: is missing; write both, or neither for an answer given early',
      'table.csv:4: words: is missing; health that is said needs words',
      'Nothing was written: 10 problems in table.csv.',
    ]);
  });
});

test('a table is read in the encodings that spreadsheets save, parted by tabs too', async () => {
  const table = '\ufeffkey\tobjective\ttitle\tstart\ttarget\nfuer\treliable\tGröße\t0\t3\n';
  await writeFile(join(folder, 'table.csv'), Buffer.from(table, 'utf16le'));
  const read = await run('import', join(folder, 'table.csv'));
  expect(read.out[0]).toBe('key results: 1 added, 0 changed, 0 unchanged');
  expect(await exported('key-results')).toContain('reliable,fuer,Größe,');
});

test('an unknown kind of table is wrong usage', async () => {
  expect(await run('export', '--csv', 'cats')).toMatchObject({ status: 2 });
  expect((await run('export', '--csv', 'cats')).err[0]).toBe(
    '--csv "cats" is none of rocks, objectives, key-results, check-ins, roadmap, decisions, strategy, people, teams, accounts.',
  );
  expect((await run('export', '--csv', 'key-results', '--history')).err[0]).toBe(
    '--csv and --history do not go together; ask for one at a time.',
  );
});

test('states, who may see what, and days go through a file byte by byte', async () => {
  const more = `version: 1
cycles:
  - { key: "2026", starts: 2026-01-01, ends: 2026-12-31 }
  - { key: 2026-Q3, starts: 2026-07-01, ends: 2026-09-30, state: closed, parent: "2026" }
objectives:
  - key: old
    title: Old
    cycle: 2026-Q3
    visibility: [ben]
    state: done
    key_results:
      - { key: old-one, title: Old one, start: 1, target: 2, due: 2026-09-01, state: carried }
`;
  expect(await importText(database.url, more)).toMatchObject({ status: 0, err: [] });
  const exportedYaml = (await run('export')).out.join('\n');
  for (const said of [
    'state: closed, parent: "2026"',
    'visibility: [ben]',
    'due: 2026-09-01',
    'state: carried',
  ])
    expect(exportedYaml).toContain(said);
  const second = await createTestDatabase();
  try {
    expect(await importText(second.url, exportedYaml)).toMatchObject({ status: 0, err: [] });
    const again = await cairn(['export'], { DATABASE_URL: second.url });
    expect(again.out.join('\n')).toBe(exportedYaml);
  } finally {
    await second.close();
  }
});
