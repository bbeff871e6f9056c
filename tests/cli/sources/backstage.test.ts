import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const entity = (kind: string, metadata: string, spec = ''): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n${indented(metadata)}${spec === '' ? '' : `spec:\n${indented(spec)}`}`;
const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('');

const org = [
  entity(
    'Group',
    'name: checkout',
    'type: team\nprofile: { displayName: Checkout crew }\nchildren: []\nmembers: [jane]',
  ),
  entity(
    'User',
    'name: jane',
    'profile: { displayName: Jane, email: jane@acme.example }\nmemberOf: [checkout]',
  ),
  entity('User', 'name: joe.b', 'profile: { email: joe@acme.example }\nmemberOf: [group:default/checkout]'),
  entity('User', 'name: nobody-needs', 'profile: { email: idle@acme.example }'),
].join('---\n');
const shop = [
  entity(
    'Component',
    [
      'name: payments-api',
      'title: "Payments: API"',
      'description: |',
      '  Takes the money.',
      '  Gives it back.',
      'annotations:',
      '  backstage.io/source-location: url:https://github.com/acme/shop/tree/main/payments/',
      '  github.com/project-slug: acme/shop',
      'tags: [java]',
      'links: [{ url: "https://bi.example/payments", title: Dashboard, icon: dashboard }, { url: "javascript:alert(1)" }]',
    ].join('\n'),
    'type: service\nlifecycle: production\nowner: checkout\nsystem: payments',
  ),
  entity('System', 'name: payments-api', 'owner: user:default/jane'),
  entity(
    'API',
    'name: refunds\nnamespace: billing',
    'type: openapi\nlifecycle: deprecated\nowner: Group:billing/Money_Back',
  ),
  entity('Location', 'name: more', 'targets: [./x.yaml]'),
].join('---\n');

async function exported(): Promise<string> {
  const file = join(tmpdir(), `cairn-backstage-${process.pid}.yaml`);
  const run = await cairn(['export', file], { DATABASE_URL: database.url });
  expect(run.status).toBe(0);
  return await readFile(file, 'utf8');
}

test('a catalog becomes people, teams and rocks, and what has no place is named', async () => {
  const run = await importFiles(
    database.url,
    {
      'org/org.yaml': org,
      'shop/catalog-info.yaml': shop,
      'shop/deploy.yaml': 'a: [',
      'skeleton/catalog-info.yaml': entity('Component', ['name: $', '{{ values.name }}'].join('')),
    },
    '.',
  );
  expect(run).toEqual({
    status: 0,
    err: [],
    out: [
      'people: 2 added, 0 changed, 0 unchanged',
      'teams: 2 added, 0 changed, 0 unchanged',
      'rocks: 3 added, 0 changed, 0 unchanged',
      'People whom no rock and no team names are left out: nobody-needs.',
      'Teams of which only the name is known, so far without a lead: billing-money-back.',
      'Rocks without a person who owns them: payments-api, billing-refunds.',
      'Left out, since they are no rocks: 1 Location. What a Location names is not followed.',
      'Left out, since a template has yet to fill them in: skeleton/catalog-info.yaml.',
      'Not read, since a rock has no place for it: metadata.tags (1), spec.children (1), spec.lifecycle (2), spec.system (1), spec.type (3).',
      'Deprecated, and rocks all the same, since somebody must carry them until they are gone: refunds.',
      'the-folder is imported into Playground (T0CAIRN).',
    ],
  });
  const today = new Date().toISOString().slice(0, 10);
  expect(await exported()).toBe(`version: 1

people:
  jane: { email: jane@acme.example }
  joe.b: { email: joe@acme.example }

teams:
  - { key: billing-money-back, name: Money_Back }
  - { key: checkout, name: Checkout crew, members: [jane, joe.b] }

