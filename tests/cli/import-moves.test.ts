import { beforeEach, describe, expect, test } from 'vitest';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { listMessages, setClock } from '../support/builders.ts';
import { insertWorkspace } from '../support/database.ts';
import { importing } from './company.ts';

const { db, importOk } = importing();
const workspaceId = playgroundWorkspace.id;
beforeEach(async () => {
  await insertWorkspace(db(), { id: workspaceId, name: 'Playground', timezone: 'Europe/Berlin' });
  await setClock(db(), workspaceId, '2026-11-20T14:00:00Z');
});

const file = (payments: string): string => `version: 1
people: { ana: { slack: U01ANA }, ben: { slack: U01BEN }, chi: { slack: U01CHI } }
rocks:
  - { key: payments, name: Payments, ${payments} }
  - { key: pricing, name: Pricing }
`;
const idOf = async (handle: string): Promise<number> =>
  (await db().selectFrom('people').select('id').where('handle', '=', handle).executeTakeFirstOrThrow()).id;

/** Ana has offered it to Ben, who has not answered. */
async function offer(): Promise<void> {
  const { id } = await db()
    .selectFrom('rocks')
    .select('id')
    .where('key', '=', 'payments')
    .executeTakeFirstOrThrow();
  const [ana, ben] = [await idOf('ana'), await idOf('ben')];
  await db()
    .insertInto('handoffs')
    .values({
      ...{ workspace_id: workspaceId, rock_id: id, from_id: ana, to_id: ben, by_id: ana },
      ...{ state: 'offered', facts: '{}', offered_at: '2026-11-20T13:00:00Z' },
    })
    .execute();
}
const states = async (): Promise<string[]> =>
  (await db().selectFrom('handoffs').select('state').orderBy('id').execute()).map(({ state }) => state);
const texts = async (): Promise<string[]> => (await listMessages(db(), workspaceId)).map(({ text }) => text);

describe('an import that overwrites ends what was under way for a rock, and whom that concerns is told', () => {
  test.each([
    ['gives it another owner', 'owner: chi', 'Payments has another owner by now'],
    ['leaves it to nobody', 'weight: 2', 'Payments has no owner by now'],
    ['sets it down', 'set_down: { why: Later }', 'Payments was set down'],
    ['retires it', 'retired: { why: Over }', 'Payments was retired'],
    ['lets it go into another', 'retired: { into: pricing }', 'Payments went into another rock'],
  ])('when it %s', async (_what, payments, words) => {
    await importOk(file('owner: ana'));
    await offer();
    await importOk(file(payments));
    expect(await states()).toEqual(['offered']);
    await importOk(file(payments), ['--dry-run', '--overwrite']);
    expect(await states()).toEqual(['offered']);

    await importOk(file(payments), ['--overwrite']);
    expect(await states()).toEqual(['withdrawn']);
    expect(await texts()).toEqual([
      `${words}, so the offer of <@U01ANA> is over. Nothing is asked of you.`,
      `${words}, so your offer to <@U01BEN> is over.`,
    ]);
  });

  test('and leaves it alone where the rock stays with its owner', async () => {
    await importOk(file('owner: ana'));
    await offer();
    await importOk(file('owner: ana, weight: 2, backups: [chi]'), ['--overwrite']);
    expect(await states()).toEqual(['offered']);
    expect(await texts()).toEqual([]);
  });

  test('a loan ends with it, once, and both are told', async () => {
    await importOk(file('owner: ana, lent: { to: ben, until: 2026-12-24 }'));
    await importOk(file('set_down: { why: Later }'), ['--overwrite']);
    expect(await states()).toEqual(['completed']);
    expect(await texts()).toEqual([
      'Payments was set down, so your loan is over. Thank you for carrying it.',
      'Payments was set down, so the loan to <@U01BEN> is over.',
    ]);
    const returned = await db()
      .selectFrom('events')
      .select('id')
      .where('type', '=', 'rock.returned')
      .execute();
    expect(returned).toHaveLength(1);
  });
});
