import type { Round } from './round.ts';

const columns: [string, (round: Round) => number][] = [
  ['seed', (it) => it.seed],
  ['messages', (it) => it.messages],
  ['by cadences', (it) => it.planned],
  ['posts tried', (it) => it.tried],
  ['429', (it) => it.faults['rate-limit']],
  ['5xx', (it) => it.faults['server-error']],
  ['hang', (it) => it.faults.hang],
  ['cut before', (it) => it.faults['cut-before']],
  ['cut after', (it) => it.faults['cut-after']],
  ['slow', (it) => it.faults.slow],
  ['empty pages', (it) => it.faults['empty-pages']],
  ['kills', (it) => it.kills],
  ['ended alone', (it) => it.endedAlone],
  ['unknown', (it) => it.unknown],
  ['found', (it) => it.found],
  ['sent again', (it) => it.sentAgain],
  ['429 caused', (it) => it.refused],
  ['lost', (it) => it.lost],
  ['doubled', (it) => it.doubled],
  ['unwanted', (it) => it.unwanted],
  ['stale', (it) => it.stale],
  ['before Retry-After', (it) => it.early.length],
  ['unheard', (it) => it.unheard],
  ['crossed one', (it) => it.crossed],
  ['out of order', (it) => it.outOfOrder],
  ['not ended', (it) => it.unended.length],
  ['seconds', (it) => it.seconds],
];

/** The figures of rounds, a line each, beneath their names. */
export function tableOf(rounds: readonly Round[]): string {
  const cells = [
    columns.map(([name]) => name),
    ...rounds.map((round) => columns.map(([, of]) => String(of(round)))),
  ];
  const width = (at: number): number => Math.max(...cells.map((row) => row[at]?.length ?? 0));
  const lines = cells.map((row) => row.map((cell, at) => cell.padStart(width(at))).join(' | '));
  const early = rounds.flatMap((round) => round.early);
  return ['', ...lines, ...early, ''].join('\n');
}
