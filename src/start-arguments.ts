import { parseArgs } from 'node:util';
import { optionWords, readNoArguments } from './cli/arguments.ts';
import type { Config } from './config.ts';
import { accepted, type Result, refused } from './platform/core/result.ts';

export type StartArguments = { isFresh: boolean; isEmpty: boolean; isHelp: boolean };

const options = {
  fresh: { type: 'boolean', default: false },
  empty: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
} as const;

export const startUsage = [
  'Usage: npm start [-- --fresh] [--empty]',
  '  --fresh   the playground begins anew: all that was said and changed in it is gone',
  '  --empty   the playground begins with a company of which Cairn knows nothing yet; with --fresh in place of one that is there',
];

/** Reads what follows `npm start --`. Refuses, in words, what it does not know. */
export function readStartArguments(args: string[]): Result<StartArguments> {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const rest = readNoArguments(positionals);
    return rest.ok
      ? accepted({ isFresh: values.fresh, isEmpty: values.empty, isHelp: values.help ?? false })
      : rest;
  } catch (error) {
    return refused('bad-option', optionWords(error, args, Object.keys(options)));
  }
}

/** Why there is no company to begin with, in words; null in a playground. */
export function emptyProblem({ slack }: Pick<Config, 'slack'>): string | null {
  if (slack.mode === 'playground') return null;
  return '--empty is for the playground, and SLACK_BOT_TOKEN connects a real workspace, which has a company: start without --empty.';
}

/** Why there is nothing that may be emptied, in words; null when there is: only a playground's own database. */
export function freshProblem({ slack, database }: Pick<Config, 'slack' | 'database'>): string | null {
  if (slack.mode !== 'playground') {
    return '--fresh is for the playground, and SLACK_BOT_TOKEN connects a real workspace, whose data stay: start without --fresh.';
  }
  if (database.kind === 'url') {
    return '--fresh empties only the database that Cairn runs itself, and DATABASE_URL names one of yours: empty that one yourself, or start without --fresh.';
  }
  return null;
}
