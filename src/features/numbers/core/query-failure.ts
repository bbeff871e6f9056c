import type { Refusal } from '../../../platform/core/result.ts';

/** What PostgreSQL says of a statement that failed. */
export type QueryFailure = { code: string | undefined; routine: string | undefined; message: string };

/** How long a query may take, in seconds. */
export const longestQuerySeconds = 5;

/** Why a query gives no number, in words for whoever wrote it. */
export function queryRefusal({ code, routine, message }: QueryFailure): Refusal {
  if (code === '25006') return no('writes', 'This query writes. A source may only read.');
  // A syntax error as well, by its code; the routine is the same in every language of the server.
  if (code === '42601' && routine === 'exec_parse_message') {
    return no('several', 'These are several statements. Write one query that gives one number.');
  }
  if (code === '57014') return no('slow', `This query takes longer than ${longestQuerySeconds} seconds.`);
  return no('refused', `The database refuses this query: ${message}.`);
}

const asNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * What a query gave, at most two rows of it, as the database wrote it: one row with one number, or why that is no such thing.
 */
export function readRows(rows: readonly (readonly (string | null)[])[]): { value: number } | Refusal {
  const [row] = rows;
  if (row === undefined)
    return no('no-row', 'This query gives no row. A source needs one row with one number.');
  if (rows.length > 1) {
    return no('rows', 'This query gives more than one row. A source needs one row with one number.');
  }
  const [text] = row;
  if (row.length !== 1 || text === undefined) {
    return no('columns', `This query gives ${row.length} columns. A source needs one row with one number.`);
  }
  if (text === null) return no('null', 'This query gives nothing (null). A source needs one number.');
  const value = asNumber.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return { value };
  return no(
    'no-number',
    `This query gives “${text.length > 40 ? `${text.slice(0, 40)}…` : text}”, which is no number.`,
  );
}

function no(code: string, words: string): Refusal {
  return { ok: false, code, words, field: 'query' };
}
