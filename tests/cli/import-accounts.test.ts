import { describe, expect, test } from 'vitest';
import { historyLines } from '../../src/cli/history.ts';
import { changeAccount } from '../../src/features/research/changing-operations.ts';
import { stampOf } from '../../src/platform/core/stamp.ts';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { insertActor, listEvents } from '../support/builders.ts';
import { importing } from './company.ts';

const { db, importOk, importAny } = importing();

const accounts = `version: 1
accounts:
  - { key: acme-bank, name: Acme Bank, cool_down: P14D }
  - { key: nordrail, name: Nordrail }
`;
const present = async () =>
  await db()
    .selectFrom('accounts')
    .select(['key', 'name', 'cool_down as coolDown', 'created_by as by'])
    .orderBy('key')
    .execute();

describe('the accounts of a file', () => {
  test('come with 30 days of rest unless they say otherwise, as the operator’s doing', async () => {
    expect(await importOk(accounts)).toContain('accounts: 2 added, 0 changed, 0 unchanged');
    expect(await present()).toEqual([
      { key: 'acme-bank', name: 'Acme Bank', coolDown: 'P14D', by: null },
      { key: 'nordrail', name: 'Nordrail', coolDown: 'P30D', by: null },
    ]);
    const events = await listEvents(db(), playgroundWorkspace.id);
    expect(events.find(({ type }) => type === 'account.created')).toMatchObject({
      after: { name: 'Acme Bank', cool_down: 'P14D' },
    });
  });

  test('change nothing the second time; what is left out stays', async () => {
    await importOk(accounts);
    expect(await importOk(accounts)).toContain('accounts: 0 added, 0 changed, 2 unchanged');
    const less = 'version: 1\naccounts: [{ key: acme-bank, name: ACME Bank }]\n';
    expect(await importOk(less)).toContain('accounts: 0 added, 1 changed, 0 unchanged');
    expect(await present()).toMatchObject([
      { name: 'ACME Bank', coolDown: 'P14D' },
      { name: 'Nordrail', coolDown: 'P30D' },
    ]);
  });

  test('stay as people changed them in Slack, unless the operator overwrites', async () => {
    await importOk(accounts);
    const ana = await insertActor(db(), playgroundWorkspace.id, { name: 'Ana' });
    const nordrail = await db()
      .selectFrom('accounts')
      .select(['id', 'key', 'name', 'cool_down as coolDown'])
      .where('key', '=', 'nordrail')
      .executeTakeFirstOrThrow();
    const longer = { name: 'Nordrail', coolDown: 'P60D', stamp: stampOf(nordrail) };
    const changed = await changeAccount(db(), playgroundWorkspace.id, ana, nordrail.id, longer);
    expect(changed.ok).toBe(true);
    const told = accounts.replace('name: Nordrail', 'name: Nordrail AG, cool_down: P7D');
    const out = await importOk(told);
    expect(out.join('\n')).toContain('Stays as people made it in Slack: accounts.nordrail cool_down.');
    expect(await present()).toMatchObject([{}, { name: 'Nordrail AG', coolDown: 'P60D' }]);
    await importOk(told, ['--overwrite']);
    expect(await present()).toMatchObject([{}, { coolDown: 'P7D' }]);
  });

  test('have their keys in the history', async () => {
    await importOk(accounts);
    const lines: string[] = [];
    for await (const batch of historyLines(db(), playgroundWorkspace.id)) lines.push(...batch);
    const subjects = lines.map((line) => JSON.parse(line).subject);
    expect(subjects).toContainEqual({ kind: 'account', key: 'nordrail' });
  });

  test('are shown by a dry run, line by line', async () => {
    await importOk(accounts);
    const changed = `${accounts.replace('P14D', 'P21D')}  - { key: zeta, name: Zeta }\n`;
    expect(await importOk(changed, ['--dry-run'])).toEqual(
      expect.arrayContaining([
        '~ accounts.acme-bank cool_down: P14D → P21D',
        '+ accounts.zeta: { name: Zeta, cool_down: P30D }',
      ]),
    );
  });

  test.each<[string, string, string]>([
    [
      'a rest in months',
      '{ key: a, name: A, cool_down: P1M }',
      '4: accounts[0].cool_down: "P1M" is no number of days up to 999; write it as P30D',
    ],
    [
      'a rest of a thousand days',
      '{ key: a, name: A, cool_down: P1000D }',
      '4: accounts[0].cool_down: "P1000D" is no number of days up to 999; write it as P30D',
    ],
    [
      'a number of days alone',
      '{ key: a, name: A, cool_down: 30 }',
      '4: accounts[0].cool_down: must be text, and 30 is a number to YAML; put it in quotes',
    ],
    ['no name', '{ key: a }', '4: accounts[0].name: is missing; add "name: …"'],
    [
      'an unknown key',
      '{ key: a, name: A, cooldown: P30D }',
      '4: accounts[0].cooldown: is not known; did you mean "cool_down"?',
    ],
    [
      'one key twice',
      '{ key: a, name: A }\n  - { key: a, name: B }',
      '5: accounts[1].key: "a" is a key of this file already; give this entry another',
    ],
    [
      'one name twice, in other capitals',
      '{ key: a, name: Alpha }\n  - { key: b, name: ALPHA }',
      '5: accounts[1].name: "ALPHA" is the name of the account "a" already; choose another',
    ],
    [
      'a name that the workspace has already',
      '{ key: a, name: nordrail }',
      '4: accounts[0].name: "nordrail" is the name of the account "nordrail" already; choose another',
    ],
  ])('with %s are refused', async (_, entry, words) => {
    await importOk(accounts);
    const run = await importAny(`version: 1\npeople: {}\naccounts:\n  - ${entry}\n`);
    expect(run.status).toBe(1);
    expect(run.err[0]).toBe(`company.yaml:${words}`);
    expect(await present()).toHaveLength(2);
  });
});
