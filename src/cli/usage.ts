import { nearest } from '../platform/core/edit-distance.ts';
import { shown } from '../platform/file/finding.ts';

type Usage = { typed: string; does: string; more: string[] };

export const commands = {
  migrate: {
    typed: 'cairn migrate',
    does: 'brings the database to the newest migration; safe to run from several replicas at once',
    more: [],
  },
  import: {
    typed: 'cairn import FILE [--workspace T…] [--dry-run] [--overwrite]',
    does: 'reads a cairn.yaml into the workspace; all or nothing, and the same file twice changes nothing',
    more: [
      '--workspace T…   which workspace, where there are several',
      '--dry-run        shows what would change, row by row, and writes nothing',
      '--overwrite      also changes what people change in Slack: owners, backups, current values, paused or not',
      '',
      'FILE may also be a catalog-info.yaml of Backstage, a folder of them, or a CODEOWNERS file: owners are then',
      'unconfirmed, and what such a file does not know stays as it is.',
      '--from FORMAT    cairn, backstage or codeowners, where name and contents do not tell',
      '--as LOGIN=NAME  who is meant by a name there; as often as needed',
      '--repository URL of a CODEOWNERS file: rocks link to their folders',
      '',
      'A FILE.csv is a table of key results or of check-ins, as `cairn export --csv` writes them.',
    ],
  },
  export: {
    typed: 'cairn export [FILE] [--workspace T…] [--history | --csv KIND]',
    does: 'writes the present state as a cairn.yaml, all of it, whoever may see what; without FILE to stdout',
    more: [
      '--workspace T…   which workspace, where there are several',
      '--history        also every event, a line of JSON each: beside company.yaml as company.history.jsonl;',
      '                 without FILE the events alone, to stdout',
      '--csv KIND       instead a table for spreadsheets: rocks, objectives, key-results, check-ins, roadmap,',
      '                 decisions, strategy, people, teams or accounts',
    ],
  },
  manifest: {
    typed: 'cairn manifest --url https://… | --socket',
    does: 'prints the manifest of the Slack app, to be pasted at Slack under Create New App, From a manifest',
    more: [
      '--url https://…  with your own address, which Slack calls',
      '--socket         for Socket Mode, without a public address',
    ],
  },
  doctor: {
    typed: 'cairn doctor [--url https://…]',
    does: 'looks at configuration, database, tokens, scopes, clock and channels; one line each, with the mend',
    more: ['--url https://…  also at the address that Slack calls', '', 'It changes nothing.'],
  },
} satisfies Record<string, Usage>;
export type CommandName = keyof typeof commands;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** The help of one command, or of all. */
export function help(name?: CommandName): string[] {
  const usages: Usage[] = name === undefined ? Object.values(commands) : [commands[name]];
  const lines = usages.flatMap(({ typed, does, more }) => [
    `  ${typed}`,
    `      ${does}`,
    ...more.map((line) => `      ${line}`),
  ]);
  return ['Usage:', ...lines, '', 'Exit status: 0 done, 1 refused, 2 wrong usage.'];
}

/** Two lines for a command that is not there: the nearest one, and what can be typed. */
export function unknownCommand(typed: string): string[] {
  const meant = nearest(typed, [...Object.keys(commands), 'help']);
  const question = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return [`There is no command ${shown(typed)}.${question}`, usageLine()];
}

export function usageLine(name?: CommandName): string {
  if (name !== undefined) return `Usage: ${commands[name].typed}`;
  return `Usage: cairn ${Object.keys(commands).join(' | ')} | help`;
}
