import { expect, test } from 'vitest';
import { cairn } from './cairn.ts';

const usage = 'Usage: cairn migrate | import | export | manifest | doctor | help';
const exportUsage = 'Usage: cairn export [FILE] [--workspace T…] [--history | --csv KIND]';
const importUsage = 'Usage: cairn import FILE [--workspace T…] [--dry-run] [--overwrite]';

test.each([[['help']], [['--help']], [['-h']]])('%j prints every command and succeeds', async (args) => {
  const run = await cairn(args);
  expect(run.status).toBe(0);
  expect(run.out.join('\n')).toContain('cairn migrate');
  expect(run.out.join('\n')).toContain('cairn import FILE');
});

test.each([[['help', 'import']], [['import', '--help']], [['import', 'a.yaml', '-h']]])(
  '%j prints the help of import alone',
  async (args) => {
    const run = await cairn(args);
    expect(run.status).toBe(0);
    expect(run.out.join('\n')).toContain('--overwrite');
    expect(run.out.join('\n')).not.toContain('cairn migrate');
  },
);

test('nothing typed is wrong usage, and the help tells what can be', async () => {
  const run = await cairn([]);
  expect(run).toMatchObject({ status: 2, out: [] });
  expect(run.err.join('\n')).toContain('cairn import FILE');
});

test.each<[string[], string[]]>([
  [['imprt'], ['There is no command "imprt". Did you mean `import`?', usage]],
  [['frobnicate'], ['There is no command "frobnicate".', usage]],
  [['constructor'], ['There is no command "constructor".', usage]],
  [['import'], ['Which file? Name one.', importUsage]],
  [
    ['import', 'a', 'b'],
    ['One file at a time, please.', importUsage],
  ],
  [
    ['import', 'a', '--dry-rum'],
    ['There is no option "--dry-rum". Did you mean --dry-run?', importUsage],
  ],
  [
    ['import', 'a', '--frobnicate=1'],
    ['There is no option "--frobnicate".', importUsage],
  ],
  [
    ['import', 'a', '-x'],
    ['There is no option "-x".', importUsage],
  ],
  [
    ['import', 'a', '--workspace'],
    ['--workspace needs a workspace after it.', importUsage],
  ],
  [
    ['import', '--workspace', '--dry-run', 'a'],
    ['--workspace needs a workspace after it.', importUsage],
  ],
  [
    ['import', 'a', '--dry-run=yes'],
    ['--dry-run takes no value.', importUsage],
  ],
  [
    ['import', 'a', '--from', 'excel'],
    ['--from "excel" is none of cairn, backstage, codeowners.', importUsage],
  ],
  [
    ['import', 'a', '--as', 'octocat'],
    ['--as "octocat" is no pair; write --as octocat=ana.', importUsage],
  ],
  [
    ['import', 'a', '--repository', 'acme/shop'],
    ['--repository needs its address, such as https://github.com/acme/shop.', importUsage],
  ],
  [
    ['import', 'a', '--from'],
    ['--from needs cairn, backstage or codeowners after it.', importUsage],
  ],
  [
    ['export', 'a', 'b'],
    ['One file at a time, please.', exportUsage],
  ],
  [
    ['export', '--histroy'],
    ['There is no option "--histroy". Did you mean --history?', exportUsage],
  ],
  [
    ['export', '--history=all'],
    ['--history takes no value.', exportUsage],
  ],
  [
    ['migrate', 'now'],
    ['"now" is too much here.', 'Usage: cairn migrate'],
  ],
  [
    ['migrate', '--force'],
    ['"--force" is too much here.', 'Usage: cairn migrate'],
  ],
])('%j is wrong usage', async (args, err) => {
  expect(await cairn(args)).toEqual({ status: 2, out: [], err });
});

test('a wrong configuration is refused with every problem', async () => {
  const run = await cairn(['migrate'], { DATABASE_URL: 'mysql://x', PORT: 'x' });
  expect(run).toEqual({
    status: 1,
    out: [],
    err: [
      'DATABASE_URL must start with postgres:// or postgresql://',
      'PORT must be a number from 0 to 65535',
    ],
  });
});

test('an unreachable database is one clear line', async () => {
  const run = await cairn(['migrate'], { DATABASE_URL: 'postgres://cairn@127.0.0.1:1/cairn' });
  expect(run).toEqual({
    status: 1,
    out: [],
    err: [
      'The database cannot be reached (connect ECONNREFUSED 127.0.0.1:1). Check DATABASE_URL and that PostgreSQL is running.',
    ],
  });
});

test('an address that is none is one clear line', async () => {
  const run = await cairn(['migrate'], { DATABASE_URL: 'postgres://:::' });
  expect(run).toEqual({
    status: 1,
    out: [],
    err: ['DATABASE_URL is not an address; write it as postgres://user:password@host:5432/name.'],
  });
});
