import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonsOf, smallCompany, startCairn, type TestCairn } from '../support/cairn.ts';

const strategy = `
strategy:
  vision: Money moves as easily as a message.
  intents:
    - key: trust
      title: The payment partner that never loses a cent
      owner: ana
      rank: 1
      measure: Disputed volume under 0.1 %
      horizon: 2028
      not_doing: [New countries]
      initiatives:
        - { key: fewer-failures, title: Halve failed payments, metric: Failed payment rate }
        - { key: calm, title: Calm refunds }
`;
const company = `${smallCompany
  .replace(
    'summary: Cards, wallets and payouts.',
    'summary: Cards, wallets and payouts.\n    supports: trust',
  )
  .replace(
    '    cycle: 2026-Q4\n    key_results',
    '    cycle: 2026-Q4\n    supports: fewer-failures\n    key_results',
  )}${strategy}`;

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company });
});
afterAll(() => cairn?.close());

const newest = async (who: string) => (await cairn.as(who).ephemerals('general')).at(-1);
async function ask(who: string, command: string): Promise<string> {
  await cairn.as(who).command(command, { in: 'general' });
  return (await newest(who))?.text ?? '';
}

describe('/strategy', () => {
  it('shows the tree with what hangs from each line, work without a line, and lines without work', async () => {
    expect((await ask('ben', '/strategy')).split('\n')).toEqual([
      'Strategy',
      'Version 1, 20 November 2026',
      'Vision',
      '> Money moves as easily as a message.',
      '1. The payment partner that never loses a cent',
      '<@U0ANA> · Measure: Disputed volume under 0.1 % · Horizon: 2028',
      'We will not do: New countries',
      'Rocks: Payments',
      '› Halve failed payments',
      'Metric: Failed payment rate',
      '• Checkout that just works · 2 key results: :white_circle: 2 no answer yet',
      '› Calm refunds',
      'Work without a line',
      '• 3 rocks: Payment partners, Pricing, Refunds',
      'Lines without work',
      '• Calm refunds',
    ]);
    expect(buttonsOf(await newest('ben'))).toEqual([]);
  });

  it('answers below /cairn, and an unknown verb with the nearest', async () => {
    expect(await ask('ben', '/cairn strategy')).toContain('Halve failed payments');
  });
});
