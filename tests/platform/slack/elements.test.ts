import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { button, context, header, section, sections } from '../../../src/platform/slack/elements.ts';
import {
  channelField,
  dateField,
  menuField,
  menuOfManyField,
  numberField,
  personField,
  textField,
} from '../../../src/platform/slack/fields.ts';
import { notice } from '../../../src/platform/slack/modals.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';

const endless = '支払い🚀'.repeat(2_000);

describe('blocks of a text of any length', () => {
  it.each([
    ['section', section(endless)],
    ['section with a button', section(endless, button(endless, 'a', '1'))],
    ['header', header(endless)],
    ['context', context(endless)],
  ])('stay within the limits of Slack: %s', (_, block) => {
    expect(messageProblems({ text: 'a text', blocks: [block] })).toEqual([]);
  });

  it('are cut between characters', () => {
    fc.assert(
      fc.property(fc.nat({ max: 3 }), (offset) => {
        const text = 'a'.repeat(offset) + '🚀'.repeat(3_000);
        for (const block of [section(text), header(text), context(text), button(text, 'a', '1')]) {
          expect(JSON.stringify(block)).not.toMatch(/\\ud[89a-f]/i);
        }
      }),
    );
  });
});

describe('fields of a modal', () => {
  const choices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: String(index), name: `${endless} ${index}` }));

  const view = (...blocks: ReturnType<typeof textField>[]) => ({
    ...notice(endless, { text: 'x', blocks }),
    submit: { type: 'plain_text' as const, text: 'Send' },
  });

  it('stay within the limits of Slack', () => {
    const named = { label: endless, hint: endless };
    const fields = [
      textField({ ...named, blockId: 'a', initial: endless, limit: 2_000, isLong: true }),
      numberField({ ...named, blockId: 'b', initial: 10, from: 0, to: 10 }),
      personField({ ...named, blockId: 'c' }),
      channelField({ ...named, blockId: 'd', initial: 'C0ANY' }),
      dateField({ ...named, blockId: 'e', initial: '2026-11-23' }),
      menuField({ ...named, blockId: 'f', choices: choices(150), initial: '3' }),
      menuOfManyField({ ...named, blockId: 'g', choices: choices(100), initial: ['3', '99'] }),
      menuOfManyField({ ...named, blockId: 'h', choices: choices(101) }),
    ];
    expect(modalProblems(view(...fields))).toEqual([]);
  });

  it('pick nothing at first when what was picked before is not offered any more', () => {
    const menu = { blockId: 'a', label: 'Team', choices: choices(2) };
    expect(menuField({ ...menu, initial: '1' }).element).toMatchObject({ initial_option: { value: '1' } });
    expect(menuField({ ...menu, initial: '2' }).element).not.toHaveProperty('initial_option');
    expect(menuOfManyField({ ...menu, initial: ['2', '0'] }).element).toMatchObject({
      initial_options: [{ value: '0' }],
    });
    expect(menuOfManyField({ ...menu, initial: ['2'] }).element).not.toHaveProperty('initial_options');
  });

  it('stand in groups where there are more than one menu holds', () => {
    const { element } = menuOfManyField({ blockId: 'a', label: 'Team', choices: choices(250) });
    const groups = 'option_groups' in element ? (element.option_groups ?? []) : [];
    expect(groups.map((group) => group.options.length)).toEqual([100, 100, 50]);
  });

  it('are required unless they say otherwise, and empty rather than prefilled with nothing', () => {
    const field = textField({ blockId: 'a', label: 'Why', initial: '', limit: 10 });
    expect(field).toMatchObject({ optional: false, element: { multiline: false, max_length: 10 } });
    expect(field.element).not.toHaveProperty('initial_value');
    expect(textField({ blockId: 'a', label: 'Why', limit: 10, isOptional: true }).optional).toBe(true);
    expect(numberField({ blockId: 'a', label: 'N', from: 0, to: 10 }).element).not.toHaveProperty(
      'initial_value',
    );
    expect(numberField({ blockId: 'a', label: 'N', initial: 0, from: 0, to: 10 }).element).toMatchObject({
      initial_value: '0',
    });
  });
});

describe('lines gathered into sections', () => {
  it('keep every line whole, in order, in as few sections as fit', () => {
    const line = fc.string({ minLength: 1, maxLength: 1_500, unit: fc.constantFrom('a', 'b', ' ') });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const texts = sections(lines).map((block) => block.text?.text ?? '');
        expect(texts.join('\n')).toBe(lines.join('\n'));
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(3_000);
        texts.slice(1).forEach((text, index) => {
          const next = text.split('\n')[0] ?? '';
          expect((texts[index] ?? '').length + next.length + 1).toBeGreaterThan(3_000);
        });
      }),
    );
  });

  it('are none where there are no lines, and cut a line that fits nowhere', () => {
    expect(sections([])).toEqual([]);
    expect(sections(['x'.repeat(4_000), 'y']).map((block) => block.text?.text.length)).toEqual([3_000, 1]);
  });
});
