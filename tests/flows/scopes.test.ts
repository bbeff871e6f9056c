import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { optionalScopes } from '../../src/features/health/core/optional-scopes.ts';
import { startCairn, type TestCairn } from '../support/cairn.ts';
import { readHome } from '../support/home.ts';

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn();
});
afterEach(async () => {
  for (const { scope } of optionalScopes) await cairn.slack.scopes(scope, true);
});
afterAll(async () => cairn.close());

async function answer(person: string, command: string): Promise<string> {
  const own = async () => await cairn.as(person).ephemerals('general');
  const before = (await own()).length;
  await cairn.as(person).command(command, { in: 'general' });
  await expect.poll(async () => (await own()).length).toBeGreaterThan(before);
  return (await own()).at(-1)?.text ?? '';
}

describe.each(optionalScopes.map(({ scope, off }) => [scope, off]))('without %s', (scope, off) => {
  const line = `• Off, since Slack has not granted \`${scope}\`: ${off} A Slack admin can install me again with it.`;

  it('says what is off and why in Home and in /cairn health, to admins alone, until it is granted', async () => {
    await cairn.slack.scopes(scope, false);
    for (const person of ['ana', 'chi']) await cairn.as(person).openHome();
    expect(await answer('chi', '/cairn health')).toContain(line);
    await expect.poll(async () => (await readHome(cairn, 'chi')).join('\n')).toContain(line);
    expect((await readHome(cairn, 'ana')).join('\n')).not.toContain('Off, since');
    await cairn.slack.scopes(scope, true);
    expect(await answer('chi', '/cairn health')).not.toContain('Off, since');
    await expect.poll(async () => (await readHome(cairn, 'chi')).join('\n')).not.toContain('Off, since');
  });

  it('does everything else', async () => {
    await cairn.slack.scopes(scope, false);
    expect(await answer('ben', '/owner payments')).toContain('Payments');
    expect(await answer('ben', '/okr list')).toContain('Checkout that just works');
    expect(await answer('chi', '/cairn setup')).toContain('Product operations');
    expect(await answer('chi', '/cadence list')).toContain('OKR check-in');
    await cairn.as('chi').command('/cadence run weekly-okr', { in: 'general' });
    await expect
      .poll(async () => (await cairn.slack.messages('payments')).length, { timeout: 20_000 })
      .toBeGreaterThan(0);
    const problems = cairn.logged().filter((entry) => entry.includes('"level":50'));
    expect(problems).toEqual([]);
  });
});
