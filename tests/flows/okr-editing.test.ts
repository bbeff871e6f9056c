import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCairn, type TestCairn } from '../support/cairn.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).ephemerals('general')).at(-1);

async function ask(who: string, command: string): Promise<string | undefined> {
  await cairn.as(who).command(command, { in: 'general' });
  return (await newest(who))?.text;
}

async function form(who: string, command: string, title: string): Promise<void> {
  await cairn.as(who).command(command, { in: 'general' });
  await expect.poll(async () => (await cairn.as(who).modal())?.title.text).toBe(title);
}

const shown = async (who: string) => JSON.stringify((await cairn.as(who).modal())?.blocks);

describe('/okr add', () => {
  it('takes an objective and its first key result with three presses besides typing', async () => {
    await form('ana', '/okr add', 'Add to the OKRs');
    await cairn.as('ana').submit();
    await cairn.as('ana').submit({ Objective: 'Refunds in a day' });
    expect(await shown('ana')).toContain('is in 2026-Q4. How is it measured?');
    await cairn.as('ana').submit({ 'Key result': 'Hours to refund', Start: '40,5', Target: '24' });
    expect(await shown('ana')).toContain('I read 40,5 as 40.5.');
    await cairn.as('ana').close({ all: true });
    const rows = await cairn.db
      .selectFrom('key_results')
      .selectAll()
      .where('title', '=', 'Hours to refund')
      .execute();
    expect(rows).toMatchObject([
      { start_value: 40.5, target_value: 24, direction: 'down', key: 'hours-to-refund' },
    ]);
  });
});
