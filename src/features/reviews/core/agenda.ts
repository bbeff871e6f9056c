import { agendaSources } from '../../playbook/core/sources.ts';
import type { GatheredLine, LineSource } from './line.ts';

/** Ten lines with their buttons fill a message; thirty are more than an hour has room for. */
export const pageLength = 10;
export const mostLines = 30;

const gathered = agendaSources.map(({ key }) => key).filter((key) => key !== 'deferred');
const order: readonly LineSource[] = ['deferred', 'point', ...gathered];

/**
 * The lines of an agenda in their order: what was put off first, then the points of the page, then what was gathered.
 * What is said twice of one thing is one line with the facts of both. Where there are more than an agenda holds, each source
 * keeps its first lines in turn, so that none is silenced by another; the rest is counted.
 */
export function planAgenda(given: readonly GatheredLine[]): { lines: GatheredLine[]; leftOut: number } {
  const lines = merged(given);
  const kept = new Set(lines.length <= mostLines ? lines : inTurn(lines).slice(0, mostLines));
  return { lines: lines.filter((line) => kept.has(line)), leftOut: lines.length - kept.size };
}

/** One line for each thing, where it is told first, in the order of the sources; what is about no thing goes by its title. */
function merged(given: readonly GatheredLine[]): GatheredLine[] {
  const sorted = order.flatMap((source) => given.filter((line) => line.source === source));
  const keyOf = ({ subject, title }: GatheredLine) =>
    subject === null ? title : `${subject.kind} ${subject.id}`;
  return [...Map.groupBy(sorted, keyOf).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [withOthers(first, others)],
  );
}

/** Of what was put off, what was known then gives way to what is known now. */
function withOthers(first: GatheredLine, others: readonly GatheredLine[]): GatheredLine {
  const isFresh = first.source === 'deferred' && others.some(({ source }) => source !== 'deferred');
  const [whoPutItOff = '', ...then] = first.facts.split('\n');
  const own = [whoPutItOff, ...(isFresh ? [] : then)];
  const facts = [...own, ...others.flatMap((line) => line.facts.split('\n'))].filter((words) => words !== '');
  return {
    ...first,
    facts: [...new Set(facts)].join('\n'),
    owedBy: [...new Set([first, ...others].flatMap(({ owedBy }) => owedBy))],
  };
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
