import type { Temporal } from 'temporal-polyfill';
import { normalName } from '../../../ownership/core/names.ts';
import type { Horizon } from '../../../roadmap/core/item.ts';
import { shownCell } from '../../core/cells.ts';
import { readQuarter } from '../../okrs/core/cycle-cell.ts';

const names: Readonly<Record<Horizon, readonly string[]>> = {
  now: [
    'now',
    'in progress',
    'doing',
    'wip',
    'current',
    'started',
    'active',
    'building',
    'ongoing',
    'this quarter',
    'in development',
    'in review',
  ],
  next: [
    'next',
    'up next',
    'planned',
    'todo',
    'to do',
    'soon',
    'next quarter',
    'ready',
    'committed',
    'not started',
  ],
  later: ['later', 'backlog', 'someday', 'future', 'icebox', 'idea', 'parked', 'tbd', 'long term'],
  shipped: [
    'shipped',
    'done',
    'released',
    'launched',
    'live',
    'complete',
    'completed',
    'delivered',
    'finished',
  ],
  stopped: ['stopped', 'cancelled', 'canceled', 'dropped', 'killed', 'abandoned', 'rejected', 'wont do'],
};
const known = new Map<string, Horizon>(
  (Object.keys(names) as Horizon[]).flatMap((horizon) =>
    names[horizon].map((name) => [normalName(name), horizon] as const),
  ),
);
const possible = 'Write now, next, later, shipped or stopped, or a quarter such as 2026-Q4.';

/** Where an item stands, as people call it; null: the cell says nothing. Of quarters, this one is now and the next one next. */
export function readHorizon(
  cell: string,
  today: Temporal.PlainDate,
): { ok: true; value: Horizon | null } | { ok: false; words: string } {
  if (cell === '') return { ok: true, value: null };
  const horizon = known.get(normalName(cell));
  if (horizon !== undefined) return { ok: true, value: horizon };
  const quarter = readQuarter(cell) ?? bareQuarter(cell, today);
  if (quarter === null) return { ok: false, words: `${shownCell(cell)} is no horizon. ${possible}` };
  const ahead = quarter.year * 4 + quarter.quarter - (today.year * 4 + Math.ceil(today.month / 3));
  if (ahead < 0)
    return {
      ok: false,
      words: `${shownCell(cell)} is over. Write shipped or stopped, or where it stands now.`,
    };
  return { ok: true, value: ahead === 0 ? 'now' : ahead === 1 ? 'next' : 'later' };
}

/** "Q1" alone is the one that is not over yet. */
function bareQuarter(cell: string, today: Temporal.PlainDate): { year: number; quarter: number } | null {
  const quarter = Number(/^q\s*([1-4])$/i.exec(cell)?.[1] ?? 0);
  if (quarter === 0) return null;
  return { quarter, year: quarter * 3 >= today.month ? today.year : today.year + 1 };
}
