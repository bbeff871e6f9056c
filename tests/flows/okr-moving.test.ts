import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
  await cairn.turnTo('2026-11-23T19:00:00+01:00');
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).messages()).at(-1)?.text ?? '';

async function form(who: string, command: string, title: string): Promise<void> {
  await cairn.as(who).command(command, { in: 'general' });
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);
}

describe('while a check-in is open', () => {
  it('a key result that gets another owner is asked of them, and no more of who had it', async () => {
    expect(await newest('ben')).toContain('Days to refund');
    expect(await newest('ana')).not.toContain('Days to refund');
    await form('ben', '/okr edit refund-days', 'Edit a key result');
    await cairn.as('ben').submit({ Owner: 'U0ANA' });
    await cairn.as('ben').close({ all: true });
    await cairn.turnTo('2026-11-23T19:10:00+01:00');
    await expect.poll(() => newest('ana')).toContain('Days to refund');
    expect(await newest('ben')).not.toContain('Days to refund');
  });

  it('one that is dropped is asked of nobody', async () => {
    await form('ana', '/okr drop refund-days', 'Drop it');
    await cairn.as('ana').submit({ 'Why is it dropped?': 'Refunds are a day now.' });
    await cairn.as('ana').close({ all: true });
    await cairn.turnTo('2026-11-23T19:20:00+01:00');
    await expect.poll(() => newest('ana')).not.toContain('Days to refund');
    expect(await newest('ana')).toContain('Failed payment rate');
  });
});
