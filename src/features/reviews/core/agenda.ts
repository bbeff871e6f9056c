import { agendaSources } from '../../playbook/core/sources.ts';
import type { GatheredLine, LineSource } from './line.ts';

/** Ten lines with their buttons fill a message; thirty are more than an hour has room for. */
export const pageLength = 10;
export const mostLines = 30;

const order: readonly LineSource[] = [
  ...new Set<LineSource>(['deferred', 'point', ...agendaSources.map(({ key }) => key)]),
];

/**
 * The lines of an agenda in their order: what was put off first, then the points of the page, then what was gathered.
 * What is said twice of one thing is one line with the facts of both. Where there are more than an agenda holds, each source
 * keeps its first lines in turn, so that none is silenced by another; the rest is counted.
 */
export function planAgenda(gathered: readonly GatheredLine[]): { lines: GatheredLine[]; leftOut: number } {
  const lines = merged(gathered);
  const kept = new Set(lines.length <= mostLines ? lines : inTurn(lines).slice(0, mostLines));
  return { lines: lines.filter((line) => kept.has(line)), leftOut: lines.length - kept.size };
}

/** One line for each thing, where it is told first, in the order of the sources. */
function merged(gathered: readonly GatheredLine[]): GatheredLine[] {
  const sorted = order.flatMap((source) => gathered.filter((line) => line.source === source));
  const bySubject = new Map<string, GatheredLine>();
  const lines: GatheredLine[] = [];
  for (const line of sorted) {
    const key = line.subject === null ? null : `${line.subject.kind} ${line.subject.id}`;
    const first = key === null ? undefined : bySubject.get(key);
    if (first !== undefined) {
      const facts = [first.facts, line.facts].filter((words) => words !== '');
      first.facts = [...new Set(facts)].join('\n');
      first.owedBy = [...new Set([...first.owedBy, ...line.owedBy])];
      continue;
    }
    const own = { ...line };
    lines.push(own);
    if (key !== null) bySubject.set(key, own);
  }
  return lines;
}

/** The first of each source, then the second of each, and so on. */
function inTurn(lines: readonly GatheredLine[]): GatheredLine[] {
  const bySource = [...Map.groupBy(lines, ({ source }) => source).values()];
  const longest = Math.max(0, ...bySource.map((own) => own.length));
  return Array.from({ length: longest }, (_, turn) => bySource.flatMap((own) => own[turn] ?? [])).flat();
}

/** On which page of the agenda a line stands, from 1; positions count from 1, too. */
export function pageOf(position: number): number {
  return Math.ceil(position / pageLength);
}
