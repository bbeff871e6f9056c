import type { Tallies } from './import-kinds.ts';
import type { FileProblem } from './sources/open.ts';
import { refusedStatus, type Terminal } from './terminal.ts';

/** Tells all that is wrong with a file, and that nothing was written. */
export function refuse(of: string, problems: readonly FileProblem[], terminal: Terminal): number {
  for (const { file, line, words } of problems) terminal.err(`${file}:${line}: ${words}`);
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  terminal.err(`Nothing was written: ${count} in ${of}.`);
  return refusedStatus;
}

/** How many of each kind were, or would be, added and changed. */
export function tallyLines(tallies: Tallies, dryRun: boolean): string[] {
  const would = dryRun ? 'would be ' : '';
  return tallies
    .filter(({ tally: { added, changed, unchanged } }) => added + changed + unchanged > 0)
    .map(
      ({ kind, tally: { added, changed, unchanged } }) =>
        `${kind}: ${added} ${would}added, ${changed} ${would}changed, ${unchanged} unchanged`,
    );
}