rocks:
  - key: billing-refunds
    name: refunds
    team: billing-money-back

  - key: payments-api
    name: "Payments: API"
    summary: |-
      Takes the money.
      Gives it back.
    team: checkout
    links:
      - { label: Dashboard, url: https://bi.example/payments }
      - { label: Source, url: https://github.com/acme/shop/tree/main/payments/ }
      - { label: GitHub, url: https://github.com/acme/shop }

  - key: payments-api-system
    name: payments-api
    owner: jane
    owned_since: ${today}
    confirmed: false
`);
});

test('what the catalog does not know of a rock stays as it is, and the same twice changes nothing', async () => {
  await importText(
    database.url,
    'version: 1\npeople: { pia: { email: JANE@acme.example } }\nrocks: [{ key: payments-api, name: Payments, aliases: [psp], weight: 4, owner: pia, channel: "#pay" }]\n',
  );
  const first = await importFiles(database.url, { 'org.yaml': org, 'catalog-info.yaml': shop }, '.');
  expect(first.out).toContain('rocks: 2 added, 1 changed, 0 unchanged');
  const text = await exported();
  expect(text).toContain('name: "Payments: API"');
  expect(text).toContain('aliases: [psp]\n    owner: pia');
  expect(text).toContain('channel: "#pay"\n    weight: 4');
  expect(text).toContain('members: [joe.b, pia]');

  const second = await importFiles(database.url, { 'org.yaml': org, 'catalog-info.yaml': shop }, '.', [
    '--overwrite',
  ]);
  expect(second.out.slice(0, 2)).toEqual([
    'teams: 0 added, 0 changed, 1 unchanged',
    'rocks: 0 added, 0 changed, 3 unchanged',
  ]);
});

test('a person nobody knows is refused where they are named, and --as says who it is', async () => {
  await importText(database.url, 'version: 1\npeople: { ana: { email: ana@x.example } }\n');
  const files = {
    'catalog-info.yaml': `${entity('Component', 'name: a', 'owner: user:zoe')}---\n${entity('Component', 'name: b', 'owner: user:anna')}---\n${entity('User', 'name: ana', 'profile: { email: other@x.example }')}`,
  };
  const run = await importFiles(database.url, files, 'catalog-info.yaml');
  expect(run).toEqual({
    status: 1,
    out: [],
    err: [
      'catalog-info.yaml:6: Component a spec.owner: nobody is called "user:zoe"; say who it is with --as zoe=…, or import them first with their address',
      'catalog-info.yaml:13: Component b spec.owner: nobody is called "user:anna"; did you mean "ana"?',
      'catalog-info.yaml:20: User ana spec.profile.email: "ana" is here already, with the address ana@x.example; if it is the same person, say so with --as ana=ana',
      'Nothing was written: 3 problems in catalog-info.yaml.',
    ],
  });
  const named = await importFiles(database.url, files, 'catalog-info.yaml', [
    ...['--as', 'zoe=ana', '--as', 'anna=ana', '--as', 'ana=ana'],
  ]);
  expect(named).toMatchObject({ status: 0, err: [] });
});

test('one file of several documents, told apart by what is in it; a dry run shows the difference', async () => {
  const run = await importFiles(
    database.url,
    { 'entities.yml': shop.replace('user:default/jane', 'checkout') },
    'entities.yml',
    ['--dry-run'],
  );
  expect(run.out.slice(0, 5)).toEqual([
    '+ teams.billing-money-back: { name: Money_Back }',
    '+ teams.checkout: { name: Checkout }',
    '+ rocks.billing-refunds: { name: refunds, team: billing-money-back }',
    expect.stringMatching(/^\+ rocks\.payments-api: \{ name: "Payments: API", summary: /),
    '+ rocks.payments-api-system: { name: payments-api, team: checkout }',
  ]);
});

test('the same entity twice, YAML that is none and a folder without entities are refused', async () => {
  const twice = {
    'a.yaml': entity('Component', 'name: x'),
    'b.yaml': entity('Component', 'name: y').replace('name: y', 'name: x'),
    'c.yaml': '',
  };
  expect(
    (
      await importFiles(
        database.url,
        { ...twice, 'b.yaml': `${twice['b.yaml']}---\n${entity('Component', 'name: x')}` },
        '.',
      )
    ).err[0],
  ).toBe('b.yaml:9: Component x metadata.name: "x" is there twice (also in b.yaml, line 1); keep one');
  const broken = await importFiles(
    database.url,
    { 'a.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: [' },
    '.',
  );
  expect(broken.err[0]).toMatch(/^a\.yaml:2: YAML: /);
  expect(await importFiles(database.url, { 'a.txt': '' }, '.')).toEqual({
    status: 1,
    out: [],
    err: ['There is no entity of Backstage (apiVersion: backstage.io/…) below the folder the-folder.'],
  });
});

test('an owner who has said yes since stays confirmed when the same catalog is read again, with --overwrite too', async () => {
  const catalog = [
    entity('User', 'name: jane', 'profile: { email: jane@acme.example }'),
    entity('Component', 'name: refunds', 'owner: user:jane'),
  ].join('---\n');
  const files = { 'catalog-info.yaml': catalog };
  expect((await importFiles(database.url, files, 'catalog-info.yaml')).status).toBe(0);
  const confirmed = async () =>
    (await database.db.selectFrom('stints').select('confirmed_at').executeTakeFirstOrThrow()).confirmed_at;
  expect(await confirmed()).toBeNull();
  await database.db.updateTable('stints').set({ confirmed_at: '2099-01-01T00:00:00Z' }).execute();
  const again = await importFiles(database.url, files, 'catalog-info.yaml', ['--overwrite']);
  expect(again.out).toContain('rocks: 0 added, 0 changed, 1 unchanged');
  expect(await confirmed()).not.toBeNull();
});
