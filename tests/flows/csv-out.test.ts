import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { csvOutAction, csvOutModalId } from '../../src/features/csv-out/blocks.ts';
import { startCairn, type TestCairn } from '../support/cairn.ts';

/** Chi is an admin of Slack; Ana is a member. */
let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterEach(async () => {
  await cairn.slack.faults.clear();
  await cairn.slack.scopes('files:write', true);
  if ((await cairn.as('chi').modal()) !== undefined) await cairn.as('chi').close({ all: true });
});
afterAll(async () => cairn.close());

async function open(person: string): Promise<void> {
  await cairn.as('chi').command('/cairn setup', { in: 'general' });
  await cairn.as(person).press('Everything as CSV');
  await expect.poll(async () => (await cairn.as(person).modal())?.title.text).toBe('Everything as CSV');
}
const modalText = async (person: string) => JSON.stringify(await cairn.as(person).modal());
const newest = async (person: string) => (await cairn.as(person).messages()).at(-1);

describe('an admin gets a table as a file', () => {
  it('in their direct conversation with Cairn', async () => {
    await open('chi');
    await cairn.as('chi').submit({ 'Which table': 'rocks' });
    await expect.poll(() => modalText('chi')).toContain('*Rocks*: 4 rows. The file is in our messages.');
    const message = await newest('chi');
    expect(message?.text).toBe(
      'Rocks: 4 rows, as you may see them. Not everybody may, so mind whom you give it to.',
    );
    expect(message?.files).toMatchObject([{ name: 'cairn-rocks-2026-11-20.csv', title: 'Rocks' }]);
    const file = cairn.fake.slack.world().files.find(message?.files[0]?.id ?? '');
    expect(file?.bytes.toString()).toContain(
      '\r\nPayments,payments,ana,chi,Checkout,#payments,billing; psp,',
    );
  });

  it('and is told where there is nothing to send', async () => {
    await open('chi');
    await cairn.as('chi').submit({ 'Which table': 'accounts' });
    await expect
      .poll(() => modalText('chi'))
      .toContain('Accounts of customers: there are none yet, so there is no file.');
  });

  it('and is told where Slack lets Cairn send no files; all else works', async () => {
    await cairn.slack.scopes('files:write', false);
    const before = await newest('chi');
    await open('chi');
    await cairn.as('chi').submit({ 'Which table': 'rocks' });
    await expect
      .poll(() => modalText('chi'))
      .toContain(
        'I may not send files here. Whoever installed Cairn can add the scope `files:write` and install it anew; `cairn export --csv` on the server writes the same table.',
      );
    expect((await newest('chi'))?.ts).toBe(before?.ts);
  });

  it('and hears of it where Slack does not take the file', async () => {
    await cairn.slack.faults.add({ method: 'files.completeUploadExternal', kind: 'server-error' });
    await open('chi');
    await cairn.as('chi').submit({ 'Which table': 'objectives' });
    await expect.poll(() => modalText('chi')).toContain('went wrong');
  });
});

const words = 'Whole tables are for admins: those of Slack, and whom they name. Ask one of them.';

it('who is no admin is refused at the button and at the form', async () => {
  const common = {
    team: { id: 'T0CAIRN', domain: 'test' },
    user: { id: 'U0ANA', name: 'ana', team_id: 'T0CAIRN' },
    ...{ api_app_id: 'A0CAIRN', token: 'x', trigger_id: cairn.fake.slack.world().triggers.issue('U0ANA') },
  };
  const send = async (payload: object) =>
    await (
      await cairn.post(`payload=${encodeURIComponent(JSON.stringify({ ...common, ...payload }))}`)
    ).text();
  await send({
    type: 'block_actions',
    container: { type: 'view', view_id: 'V1' },
    view: { id: 'V1', type: 'home', blocks: [] },
    actions: [{ type: 'button', action_id: csvOutAction, block_id: 'b', value: 'choose', action_ts: '1.1' }],
  });
  await expect.poll(() => modalText('ana')).toContain(words);
  const view = { id: 'V2', type: 'modal', callback_id: csvOutModalId, private_metadata: '' };
  const answer = await send({
    type: 'view_submission',
    view: {
      ...view,
      state: { values: { table: { input: { type: 'static_select', selected_option: { value: 'rocks' } } } } },
    },
  });
  expect(answer).toContain(words);
  expect((await cairn.as('ana').messages()).flatMap(({ files }) => files)).toEqual([]);
});
