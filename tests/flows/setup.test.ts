import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

/** Chi is an admin of Slack and leads Checkout; Ana and Ben are members. */
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(async () => {
  // The private channel that Cairn was asked about and is not in.
  expect((await cairn.slack.refused()).map(({ error }) => error)).toEqual(['channel_not_found']);
  await cairn.close();
});

async function answer(
  person: string,
  command: string,
  where = 'general',
): Promise<{ text: string; buttons: string[] }> {
  await cairn.as(person).command(command, { in: where });
  const message = (await cairn.as(person).ephemerals(where)).at(-1);
  return { text: message?.text ?? '', buttons: buttonsOf(message) };
}
const titleOf = async (person: string) => (await cairn.as(person).modal())?.title.text;
const modalText = async (person: string) => JSON.stringify(await cairn.as(person).modal());

describe('/cairn setup', () => {
  it('is for admins; others are told kindly', async () => {
    expect((await answer('ana', '/cairn setup')).text).toBe(
      'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.',
    );
  });

  it('shows an admin what is set, and what can be changed', async () => {
    const { text, buttons } = await answer('chi', '/cairn setup');
    expect(text).toBe(
      [
        'How Cairn is set up',
        'Admins those of Slack',
        'Product operations no channel yet',
        'Leaders no channel yet',
        'Enough for one backpack 15, as a sum of weights',
        'Told of somebody who left after 1 day, in private',
      ].join('\n'),
    );
    expect(buttons).toEqual([
      'Change it',
      "Change a team's members",
      "Change somebody's limit",
      'API tokens',
      'Bring in OKRs',
      'Bring in the roadmap',
      'Everything as CSV',
      'Set up in six steps',
    ]);
  });

  it('says beside each field what is wrong with it', async () => {
    await answer('chi', '/cairn setup');
    await cairn.as('chi').press('Change it');
    await expect.poll(() => titleOf('chi')).toBe('Set Cairn up');
    const refused = await cairn.as('chi').submit({
      'Who else is an admin': ['U0GUEST'],
      'Channel for product operations': 'G0SECRET',
    });
    expect(refused).toMatchObject({
      errors: {
        admins: 'gus is a guest. Only full members can be admins.',
        productOperations: 'I cannot see that channel. Type /invite @Cairn in it, then send this off again.',
      },
    });
  });

  it('keeps what is sent off, and whom it names is an admin at once', async () => {
    await cairn.as('chi').submit({
      'Who else is an admin': ['U0BEN'],
      'Channel for product operations': 'C0PAYMENTS',
      'Enough for one backpack, as a sum of weights': '2',
      'Hours before admins are told of somebody who left': '48',
    });
    await expect.poll(() => modalText('chi')).toContain('This is how Cairn is set up from now on.');
    await cairn.as('chi').close();
    expect((await answer('ben', '/cairn setup')).text).toContain(
      'Admins those of Slack, <@U0BEN>\nProduct operations <#C0PAYMENTS>\nLeaders no channel yet\nEnough for one backpack 2, as a sum of weights\nTold of somebody who left after 2 days, in private',
    );
  });

  it('says who is in a team, and who leads it', async () => {
    await answer('ben', '/cairn setup');
    await cairn.as('ben').press("Change a team's members");
    await expect.poll(() => titleOf('ben')).toBe("A team's members");
    await cairn.as('ben').submit({ 'Which team': 'Checkout' });
    await expect.poll(() => modalText('ben')).toContain('Who is in *Checkout*?');
    expect(await cairn.as('ben').submit({ Members: ['U0ANA', 'U0GUEST'] })).toMatchObject({
      errors: { members: 'gus is a guest. Only full members are in teams.' },
    });
    await cairn.as('ben').submit({ Members: ['U0ANA', 'U0BEN'] });
    await expect.poll(() => modalText('ben')).toContain('*Checkout* has 2 members:');
    await cairn.as('ben').close();
  });
});

describe('a load', () => {
  it('is seen below what somebody carries by their lead, who can change the limit there', async () => {
    const { text, buttons } = await answer('chi', '/owner @ana');
    expect(text).toContain('• Refunds · Checkout · confirmed today\nLoad 2 of 2.');
    expect(buttons).toEqual(['Change the limit']);
    await cairn.as('chi').press('Change the limit');
    await expect.poll(() => titleOf('chi')).toBe("Somebody's limit");
    expect(await cairn.as('chi').submit({ 'Enough, as a sum of weights': '501' })).toMatchObject({
      ok: false,
    });
    await cairn.as('chi').submit({ 'Enough, as a sum of weights': '1' });
    await expect
      .poll(() => modalText('chi'))
      .toContain('1 is enough for <@U0ANA>, who carries 2 rocks. *Load* 2 of 1, 1 too many.');
    await cairn.as('chi').close();
  });

  it('that is too much says what could be handed off first, and to whom', async () => {
    expect((await answer('ana', '/owner @ana')).text).toContain(
      'Load 2 of 1, 1 too many.\nCould be handed off first: Payments to <@U0CHI>, who is its backup and has room.',
    );
  });

  it('is not seen by anybody else', async () => {
    await cairn.slack.addUser({ id: 'U0NEW', name: 'newcomer', real_name: 'New Comer' });
    const { text, buttons } = await answer('newcomer', '/owner @ana', 'dm');
    expect(text).not.toContain('Load');
    expect(buttons).toEqual([]);
  });

  it("has somebody's limit changed from setup, for whomever is picked", async () => {
    await answer('chi', '/cairn setup');
    await cairn.as('chi').press("Change somebody's limit");
    await expect.poll(() => titleOf('chi')).toBe("Somebody's limit");
    expect(
      await cairn.as('chi').submit({ Whose: 'U0GUEST', 'Enough, as a sum of weights': '5' }),
    ).toMatchObject({
      modal: expect.anything(),
    });
    expect(await modalText('chi')).toContain('is no member of this workspace who carries rocks.');
    await cairn.as('chi').close({ all: true });
  });
});
