import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { knownBlocks, toldBlocks } from '../../../src/features/away/blocks.ts';
import type { StandIn } from '../../../src/features/ownership/load/core/stand-in.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const today = day('2026-11-25');
const absence = { from: today, until: day('2026-11-27') };
const person = (id: number, name = `Person ${id}`, slackId: string | null = `U${id}`) => ({
  id,
  slackId,
  name,
  isDeactivated: false,
});
const standIn = (
  id: number,
  by: StandIn['by'],
  awayToo: StandIn['awayToo'] = [],
  name = `Rock ${id}`,
): StandIn => ({
  rock: { id, key: `rock-${id}`, name },
  by,
  awayToo,
});
const told = (standIns: StandIn[]) => toldBlocks({ today, absence, standIns }).text.split('\n').slice(1, -1);

describe('whoever goes away hears', () => {
  it('nothing of stand-ins where they carry nothing', () => {
    expect(told([])).toEqual([]);
  });

  it('what each person stands in for, the first ten by name', () => {
    const many = Array.from({ length: 12 }, (_, index) => standIn(index + 1, person(1)));
    expect(told(many)).toEqual([
      '• <@U1> stands in for Rock 1, Rock 2, Rock 3, Rock 4, Rock 5, Rock 6, Rock 7, Rock 8, Rock 9, Rock 10 and 2 more',
    ]);
  });

  it('which rocks wait for nobody, and whose backups are away as well', () => {
    expect(
      told([standIn(1, null, [person(1), person(2)]), standIn(2, null), standIn(3, null, [person(1)])]),
    ).toEqual([
      'Until Fri 27 Nov nobody stands in for these 3 rocks:',
      '• Rock 1: <@U1>, <@U2> are away then, too',
      '• Rock 2',
      '• Rock 3: <@U1> is away then, too',
      'Name a backup with `/rock edit rock-1`.',
    ]);
  });
});

describe.each(worstTexts)('with names full of %s', (_, text) => {
  it('what somebody is told stays within the limits of Slack', () => {
    const rocks = Array.from({ length: 300 }, (_, id) => {
      const backup = person(id % 40, text(100), null);
      return id % 3 === 0 ? standIn(id, backup, [], text(100)) : standIn(id, null, [backup], text(100));
    });
    expect(messageProblems(toldBlocks({ today, absence, standIns: rocks }), 'answer')).toEqual([]);
  });
});

it('many absences stay within the limits of Slack, and the rest is counted', () => {
  const absences = Array.from({ length: 30 }, (_, id) => {
    const from = today.add({ days: id * 3 + 1 });
    return { id, from, until: from };
  });
  const known = knownBlocks({ today, absences });
  expect(messageProblems(known, 'answer')).toEqual([]);
  expect(known.text).toContain('… and 20 more.');
});
