import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  const company = smallCompany.replace('state: active', 'state: active, nudge_after: P1D, close_after: P2D');
  cairn = await startCairn({ company });
});
afterAll(async () => cairn.close());

const toAna = async () => await cairn.slack.messages('@ana');
const inChannel = async () => await cairn.slack.messages('payments');

describe('a check-in that ends on Wednesday', () => {
  it('reminds who has not answered, on the next working day', async () => {
    await cairn.turnTo('2026-11-23T12:00:00+01:00');
    expect(await toAna()).toHaveLength(1);
    await cairn.turnTo('2026-11-24T12:00:00+01:00');
    const [, reminder, ...more] = await toAna();
    expect(more).toEqual([]);
    expect(reminder?.text).toBe('A gentle reminder: your check-in of 23 November 2026 is still open.');
    expect(buttonsOf(reminder)).toEqual(['Check in']);
    expect(reminder?.at).toMatch(/^2026-11-24T08:00/);
  });

  it('can be answered from there', async () => {
    const ana = cairn.as('ana');
    await ana.press('Check in');
    await expect.poll(async () => (await ana.modal())?.title.text).toBe('Check in');
    await ana.submit({ Value: '2.9', Confidence: '8' });
    await expect.poll(async () => (await inChannel())[0]?.text).toContain('1 of 2 in.');
  });

  it('sums up in its thread when it is closed, and says so in the channel', async () => {
    await cairn.turnTo('2026-11-25T12:00:00+01:00');
    const [parent, ...thread] = await inChannel();
    await expect
      .poll(async () => (await inChannel())[0]?.text)
      .toBe(
        'OKR check-in, 23 November 2026: 1 of 2 in. This check-in is closed. Late answers still count, until the next one.',
      );
    expect(thread.at(-1)).toMatchObject({
      thread_ts: parent?.ts,
      text: 'This check-in is closed. 1 of 2 in. 1 has not been heard.',
    });
    expect(thread.at(-1)?.at).toMatch(/^2026-11-25T08:00/);
  });

  it('sends nothing that the strict fake refuses', async () => {
    expect(await cairn.slack.refused()).toEqual([]);
  });
});
