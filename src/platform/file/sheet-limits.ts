import { type Refusal, refused } from '../core/result.ts';

/** How much of a file is read. It keeps one file from taking the memory that everybody's answers need. */
export const sheetLimits = {
  bytes: 10 * 1024 * 1024,
  rows: 20_000,
  columns: 60,
  unzippedBytes: 100 * 1024 * 1024,
  cell: 3_000,
} as const;

const megabyte = 1024 * 1024;

export function tooManyBytes(bytes: number): Refusal {
  // Never "has 10 MB; I read up to 10 MB".
  const size = Math.max(Math.ceil(bytes / megabyte), sheetLimits.bytes / megabyte + 1);
  return refused(
    'file-too-large',
    `That file has ${size} MB; I read up to ${sheetLimits.bytes / megabyte} MB. Take pictures and worksheets out that are not needed, or save the one worksheet as CSV.`,
  );
}

export function tooMuchUnzipped(): Refusal {
  return refused(
    'unzips-too-large',
    `That file unpacks to more than ${sheetLimits.unzippedBytes / megabyte} MB, or far more than it holds; I stopped there. Save the one worksheet as CSV and send that.`,
  );
}

export function tooManyRows(rows: number): Refusal {
  return refused(
    'too-many-rows',
    `That sheet has ${withCommas(rows)} rows; I read up to ${withCommas(sheetLimits.rows)}. Split it, or leave out what is no longer needed.`,
  );
}

export function tooManyColumns(columns: number): Refusal {
  return refused(
    'too-many-columns',
    `That sheet has ${withCommas(columns)} columns; I read up to ${sheetLimits.columns}. Take out the columns that are not needed here.`,
  );
}

function withCommas(count: number): string {
  return count.toLocaleString('en');
}
