import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeEach(async () => {
  cairn = await startCairn();
});
afterEach(async () => cairn.close());

const textsIn = async (where: string) => (await cairn.slack.messages(where)).map(({ text }) => text);
const runs = async () =>
  (await textsIn('payments'))
    .map((text) => text.split(':')[0])
    .filter((title) => title?.startsWith('OKR check-in'));

it('jumps to Monday at nine by name, and the check-in has begun', async () => {
  const { next } = await cairn.slack.clock();
  expect(next).toEqual({ at: '2026-11-23T08:00:00.000Z', what: 'OKR check-in in #payments' });
  const clock = await cairn.slack.turn('monday');
  expect(clock).toMatchObject({
    now: expect.stringMatching(/^2026-11-23T08:00/),
    next: { at: '2026-11-23T14:00:00.000Z', what: 'a message to ben' },
  });
  expect(await runs()).toEqual(['OKR check-in, 23 November 2026']);
  expect((await cairn.slack.messages('payments'))[0]?.at).toMatch(/^2026-11-23T08:00/);
});

it('jumps over weeks, and each check-in was held in its week', async () => {
  await cairn.slack.pause();
  expect(await cairn.slack.turn('2026-12-16T12:00:00+01:00')).toMatchObject({
    now: '2026-12-16T11:00:00.000Z',
    running: false,
  });
  expect(await runs()).toEqual([
    'OKR check-in, 23 November 2026',
    'OKR check-in, 30 November 2026',
    'OKR check-in, 7 December 2026',
    'OKR check-in, 14 December 2026',
  ]);
});

it('says nothing while the clock stands, and no later for that when it goes on', async () => {
  await cairn.slack.turn('2026-11-23T08:59:59.500+01:00');
  await cairn.slack.pause();
  await cairn.app.clock.turnTo(await cairn.app.clock.now());
  expect(await runs()).toEqual([]);
  await cairn.slack.run();
  await expect.poll(runs, { timeout: 15_000 }).toEqual(['OKR check-in, 23 November 2026']);
});

it('goes on past a channel that Cairn is not in: whoever can be asked is asked', async () => {
  await cairn.slack.changeChannel('payments', { leave: ['U0CAIRN'] });
  expect(await cairn.slack.turn('2026-11-24T12:00:00+01:00')).toMatchObject({ turning: false });
  expect(await textsIn('payments')).toEqual([]);
  expect((await textsIn('@ana'))[0]).toContain('Where do you stand with one key result?');
  expect((await textsIn('@ben'))[0]).toContain('Where do you stand with one key result?');
  const { reason } = await cairn.db
    .selectFrom('deliveries')
    .select('reason')
    .where('state', '<>', 'sent')
    .executeTakeFirstOrThrow();
  expect(reason).toBe('not_in_channel');
});

it('goes on while Slack asks to wait: machine time is not turned, and what waited goes out when it may', async () => {
  const fault = await cairn.slack.faults.add({
    kind: 'rate-limit',
    method: 'chat.postMessage',
    retry_after: 1,
  });
  await cairn.slack.turn('2026-12-02T12:00:00+01:00');
  expect(await runs()).toEqual([]);
  await cairn.slack.faults.remove(fault.id);
  await expect
    .poll(runs, { timeout: 15_000 })
    .toEqual(['OKR check-in, 23 November 2026', 'OKR check-in, 30 November 2026']);
});

it('does not go back', async () => {
  await expect(cairn.slack.turn('2026-11-20T11:59:59+01:00')).rejects.toThrow(
    'The clock only goes forward: what has happened stays happened.',
  );
});
