import { spoken, type Word } from '../../../platform/slack/command-text.ts';

/** Whose key results a list is about; `name`: a team or a person as they are called. */
export type Whose =
  | { of: 'asker' }
  | { of: 'all' }
  | { of: 'at-risk' }
  | { of: 'person'; slackId: string | null; name: string | null }
  | { of: 'name'; name: string };

/** `cycle` null: those that are current. */
export type ListQuestion = { whose: Whose; cycle: string | null };

export type Question =
  | { verb: 'list'; question: ListQuestion }
  | { verb: 'tree'; cycle: string | null }
  | { verb: 'show'; text: string };

/** Cycles are called like 2026-Q4 or 2027: a year, and what part of it. */
const looksLikeCycle = /^\d{4}(?:-[\w-]+)?$/;

/** `/okr`, `/okr list [@ana|team|at-risk|all] [2026-Q4]`, `/okr show KEY`, `/okr tree [2026-Q4]`; null for anything else. */
export function readQuestion(words: readonly Word[]): Question | null {
  const [verb, ...rest] = words;
  if (verb === undefined) return { verb: 'list', question: { whose: { of: 'asker' }, cycle: null } };
  if (verb.kind !== 'word' || verb.isQuoted) return null;
  switch (verb.text.toLowerCase()) {
    case 'list':
      return { verb: 'list', question: readList(rest) };
    case 'tree':
      return { verb: 'tree', cycle: spoken(rest) || null };
    case 'show':
      return { verb: 'show', text: spoken(rest) };
    default:
      return null;
  }
}

function readList(words: readonly Word[]): ListQuestion {
  const last = words.at(-1);
  const cycle = last?.kind === 'word' && !last.isQuoted && looksLikeCycle.test(last.text) ? last.text : null;
  const [first, ...more] = cycle === null ? words : words.slice(0, -1);
  if (first === undefined) return { whose: cycle === null ? { of: 'asker' } : { of: 'all' }, cycle };
  if (first.kind === 'person' && more.length === 0) return { whose: { ...first, of: 'person' }, cycle };
  const name = spoken(cycle === null ? words : words.slice(0, -1));
  if (/^at[- ]risk$/i.test(name)) return { whose: { of: 'at-risk' }, cycle };
  return { whose: name.toLowerCase() === 'all' ? { of: 'all' } : { of: 'name', name }, cycle };
}
