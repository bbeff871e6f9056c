import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { cairn, importText } from '../cairn.ts';
import { importFiles } from '../foreign.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.close();
});

const people =
  'version: 1\npeople: { ana: { email: ana@acme.example }, ben: { email: ben@acme.example } }\nteams: [{ key: docs, name: Docs }]\n';
const file = `# Everything else
* @acme/platform

# Takes the money, from the pay button on.
/services/payments/ @ana @ben @acme/checkout
/services/refunds/ ben@acme.example new.one@acme.example
/libs/api/ @docs
/apps/api/ @Ana
*.sql @ana
/README.md @ana
/old/ @ana
/old/
`;

test('folders become rocks, owners own them unconfirmed, and what is no folder is named by its line', async () => {
  await importText(database.url, people);
  const run = await importFiles(database.url, { CODEOWNERS: file }, 'CODEOWNERS', [
    ...['--repository', 'https://github.com/acme/shop.git'],
  ]);
  expect(run).toEqual({
    status: 0,
    err: [],
    out: [
      'people: 1 added, 0 changed, 0 unchanged',
      'teams: 2 added, 0 changed, 0 unchanged',
      'rocks: 5 added, 0 changed, 0 unchanged',
      'Left out:',
      '  line 9, *.sql: it names no single folder',
      '  line 10, /README.md: it names a file',
      '  line 11, /old/: line 12 counts in its place',
      '  line 12, /old/: it has no owners',
      'Teams of which only the name is known, so far without a lead: platform, checkout.',
      'Rocks without a person who owns them: shop, libs-api.',
      'CODEOWNERS is imported into Playground (T0CAIRN).',
    ],
  });
  const { out } = await cairn(['export'], { DATABASE_URL: database.url });
  const rocks = out
    .join('\n')
    .split('rocks:\n')[1]
    ?.replace(/owned_since: .*/g, 'owned_since: today');
  expect(rocks).toBe(`  - key: apps-api
    name: apps/api
    owner: ana
    owned_since: today
    confirmed: false
    links:
      - { label: Code, url: https://github.com/acme/shop/tree/HEAD/apps/api }

  - key: libs-api
    name: libs/api
    team: docs
    links:
      - { label: Code, url: https://github.com/acme/shop/tree/HEAD/libs/api }

  - key: services-payments
    name: Payments
    summary: Takes the money, from the pay button on.
    owner: ana
    owned_since: today
    confirmed: false
    backups: [ben]
    team: checkout
    links:
      - { label: Code, url: https://github.com/acme/shop/tree/HEAD/services/payments }

  - key: services-refunds
    name: Refunds
    owner: ben
    owned_since: today
    confirmed: false
    backups: [new.one]
    links:
      - { label: Code, url: https://github.com/acme/shop/tree/HEAD/services/refunds }

  - key: shop
    name: Shop
    summary: Everything else
    team: platform
    links:
      - { label: Code, url: https://github.com/acme/shop }`);

  const again = await importFiles(database.url, { CODEOWNERS: file }, 'CODEOWNERS', [
    ...['--repository', 'https://github.com/acme/shop'],
  ]);
  expect(again.out).toContain('rocks: 0 added, 0 changed, 5 unchanged');
});

test('a login that nobody has is refused by its line; in a repository the file is found', async () => {
  await importText(database.url, people);
  const files = { '.github/CODEOWNERS': '/a/ @octocat\n/b/ @octocat @benn\n' };
  expect(await importFiles(database.url, files, '.', ['--from', 'codeowners'])).toEqual({
    status: 1,
    out: [],
    err: [
      '.github/CODEOWNERS:1: @octocat: nobody is called "@octocat"; say who it is with --as octocat=…, or import them first with their address',
      '.github/CODEOWNERS:2: @octocat: nobody is called "@octocat"; say who it is with --as octocat=…, or import them first with their address',
      '.github/CODEOWNERS:2: @benn: nobody is called "@benn"; did you mean "ben"?',
      'Nothing was written: 3 problems in the-folder.',
    ],
  });
  const named = await importFiles(database.url, files, '.', [
    ...['--from', 'codeowners', '--as', 'octocat=ana', '--as', '@benn=@ben'],
  ]);
  expect(named.err).toEqual([]);
  expect(named.out).toContain('rocks: 2 added, 0 changed, 0 unchanged');
});
