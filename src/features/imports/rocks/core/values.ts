import {
  type Discipline,
  disciplines,
  type Importance,
  importances,
  type RockType,
  weights,
} from '../../../ownership/core/rock-fields.ts';
import { plainWords } from '../../core/person-index.ts';

/** What was read from a cell, or what can stand there. Null: the cell says nothing. */
export type Read<T> = { ok: true; value: T | null } | { ok: false; words: string };

/** How people say how important something is, in the languages in which we meet it; P0 and tier 1 as well. */
const importanceWords: Record<Importance, string> = {
  critical: 'critical|highest|p0|blocker|must|must have|kritisch|critique|crítico|crítica|urgent|tier 0',
  'very-important':
    'very important|very high|high|p1|hoch|sehr wichtig|sehr hoch|élevé|haute|alta|alto|muy importante|tier 1|should',
  important:
    'important|medium|mid|middle|normal|p2|moderate|wichtig|mittel|moyen|moyenne|media|medio|importante|tier 2',
  'nice-to-have': 'nice to have|nice|low|p3|niedrig|gering|faible|basse|baja|bajo|could|tier 3',
  'not-important': 'not important|none|lowest|p4|p5|unwichtig|sehr niedrig|no importante|wont|minor|tier 4',
};

const weightWords: Record<string, number> = {
  xs: 1,
  'extra small': 1,
  tiny: 1,
  'very light': 1,
  s: 2,
  small: 2,
  light: 2,
  low: 2,
  leicht: 2,
  klein: 2,
  m: 3,
  medium: 3,
  mid: 3,
  normal: 3,
  mittel: 3,
  l: 4,
  large: 4,
  big: 4,
  heavy: 4,
  high: 4,
  schwer: 4,
  gross: 4,
  groß: 4,
  xl: 5,
  xxl: 5,
  'extra large': 5,
  huge: 5,
  'very heavy': 5,
};

const typeWords: Record<RockType, readonly string[]> = {
  area: [
    'area',
    'feature',
    'feature area',
    'product',
    'product area',
    'metric',
    'relationship',
    'bereich',
    'service',
  ],
  activity: [
    'activity',
    'process',
    'task',
    'aktivitat',
    'prozess',
    'activite',
    'actividad',
    'processus',
    'proceso',
  ],
};

const disciplineWords: Partial<Record<Discipline, readonly string[]>> = {
  'product-marketing': ['pmm', 'marketing'],
  'product-operations': ['product ops', 'prodops', 'ops', 'operations'],
  'technical-pm': [
    'tpm',
    'technical product management',
    'technical product manager',
    'product',
    'product management',
    'pm',
  ],
  'project-management': ['project', 'projects', 'program management', 'pmo'],
  design: ['ux', 'ui', 'product design'],
  research: ['user research', 'ux research'],
  engineering: ['eng', 'development', 'tech', 'entwicklung'],
  data: ['analytics', 'data science', 'bi'],
};

export function readImportance(cell: string): Read<Importance> {
  const typed = plain(cell);
  if (typed === '') return nothing;
  const known = importances.find((importance) =>
    isOneOf(typed, importance, importanceWords[importance].split('|')),
  );
  return known === undefined
    ? { ok: false, words: `“${short(cell)}” is no importance. ${importances.map(spoken).join(', ')} are.` }
    : { ok: true, value: known };
}

/** 1 to 5, or how heavy people say that it is. */
export function readWeight(cell: string): Read<number> {
  const typed = plain(cell);
  if (typed === '') return nothing;
  const number = /^[1-5](?:[.,]0+)?$/.test(cell.trim()) ? Number(cell.trim()[0]) : weightWords[typed];
  return number === undefined
    ? {
        ok: false,
        words: `“${short(cell)}” is no weight. ${weights.least} to ${weights.most} is, or light, medium, heavy.`,
      }
    : { ok: true, value: number };
}

export function readType(cell: string): Read<RockType> {
  const typed = plain(cell);
  if (typed === '') return nothing;
  for (const type of ['area', 'activity'] as const)
    if (isOneOf(typed, type, typeWords[type])) return { ok: true, value: type };
  return { ok: false, words: `“${short(cell)}” is no type. area (a part of the product) or activity are.` };
}

export function readDiscipline(cell: string): Read<Discipline> {
  const typed = plain(cell);
  if (typed === '') return nothing;
  const found = disciplines.find((discipline) =>
    isOneOf(typed, discipline, disciplineWords[discipline] ?? []),
  );
  return found === undefined
    ? { ok: false, words: `“${short(cell)}” is no discipline. ${disciplines.map(spoken).join(', ')} are.` }
    : { ok: true, value: found };
}

const nothing: { ok: true; value: null } = { ok: true, value: null };

function plain(cell: string): string {
  return plainWords(cell).join(' ');
}

/** The word itself, one of the others, or either in the plural. */
function isOneOf(typed: string, word: string, others: readonly string[]): boolean {
  const bare = typed.replace(/s$/, '');
  return [spoken(word), ...others].some((one) => {
    const known = plain(one);
    return known === typed || known === bare;
  });
}

function spoken(word: string): string {
  return word.replaceAll('-', ' ');
}

/** What was typed, cut so that it leaves room for the words around it. */
export function short(cell: string): string {
  const text = cell.replace(/\s+/g, ' ').trim();
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
