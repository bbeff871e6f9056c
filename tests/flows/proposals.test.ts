import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getPeople } from '../../src/features/people/store.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { insertRock } from '../support/builders.ts';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';
import { readHome } from '../support/home.ts';

/** Chi is an admin of Slack. What is inserted is what an import in Slack leaves: assigned, and confirmed by nobody. */
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
  await list('ana', ['Cards', 'Wallets', 'Fraud <rules>']);
  await list('ben', ['Launches', 'Release notes']);
  await list(
    'chi',
    Array.from({ length: 60 }, (_, index) => `Area ${index + 1}`),
  );
  await cairn.turnTo('2026-11-23T08:59:00+01:00');
  await cairn.turnTo('2026-11-23T16:00:00+01:00');
});
afterAll(async () => {
  expect(await cairn.slack.refused()).toEqual([]);
  await cairn.close();
});

async function list(handle: string, names: readonly string[]): Promise<void> {
  const { id } = await cairn.db
    .selectFrom('people')
    .select('id')
    .where('email', '=', `${handle}@test.example`)
    .executeTakeFirstOrThrow();
  const [owner] = await getPeople(cairn.db, cairn.workspaceId, [id]);
  if (owner === undefined) throw new Error(`${handle} is not there`);
  await inTransaction(cairn.db, async (tx) => {
    for (const name of names)
      await insertRock(tx, cairn.workspaceId, { name, owner, began: 'assigned', confirmedAt: null });
  });
}

const message = async (who: string) =>
  (await cairn.as(who).messages()).find(
    ({ ephemeral, text }) => !ephemeral && /listed as yours|are yours|is yours|not yours/.test(text ?? ''),
  );
const newest = async (who: string) => (await cairn.as(who).ephemerals('dm')).at(-1)?.text;
const modalText = async (who: string) => JSON.stringify(await cairn.as(who).modal());
const owner = async (name: string) => {
  await cairn.as('chi').command(`/owner "${name}"`, { in: 'general' });
  return (await cairn.as('chi').ephemerals('general')).at(-1)?.text ?? '';
};

describe('what an import lists as theirs', () => {
  it('comes in the message of the day, and answers say “unconfirmed” until they have said so', async () => {
    expect((await message('ana'))?.text).toContain(
      '3 rocks are listed as yours. Right? Cards, Fraud &lt;rules&gt;, Wallets',
    );
    const buttons = buttonsOf(await message('ana'));
    for (const label of ['All mine', 'Some of them', 'None']) expect(buttons).toContain(label);
    expect(await owner('Cards')).toContain('unconfirmed since');
  });

  it('stands in their Home as well', async () => {
    await cairn.as('ana').openHome();
    await expect
      .poll(async () => (await readHome(cairn, 'ana')).join('\n'))
      .toContain('3 rocks are listed as yours. Right?');
  });

  it('is theirs by one press, which the message then says', async () => {
    await cairn.as('ana').press('All mine');
    await expect.poll(() => newest('ana')).toBe('Thank you. 3 rocks are yours.');
    await expect.poll(async () => (await message('ana'))?.text).toContain('Thank you. 3 rocks are yours.');
    expect(await owner('Cards')).toContain('confirmed today');
  });
});

describe('what is not', () => {
  it('is unticked, and needs a reason; who may carry it is somebody else', async () => {
    await cairn.as('ben').press('Some of them');
    await expect.poll(() => modalText('ben')).toContain('Untick what is not yours.');
    expect(await cairn.as('ben').submit({ 'Which are yours?': ['Launches'] })).toMatchObject({
      errors: { reason: 'A sentence is enough: why?' },
    });
    const typed = { 'Which are yours?': ['Launches'], 'Why are the others not yours?': 'Ana writes them.' };
    expect(await cairn.as('ben').submit({ ...typed, 'Who carries it?': 'U0BEN' })).toMatchObject({
      errors: { suggested: 'That is you. Tick what is yours, or leave this empty.' },
    });
    await cairn.as('ben').submit({ ...typed, 'Who carries it?': 'U0ANA' });
    await expect
      .poll(() => modalText('ben'))
      .toContain('Thank you. One rock is yours, one rock is not, and nobody owns it now.');
    await cairn.as('ben').close();
    expect(await owner('Release notes')).toContain('Nobody owns this yet.');
  });

  it('of many comes page by page', async () => {
    await cairn.as('chi').press('Some of them');
    await expect.poll(() => modalText('chi')).toContain('10 more come after these.');
    await cairn.as('chi').submit({});
    await expect.poll(() => modalText('chi')).toContain('Which are yours?');
    await expect.poll(() => modalText('chi')).not.toContain('10 more come after these.');
    await cairn.as('chi').close();
    await expect
      .poll(async () => (await message('chi'))?.text)
      .toContain('50 of 60 answered. 10 more are listed as yours. Right?');
    await cairn.as('chi').press('None');
    await expect.poll(() => modalText('chi')).toContain('Why are these 10 not yours?');
    await cairn.as('chi').submit({ 'Why are these 10 not yours?': 'They are over.' });
    await expect.poll(() => modalText('chi')).toContain('10 rocks are not yours, and nobody owns them now.');
    await cairn.as('chi').close();
  });
});

it('is answered once: nothing is left, and whoever was asked is done', async () => {
  const left = await cairn.db.selectFrom('proposals').select('id').where('ended_at', 'is', null).execute();
  expect(left).toEqual([]);
});
