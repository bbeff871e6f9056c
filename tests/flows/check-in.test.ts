import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(async () => cairn.close());

const inChannel = async () => await cairn.slack.messages('payments');
const toAna = async () => await cairn.slack.messages('@ana');
const newest = async (person: string) => (await cairn.slack.messages(`@${person}`)).at(-1);

describe('a weekly check-in, from the schedule to the counted answer', () => {
  it('says nothing before its time', async () => {
    await cairn.turnTo('2026-11-23T08:59:00+01:00');
    expect(await inChannel()).toEqual([]);
    expect(await toAna()).toEqual([]);
  });

  it('posts one message in its channel on Monday at nine, and asks who is at nine too', async () => {
    await cairn.turnTo('2026-11-23T09:00:00+01:00');
    expect((await inChannel()).map((message) => message.text)).toEqual([
      'OKR check-in, 23 November 2026: 0 of 2 in. Answers gather in this thread.',
    ]);
    expect((await toAna()).map((message) => message.text)).toEqual([
      '23 November 2026: Where do you stand with one key result? Failed payment rate',
    ]);
  });

  it('asks whoever lives elsewhere at their own nine', async () => {
    expect(await cairn.slack.messages('@ben')).toEqual([]);
    await cairn.turnTo('2026-11-23T09:00:00-05:00');
    expect(buttonsOf(await newest('ben'))).toEqual([
      'Check in',
      'No change',
      'Snooze',
      "I'm away",
      'Not mine',
      'Why am I seeing this?',
    ]);
  });

  it('opens a modal with the last value, refuses what is no number, and keeps what is', async () => {
    const ana = cairn.as('ana');
    await ana.press('Check in');
    await expect.poll(async () => (await ana.modal())?.title.text).toBe('Check in');

    const refused = await ana.submit({ Value: 'much', Confidence: '7' });
    expect(refused).toMatchObject({
      errors: { [await blockOf('Value')]: 'I could not read a number in this. Write it like 12.5.' },
    });

    await ana.submit({ Value: '2,9', Confidence: '8', 'What changed?': 'Retries <!channel> are live.' });
    expect(JSON.stringify(await ana.modal())).toContain('2,9 as 2.9');
    await ana.close({ all: true });
    const kept = await cairn.db.selectFrom('check_ins').select(['value', 'confidence', 'words']).execute();
    expect(kept).toEqual([{ value: 2.9, confidence: 8, words: 'Retries <!channel> are live.' }]);
  });

  it('threads the answer below the message, counts it there, and thanks the person', async () => {
    await expect.poll(async () => (await inChannel())[0]?.text).toContain('1 of 2 in.');
    await expect.poll(async () => (await inChannel()).length).toBe(2);
    const [parent, ...thread] = await inChannel();
    expect(thread[0]?.thread_ts).toBe(parent?.ts);
    expect(thread[0]?.text).toBe(
      '<@U0ANA> checked in\n:large_green_circle: Failed payment rate  2.9 %, confidence 8, on track',
    );
    expect(JSON.stringify(thread[0]?.blocks)).toContain('&lt;!channel&gt;');
    await expect
      .poll(async () => (await newest('ana'))?.text)
      .toBe('Thank you, your check-in of 23 November 2026 is in.');
  });

  it('lets the person change the answer in place, without a second message', async () => {
    const ana = cairn.as('ana');
    await ana.press('Change it');
    await expect.poll(async () => await ana.modal()).toBeDefined();
    await ana.submit({ Value: '2.8', Confidence: '8' });
    await expect.poll(async () => (await inChannel())[1]?.text).toContain('2.8 %');
    expect(await inChannel()).toHaveLength(2);
    expect((await toAna()).length).toBe(1);
  });

  it('says when all are in', async () => {
    const ben = cairn.as('ben');
    await ben.command('/checkin', { in: 'general' });
    await expect.poll(async () => await ben.modal()).toBeDefined();
    await ben.submit({ Value: '4', Confidence: '6' });
    await expect.poll(async () => (await inChannel())[0]?.text).toContain('All 2 are in.');
  });

  it('refuses an answer from somebody who is not asked, and one to a run that is over', async () => {
    const chi = cairn.as('chi');
    await chi.command('/checkin', { in: 'general' });
    await expect.poll(async () => (await chi.ephemerals('general')).length).toBe(1);
    expect((await chi.ephemerals('general')).at(-1)?.text).toBe(
      'Nothing waits for you. I will ask when the next check-in begins.',
    );
    const ana = cairn.as('ana');
    await ana.press('Change it');
    await expect.poll(async () => await ana.modal()).toBeDefined();
    await cairn.turnTo('2026-11-30T09:00:00+01:00');
    await ana.submit({ Value: '1', Confidence: '9' });
    expect(JSON.stringify(await ana.modal())).toContain('This check-in is over.');
    await ana.close({ all: true });
  });

  it('comes once a week, and shows last time’s confidence', async () => {
    const parents = (await inChannel()).filter((message) => (message.thread_ts ?? message.ts) === message.ts);
    expect(parents.map((message) => message.text.split(':')[0])).toEqual([
      'OKR check-in, 23 November 2026',
      'OKR check-in, 30 November 2026',
    ]);
    expect(JSON.stringify((await newest('ana'))?.blocks)).toContain('last 2.8 %, confidence 8, target 2 %');
  });

  it('sends nothing that the strict fake refuses', async () => {
    expect(await cairn.slack.refused()).toEqual([]);
  });
});

async function blockOf(label: string): Promise<string> {
  const modal = await cairn.as('ana').modal();
  const block = modal?.blocks.find((it) => it.type === 'input' && it.label.text === label);
  return block?.block_id ?? '';
}
