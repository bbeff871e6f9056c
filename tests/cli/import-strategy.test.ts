import { describe, expect, test } from 'vitest';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { listEvents } from '../support/builders.ts';
import { company, importing } from './company.ts';

const { db, importOk, importAny, url } = importing();

const strategy = `version: 1
people: { ana: { email: ana@acme.example }, ben: { slack: U01BEN } }
rocks:
  - { key: payments, name: Payments, supports: fewer-failures }
  - { key: pricing, name: Pricing, supports: trust }
strategy:
  vision: Money moves as easily as a message.
  intents:
    - key: trust
      title: The payment partner that never loses a cent
      owner: ana
      rank: 1
      measure: Disputed volume under 0.1 %
      horizon: 2028
      not_doing: [New countries]
      initiatives: [{ key: fewer-failures, title: Halve failed payments, metric: Failed payment rate }]
cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]
objectives:
  - { key: reliable, title: Reliable, cycle: 2026-Q4, supports: fewer-failures }
  - { key: faster, title: Faster, cycle: 2026-Q4, supports: reliable }
`;

const versions = async () =>
  await db().selectFrom('strategy_versions').select(['number', 'vision']).orderBy('id').execute();
const inForce = async () =>
  await db().selectFrom('strategy_in_force').select(['key', 'title']).orderBy('key').execute();
const supports = async () => {
  const rocks = await db()
    .selectFrom('rocks as r')
    .leftJoin('strategy_lines as l', 'l.id', 'r.line_id')
    .select(['r.key', 'l.key as line'])
    .orderBy('r.key')
    .execute();
  const objectives = await db()
    .selectFrom('objectives as o')
    .leftJoin('strategy_lines as l', 'l.id', 'o.line_id')
    .leftJoin('objectives as s', 's.id', 'o.supports_id')
    .select(['o.key', 'l.key as line', 's.key as objective'])
    .orderBy('o.key')
    .execute();
  return { rocks, objectives };
};

describe('the strategy of a file', () => {
  test('is published as a version, and work hangs from its lines', async () => {
    expect(await importOk(strategy)).toContain('strategy: 3 added, 0 changed, 0 unchanged');
    expect(await versions()).toEqual([{ number: 1, vision: 'Money moves as easily as a message.' }]);
    expect(await inForce()).toEqual([
      { key: 'fewer-failures', title: 'Halve failed payments' },
      { key: 'trust', title: 'The payment partner that never loses a cent' },
    ]);
    expect(await supports()).toEqual({
      rocks: [
        { key: 'payments', line: 'fewer-failures' },
        { key: 'pricing', line: 'trust' },
      ],
      objectives: [
        { key: 'faster', line: null, objective: 'reliable' },
        { key: 'reliable', line: 'fewer-failures', objective: null },
      ],
    });
  });

  test('changes nothing the second time', async () => {
    await importOk(strategy);
    const out = await importOk(strategy);
    expect(out).toContain('strategy: 0 added, 0 changed, 3 unchanged');
    for (const line of out.slice(0, -1)) expect(line).toMatch(/: 0 added, 0 changed, \d+ unchanged$/);
    expect(await versions()).toHaveLength(1);
  });

  test('that has changed is the next version, and what it leaves out stays', async () => {
    await importOk(strategy);
    const changed = 'version: 1\nstrategy:\n  intents: [{ key: trust, title: Never lose a cent, rank: 1 }]\n';
    expect(await importOk(changed)).toContain('strategy: 0 added, 1 changed, 0 unchanged');
    expect(await versions()).toEqual([
      { number: 1, vision: 'Money moves as easily as a message.' },
      { number: 2, vision: 'Money moves as easily as a message.' },
    ]);
    expect(await inForce()).toEqual([
      { key: 'fewer-failures', title: 'Halve failed payments' },
      { key: 'trust', title: 'Never lose a cent' },
    ]);
    const events = await listEvents(db(), playgroundWorkspace.id);
    expect(events.find(({ type }) => type === 'line.changed')).toMatchObject({
      before: { title: 'The payment partner that never loses a cent', horizon: '2028' },
      after: { title: 'Never lose a cent', horizon: null },
    });
    expect(events.at(-1)).toMatchObject({ type: 'strategy.published', after: { number: 2 } });
  });

  test('an owner of an intent stays, unless the operator overwrites', async () => {
    await importOk(strategy);
    const bens = strategy.replace('owner: ana', 'owner: ben');
    const out = await importOk(bens);
    expect(out.join('\n')).toContain('Stays as people made it in Slack: strategy.trust owner.');
    expect(await importOk(bens, ['--overwrite'])).toContain('strategy: 0 added, 1 changed, 2 unchanged');
  });

  test('names editors, unless admins named others in Slack since', async () => {
    const named = strategy.replace('  intents:', '  editors: [ben]\n  intents:');
    const editors = async () =>
      await db()
        .selectFrom('strategy_editors as e')
        .innerJoin('people as p', 'p.id', 'e.person_id')
        .select(['p.id', 'p.handle'])
        .execute();
    expect(await importOk(named)).toContain('strategy: 4 added, 0 changed, 0 unchanged');
    expect(await editors()).toMatchObject([{ handle: 'ben' }]);
    expect(await importOk(named)).toContain('strategy: 0 added, 0 changed, 4 unchanged');
    await db()
      .insertInto('events')
      .values({
        workspace_id: playgroundWorkspace.id,
        at: '2026-11-20T12:00:00Z',
        actor: 'person',
        actor_id: (await editors())[0]?.id ?? 0,
        type: 'strategy.editors-named',
        subject_kind: 'strategy',
        subject_id: 0,
        before: JSON.stringify({ editors: [] }),
        after: JSON.stringify({ editors: [1] }),
      })
      .execute();
    const both = named.replace('[ben]', '[ana, ben]');
    expect((await importOk(both)).join('\n')).toContain(
      'Stays as people made it in Slack: strategy editors.',
    );
    expect(await importOk(both, ['--overwrite'])).toContain('strategy: 0 added, 1 changed, 3 unchanged');
  });

  test('work that supports another line, or none, hangs from there', async () => {
    await importOk(strategy);
    await importOk(
      strategy
        .replace('cycle: 2026-Q4, supports: fewer-failures', 'cycle: 2026-Q4')
        .replace('supports: reliable', 'supports: trust')
        .replace('name: Pricing, supports: trust', 'name: Pricing'),
    );
    expect(await supports()).toEqual({
      rocks: [
        { key: 'payments', line: 'fewer-failures' },
        { key: 'pricing', line: null },
      ],
      objectives: [
        { key: 'faster', line: 'trust', objective: null },
        { key: 'reliable', line: null, objective: null },
      ],
    });
  });

  test('a company without one has no version', async () => {
    await importOk(company);
    expect(await versions()).toEqual([]);
  });

  test('a dry run tells line by line what would change', async () => {
    await importOk(strategy);
    const out = await importOk(strategy.replace('horizon: 2028', 'horizon: 2029'), ['--dry-run']);
    expect(out).toContain('~ intents.trust horizon: "2028" → "2029"');
    expect(await versions()).toHaveLength(1);
  });
});

