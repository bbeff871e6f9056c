import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftWords, mostNamed, weigh } from '../../../../src/features/digest/core/weigh.ts';
import {
  intentWeight,
  loadWeight,
  overdueWeight,
  riskWeight,
} from '../../../../src/features/digest/core/weights.ts';
import { anyLines, line } from '../lines.ts';

const weights = (
  { length }: { length: number },
  weight: number,
  given: Partial<Parameters<typeof line>[0]>,
) => Array.from({ length }, (_, at) => line({ key: `${given.section ?? 'risk'}-${at}`, weight, ...given }));

describe('of whatever lines', () => {
  it('at most ten are named, and nothing is lost: what is not named is counted', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const { named, left } = weigh(lines);
        expect(named.length).toBe(Math.min(mostNamed, lines.length));
        expect(named.length + left.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
        expect(new Set(named).size).toBe(named.length);
      }),
    );
  });

  it('no line that is left out weighs more than a named one of its section, and the heaviest stand first', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const { named } = weigh(lines);
        for (const [section, own] of Map.groupBy(named, (it) => it.section)) {
          const weights = own.map(({ weight }) => weight);
          expect(weights).toEqual(weights.toSorted((a, b) => b - a));
          const out = lines.filter((it) => it.section === section && !named.includes(it));
          for (const { weight } of out) expect(weight).toBeLessThanOrEqual(weights.at(-1) ?? 0);
        }
      }),
    );
  });

  it('the heaviest of all is named, and the same lines in another order give the same digest', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const { named } = weigh(lines);
        const most = Math.max(...lines.map(({ weight }) => weight));
        if (lines.length > 0) expect(named.some(({ weight }) => weight === most)).toBe(true);
        expect(weigh(lines.toReversed()).named).toEqual(named);
      }),
    );
  });
});

describe('ten bad key results', () => {
  it('do not hide what nobody carries and is critical', () => {
    const { named, left } = weigh([
      ...weights({ length: 20 }, 100, {}),
      ...weights({ length: 2 }, 85, { section: 'coverage', counted: 'critical-gap' }),
    ]);
    expect(named.filter(({ section }) => section === 'coverage')).toHaveLength(2);
    expect(left).toEqual([{ section: 'risk', counted: 'at-risk', count: 12 }]);
  });
});

describe('what is left out', () => {
  it('is counted by its kind, with the named ones or without', () => {
    const left = [
      { section: 'risk' as const, counted: 'at-risk' as const, count: 23 },
      { section: 'overdue' as const, counted: 'decision-overdue' as const, count: 1 },
      { section: 'overdue' as const, counted: 'action-overdue' as const, count: 4 },
    ];
    expect(leftWords(left, 'risk', [line({ key: 'risk-1' })])).toBe('…and 23 more key results at risk');
    expect(leftWords(left, 'overdue', [])).toBe('Not named here: 1 decision overdue, 4 actions overdue');
    expect(leftWords(left, 'load', [])).toBeNull();
  });
});

describe('a key result weighs', () => {
  const risk = (given: Partial<Parameters<typeof riskWeight>[0]> = {}) =>
    riskWeight({ health: 'at-risk', commitment: 'aspirational', fall: 0, behind: 0, ...given });
  it('more where it was promised than where it was hoped for, whatever its health', () => {
    expect(risk({ commitment: 'committed' })).toBe(70);
    expect(risk({ health: 'off-track' })).toBe(60);
    expect(risk({ health: 'outdated', commitment: 'committed' })).toBe(65);
  });
  it('more by how far confidence fell, and by how far it is behind', () => {
    expect(risk({ fall: 4 })).toBe(48);
    expect(risk({ behind: 0.5 })).toBe(45);
    expect(risk({ behind: 7 })).toBe(50);
  });
});

describe('other things weigh', () => {
  it('an intent by the share of its key results that need a look', () => {
    expect(intentWeight({ all: 4, troubled: 0 })).toBe(15);
    expect(intentWeight({ all: 4, troubled: 1 })).toBe(55);
  });
  it('what is overdue by the day, for a month', () => {
    expect(overdueWeight('decision', 3)).toBe(53);
    expect(overdueWeight('decision', 300)).toBe(80);
    expect(overdueWeight('action', 3)).toBe(27);
  });
  it('a team by the share of people over their limit', () => {
    expect(loadWeight({ people: 8, over: 2 })).toBe(40);
  });
});
