import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agendaSources } from '../../../../src/features/playbook/core/sources.ts';
import { mostLines, pageOf, planAgenda } from '../../../../src/features/reviews/core/agenda.ts';
import type { GatheredLine, LineSource } from '../../../../src/features/reviews/core/line.ts';
import { gathered } from '../samples.ts';

const sources: LineSource[] = ['point', ...agendaSources.map(({ key }) => key)];
const someLine = fc
  .record({
    source: fc.constantFrom(...sources),
    subject: fc.option(
      fc.record({ kind: fc.constantFrom('rock' as const, 'item' as const), id: fc.nat(40) }),
    ),
    title: fc.string({ minLength: 1, maxLength: 3 }),
    facts: fc.constantFrom('', 'a', 'b', 'a\nb'),
    owedBy: fc.array(fc.nat(5), { maxLength: 3 }),
  })
  .map((line): GatheredLine => ({ ...line, fromLineId: null }));
const someLines = fc.array(someLine, { maxLength: 120 });
const keyOf = ({ subject, title }: GatheredLine) =>
  subject === null ? title : `${subject.kind} ${subject.id}`;

describe('an agenda', () => {
  test('has each thing once, and counts all that has no room', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        const planned = planAgenda(lines);
        const keys = planned.lines.map(keyOf);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.length).toBeLessThanOrEqual(mostLines);
        expect(keys.length + planned.leftOut).toBe(new Set(lines.map(keyOf)).size);
      }),
    );
  });

  test('has everybody who owes something to what it has', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        for (const line of planAgenda(lines).lines) {
          const same = lines.filter((other) => keyOf(other) === keyOf(line));
          expect(new Set(line.owedBy)).toEqual(new Set(same.flatMap(({ owedBy }) => owedBy)));
          expect(new Set(line.owedBy).size).toBe(line.owedBy.length);
        }
      }),
    );
  });

  test('lets no source silence another: the first of each has room', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        const unique = lines.map((line, index) => ({
          ...line,
          subject: { kind: 'rock' as const, id: index },
        }));
        const shown = new Set(planAgenda(unique).lines.map(({ source }) => source));
        expect(shown).toEqual(new Set(unique.map(({ source }) => source)));
      }),
    );
  });

  test('is in the order of its sources, and changes nothing that it was given', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        const before = structuredClone(lines);
        const order = ['deferred', ...sources.filter((source) => source !== 'deferred')];
        const places = planAgenda(lines).lines.map(({ source }) => order.indexOf(source));
        expect(places).toEqual([...places].sort((one, other) => one - other));
        expect(lines).toEqual(before);
      }),
    );
  });

  test('tells of what was put off as it stands now, where anything is known of it now', () => {
    const subject = { kind: 'item' as const, id: 1 };
    const put = gathered('deferred', 'Retries', { subject, facts: 'put off by Ana\nold', fromLineId: 4 });
    const fresh = gathered('slips', 'Retries', { subject, facts: 'slipped' });
    expect(planAgenda([fresh, put]).lines).toEqual([{ ...put, facts: 'put off by Ana\nslipped' }]);
    expect(planAgenda([put]).lines).toEqual([put]);
  });

  test('has a point of the page that was put off once', () => {
    const put = gathered('deferred', 'Who is stuck?', { facts: 'put off by Ana' });
    expect(planAgenda([gathered('point', 'Who is stuck?'), put]).lines).toEqual([put]);
  });

  test('has ten lines a page', () => {
    expect([1, 10, 11, 20, 21, 30].map(pageOf)).toEqual([1, 1, 2, 2, 3, 3]);
  });
});