describe('a strategy that cannot be', () => {
  test.each([
    [
      'unknown and repeated keys, owners and ranks',
      'strategy:\n  vison: x\n  intents:\n    - { key: a, title: A, owner: zoe, rank: 0, initiatives: [{ key: a, title: A }, { key: B, title: B }] }\n    - { key: c }\n',
      [
        '3: strategy.vison: is not known; did you mean "vision"?',
        '5: strategy.intents[0].owner: nobody is called "zoe"; add them under people',
        '5: strategy.intents[0].rank: 0 is not a rank; use a whole number from 1 to 999',
        '5: strategy.intents[0].initiatives[1].key: "B" is not a key; use small letters a to z, digits and hyphens, such as "b"',
        '6: strategy.intents[1].title: is missing; add "title: …"',
        '5: strategy.intents[0].initiatives[0].key: "a" is a key of this file already; give this entry another',
      ],
    ],
    [
      'a key that an objective has',
      'strategy: { intents: [{ key: goal, title: G }] }\ncycles: [{ key: q, starts: 2026-10-01, ends: 2026-12-31 }]\nobjectives: [{ key: goal, title: G, cycle: q }]\n',
      [
        '2: strategy.intents[0].key: "goal" is the key of an objective, and `supports` could mean either; choose another',
      ],
    ],
    [
      'work that supports nothing that is there',
      'rocks: [{ key: r, name: R, supports: trsut }]\nstrategy: { intents: [{ key: trust, title: T }] }\ncycles: [{ key: q, starts: 2026-10-01, ends: 2026-12-31 }]\nobjectives: [{ key: goal, title: G, cycle: q, supports: nothing }]\n',
      [
        '2: rocks[0].supports: there is no initiative or intent "trsut"; did you mean "trust"?',
        '5: objectives[0].supports: there is no objective, initiative or intent "nothing"; add it under objectives or strategy',
      ],
    ],
    [
      'an intent that is an initiative here',
      'strategy: { intents: [{ key: fewer-failures, title: T }] }\n',
      [
        '2: strategy.intents[0].key: "fewer-failures" is the key of an initiative in this workspace; choose another',
      ],
      strategy,
    ],
  ])('%s', async (_what, text, lines, before?: string) => {
    if (before !== undefined) await importOk(before);
    const run = await importAny(`version: 1\n${text}`);
    expect(run.status).toBe(1);
    const told = run.err.slice(0, -1).map((line) => line.replace('company.yaml:', ''));
    expect(told.sort()).toEqual([...lines].sort());
  });

  test('reads nothing of the database when it is refused', async () => {
    expect(url()).toContain('postgres');
    await importAny('version: 1\nstrategy: { intents: [{ key: a }] }\n');
    expect(await versions()).toEqual([]);
  });
});
