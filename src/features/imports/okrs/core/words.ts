import type { Direction, MeasureType } from '../../../okrs/editing/core/measure.ts';
import { normalName } from '../../../ownership/core/names.ts';
import { shownCell } from '../../core/cells.ts';

type Read<T> = { ok: true; value: T | null } | { ok: false; words: string };

const types: Readonly<Record<string, MeasureType>> = {
  ...{
    number: 'number',
    numeric: 'number',
    num: 'number',
    metric: 'number',
    count: 'number',
    integer: 'number',
  },
  ...{ percent: 'percent', percentage: 'percent', pct: 'percent', '%': 'percent', rate: 'percent' },
  ...{ currency: 'currency', money: 'currency', revenue: 'currency', eur: 'currency', usd: 'currency' },
  ...{
    milestone: 'milestone',
    binary: 'milestone',
    boolean: 'milestone',
    'yes no': 'milestone',
    task: 'milestone',
  },
};
const commitments: Readonly<Record<string, 'committed' | 'aspirational'>> = {
  ...{
    committed: 'committed',
    commit: 'committed',
    commitment: 'committed',
    roofshot: 'committed',
    must: 'committed',
  },
  ...{ yes: 'committed', y: 'committed', operational: 'committed', hard: 'committed' },
  ...{
    aspirational: 'aspirational',
    aspiration: 'aspirational',
    stretch: 'aspirational',
    moonshot: 'aspirational',
  },
  ...{ ambitious: 'aspirational', no: 'aspirational', n: 'aspirational', 'stretch goal': 'aspirational' },
};
const directions: Readonly<Record<string, Direction>> = {
  ...{ up: 'up', increase: 'up', higher: 'up', grow: 'up', raise: 'up', 'higher is better': 'up' },
  ...{ down: 'down', decrease: 'down', lower: 'down', reduce: 'down', 'lower is better': 'down' },
  ...{ maintain: 'maintain', keep: 'maintain', hold: 'maintain', stay: 'maintain', stable: 'maintain' },
};

/** How a key result is measured, as people call it; null: the cell says nothing. */
export function readType(cell: string): Read<MeasureType> {
  return read(cell, types, 'type', 'number, percent, currency or milestone');
}

/** "stretch" and "moonshot" are aspirational; null: the cell says nothing. */
export function readCommitment(cell: string): Read<'committed' | 'aspirational'> {
  return read(cell, commitments, 'commitment', 'committed or aspirational');
}

export function readDirection(cell: string): Read<Direction> {
  return read(cell, directions, 'direction', 'up, down or maintain');
}

function read<T>(cell: string, known: Readonly<Record<string, T>>, what: string, possible: string): Read<T> {
  if (cell === '') return { ok: true, value: null };
  const plain = cell === '%' ? cell : normalName(cell);
  const value = Object.hasOwn(known, plain) ? known[plain] : undefined;
  return value === undefined
    ? { ok: false, words: `${shownCell(cell)} is no ${what}. Write ${possible}.` }
    : { ok: true, value };
}

const lowering =
  /\b(?:reduc|lower|decreas|cut|halv|shrink|shorten|fewer|less|under|below|drop|minimi[sz]e|senk|redui)\w*/i;

/** Which way a title says that a number goes, where neither start nor a column does. */
export function directionInTitle(title: string): 'up' | 'down' {
  return lowering.test(title) ? 'down' : 'up';
}

/** Whether a milestone is done, as a cell says it; null: it is no such word. */
export function readDone(cell: string): 0 | 1 | null {
  const plain = normalName(cell);
  if (/^(?:done|yes|y|true|complete|completed|shipped|finished|live)$/.test(plain)) return 1;
  return /^(?:no|n|false|not done|not started|open|in progress|planned|to do|todo)$/.test(plain) ? 0 : null;
}
