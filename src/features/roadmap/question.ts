import { spoken, type Word } from '../../platform/slack/command-text.ts';
import { type Horizon, horizons } from './core/item.ts';

export const verbs = ['add', 'show', 'edit', 'move', 'score', 'moved', 'review', 'help'] as const;
/** What stands before a name, and wins over one. */
export const reserved: readonly string[] = [...verbs, ...horizons, 'all'];

/** Whose part is asked for; `name`: a team, a line, an objective, an item or a person as they are called. */
export type Whose =
  | { of: 'all' }
  | { of: 'person'; slackId: string | null; name: string | null }
  | { of: 'name'; name: string; isQuoted: boolean };

export type Question =
  | { verb: 'list'; horizon: Horizon | 'all' | null; whose: Whose }
  | { verb: 'add'; text: string }
  | { verb: 'show'; text: string }
  | { verb: 'edit' | 'score'; text: string }
  | { verb: 'move'; text: string; to: Horizon | null; last: string | null }
  | { verb: 'moved'; since: string | null }
  | { verb: 'review' };

/** Reads what stands behind `/roadmap`. A verb or a horizon is a name where it is quoted. */
export function readQuestion(words: readonly Word[]): Question {
  const [first, ...rest] = words;
  const verb = plainWord(first);
  switch (verb) {
    case 'add':
    case 'show':
      return { verb, text: spoken(rest) };
    case 'edit':
    case 'score':
      return { verb, text: spoken(rest) };
    case 'move':
      return readMove(rest);
    case 'moved':
      return { verb, since: spoken(plainWord(rest[0]) === 'since' ? rest.slice(1) : rest) || null };
    case 'review':
      return { verb };
    default:
      return readList(words);
  }
}

function readMove(words: readonly Word[]): Question {
  const last = plainWord(words.at(-1));
  const to = horizonOf(last);
  if (to !== null) return { verb: 'move', text: spoken(words.slice(0, -1)), to, last };
  return { verb: 'move', text: spoken(words), to: null, last: words.length > 1 ? last : null };
}

function readList(words: readonly Word[]): Question {
  const first = plainWord(words[0]);
  const horizon = first === 'all' ? 'all' : horizonOf(first);
  const rest = horizon === null ? words : words.slice(1);
  const [only, ...more] = rest;
  if (only === undefined) return { verb: 'list', horizon, whose: { of: 'all' } };
  if (only.kind === 'person' && more.length === 0)
    return { verb: 'list', horizon, whose: { of: 'person', slackId: only.slackId, name: only.name } };
  const isQuoted = only.kind === 'word' && only.isQuoted;
  return { verb: 'list', horizon, whose: { of: 'name', name: spoken(rest), isQuoted } };
}

export function horizonOf(text: string | null | undefined): Horizon | null {
  return horizons.find((it) => it === text) ?? null;
}

function plainWord(word: Word | undefined): string | null {
  return word?.kind === 'word' && !word.isQuoted ? word.text.toLowerCase() : null;
}
