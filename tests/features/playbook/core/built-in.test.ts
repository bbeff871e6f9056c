import { describe, expect, test } from 'vitest';
import { isWithoutCycle, readCadences } from '../../../../src/cadence/file.ts';
import { builtInPages, findBuiltIn } from '../../../../src/features/playbook/core/built-in.ts';
import { comparable, longest, most } from '../../../../src/features/playbook/core/page.ts';
import type { Finding } from '../../../../src/platform/file/finding.ts';
import { Names } from '../../../../src/platform/file/names.ts';

describe('the pages that come with Cairn', () => {
  test('are those of the rituals that it holds', () => {
    expect(builtInPages.map(({ key }) => key)).toEqual([
      'okr-planning',
      'okr-check-in',
      'okr-close',
      'roadmap-review',
      'strategy-review',
      'ownership-audit',
      'digest',
      'readout',
    ]);
    expect(findBuiltIn('digest')?.name).toBe('Weekly digest for leaders');
    expect(findBuiltIn('pricing-review')).toBeUndefined();
  });

  test('can each be put on the calendar by a file', () => {
    const findings: Finding[] = [];
    const none = new Names([]);
    const known = {
      ...{ people: none, teams: none, rocks: none, cycles: none },
      ...{ objectives: none, lines: none, supports: none, playbook: none },
    };
    const raw = builtInPages.map(({ key }) => ({
      key,
      ritual: key,
      channel: '#x',
      schedule: 'every Monday',
    }));
    expect(readCadences(raw, known, findings)).toHaveLength(builtInPages.length);
    expect(findings).toEqual([]);
  });

  test('go on from cycle to cycle, except for those about OKRs; so do the company’s own', () => {
    const keys = [...builtInPages.map(({ key }) => key), 'pricing-review'];
    expect(keys.filter((key) => !isWithoutCycle(key))).toEqual(['okr-planning', 'okr-check-in', 'okr-close']);
  });

  test.each(builtInPages)('$key says all that a page says, within the limits of one', (page) => {
    expect(page.timing).toBeTruthy();
    expect(page.purpose.length).toBeLessThanOrEqual(longest.purpose);
    expect(page.name.length).toBeLessThanOrEqual(longest.name);
    for (const list of [page.inputs, page.agenda, page.outputs, page.roles]) {
      expect(list.length).toBeGreaterThan(0);
      expect(list.length).toBeLessThanOrEqual(most.lines);
      expect(new Set(list).size).toBe(list.length);
      for (const line of list) {
        expect(line.length).toBeLessThanOrEqual(longest.line);
        // They are shown as people's words are, in which nothing formats.
        expect(line).not.toMatch(/[*`~<>&]/);
      }
    }
    for (const role of page.roles) expect(role).toMatch(/^[^:]+: /);
  });

  test('have names that nobody takes for one another', () => {
    expect(new Set(builtInPages.map(({ name }) => comparable(name))).size).toBe(builtInPages.length);
  });
});
