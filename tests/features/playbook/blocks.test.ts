import { describe, expect, test } from 'vitest';
import { builtInPages } from '../../../src/features/playbook/core/built-in.ts';
import { agendaSources } from '../../../src/features/playbook/core/sources.ts';
import { pageModal } from '../../../src/features/playbook/form-blocks.ts';
import { listBlocks, unsureBlocks } from '../../../src/features/playbook/list-blocks.ts';
import { pageBlocks } from '../../../src/features/playbook/page-blocks.ts';
import { buttonsOf } from '../../support/cairn.ts';
import { ownPage } from './support.ts';

const line = (i: number) => `${i}`.padEnd(200, '&');
const longPage = ownPage({
  name: 'x'.repeat(60),
  purpose: '&'.repeat(500),
  inputs: Array.from({ length: 20 }, (_, i) => line(i)),
  agenda: Array.from({ length: 20 }, (_, i) => line(i)),
  outputs: Array.from({ length: 20 }, (_, i) => line(i)),
  roles: Array.from({ length: 20 }, (_, i) => line(i)),
  timing: '&'.repeat(200),
  questions: Array.from({ length: 10 }, (_, i) => line(i)),
  sources: agendaSources.map(({ key }) => key),
});

describe('a page', () => {
  test('says all of it, and its text the same as its blocks', () => {
    const page = ownPage({
      inputs: ['Ana: the numbers'],
      outputs: ['A decision'],
      roles: ['Lead: keeps the time'],
      timing: 'Once a month',
      questions: ['What did customers say?'],
      sources: ['deferred', 'slips'],
    });
    const { text, blocks } = pageBlocks(page, { mayWrite: true });
    expect(text.split('\n')).toEqual([
      'Pricing review',
      'A page of your own. Its key is pricing-review.',
      'To agree on prices once a month.',
      'Inputs',
      '• Ana: the numbers',
      'Agenda',
      '1. What moved',
      '2. What we decide',
      'Outputs',
      '• A decision',
      'Roles',
      '• Lead: keeps the time',
      'Timing',
      '• Once a month',
      'What it asks',
      '• What did customers say?',
      'What is gathered for it',
      '• Lines deferred last time',
      '• Dates that slipped',
    ]);
    expect(buttonsOf({ blocks })).toEqual(['Put on the calendar', 'Change', 'Copy and change']);
  });

  test('offers to write only to who may, and nothing to change of one that comes with Cairn', () => {
    const [built] = builtInPages;
    if (built === undefined) throw new Error('there is none');
    const buttons = (page: typeof built, mayWrite: boolean) => buttonsOf(pageBlocks(page, { mayWrite }));
    expect(buttons(ownPage(), false)).toEqual(['Put on the calendar']);
    expect(buttons(built, true)).toEqual(['Copy and change']);
    expect(buttons(built, false)).toEqual([]);
  });

  test('formats nothing of what people wrote', () => {
    const { text } = pageBlocks(ownPage({ purpose: '<!channel> *now*', agenda: ['> quote'] }), {
      mayWrite: false,
    });
    expect(text).toContain('&lt;!channel&gt; ∗now∗');
    expect(text).toContain('1. \u00ad&gt; quote');
  });

  test('that is as long as can be comes in parts that Slack takes, and all of it comes', () => {
    const first = pageBlocks(longPage, { mayWrite: true });
    const count = Number(/Part 1 of (\d+)/.exec(first.text)?.[1]);
    expect(count).toBeGreaterThan(1);
    const parts = Array.from({ length: count }, (_, part) => pageBlocks(longPage, { mayWrite: true, part }));
    for (const { text, blocks } of parts) {
      expect(text.length).toBeLessThan(9_500);
      expect(blocks.length).toBeLessThanOrEqual(50);
    }
    const signs = (text: string, sign: RegExp) => text.match(sign)?.length ?? 0;
    const all = parts.map(({ text }) => text).join('\n');
    expect(signs(all, /&amp;/g)).toBe(signs(JSON.stringify(longPage), /&/g));
    expect(buttonsOf(parts[0])).toEqual(['More', 'Put on the calendar', 'Change', 'Copy and change']);
    expect(buttonsOf(parts.at(-1))).toEqual(['Back', 'Put on the calendar', 'Change', 'Copy and change']);
  });
});

describe('the list', () => {
  test('has every page with what it is for, and turns where there are many', () => {
    const own = Array.from({ length: 20 }, (_, i) =>
      ownPage({ key: `own-${i}`, name: `Own ${i}`, purpose: '&'.repeat(500) }),
    );
    const pages = [...builtInPages, ...own];
    const lists = [0, 1, 2].map((at) => listBlocks(pages, at));
    for (const { text, blocks } of lists) {
      expect(text.length).toBeLessThan(9_500);
      expect(blocks.length).toBeLessThanOrEqual(50);
    }
    expect(lists.flatMap(({ text }) => text.match(/^• /gm) ?? [])).toHaveLength(28);
    expect(lists.map(buttonsOf).map((all) => all.filter((it) => it !== 'Read'))).toEqual([
      ['More'],
      ['Back', 'More'],
      ['Back'],
    ]);
    expect(listBlocks(builtInPages, 0).text.split('\n').slice(0, 4)).toEqual([
      'Playbook',
      'How each ritual works. /playbook roadmap-review opens one at once.',
      'From Cairn',
      '• OKR planning · Decide together what the next cycle is for, before it begins. A draft that everybody has read is worth more than a perfect one that nobody has.',
    ]);
  });

  test('of what is near has a button each', () => {
    const content = unsureBlocks('<b>', [ownPage()]);
    expect(content.text).toBe(
      'No page of the playbook is called “&lt;b&gt;”. Did you mean one of these?\n• Pricing review',
    );
    expect(buttonsOf(content)).toEqual(['Pricing review']);
  });
});

test('the form of a long page says what it has no room for', () => {
  const { blocks } = pageModal(longPage, 'change', 'stamp');
  const agenda = blocks.find((block) => block.block_id === 'agenda');
  expect(JSON.stringify(agenda)).toContain(
    'One point a line; one at least. 6 more stay as they are: the form has no room for them.',
  );
});
