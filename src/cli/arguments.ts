import { parseArgs } from 'node:util';
import { type CsvTableName, csvTableNames, readTableName } from '../features/csv-out/core/tables.ts';
import { nearest } from '../platform/core/edit-distance.ts';
import { accepted, type Result, refused } from '../platform/core/result.ts';
import { shown } from '../platform/file/finding.ts';

export type ImportArguments = {
  file: string;
  workspace: string | undefined;
  dryRun: boolean;
  overwrite: boolean;
  /** What the file is; absent: as its name and what is in it say. */
  from: 'cairn' | 'backstage' | 'codeowners' | undefined;
  /** The address in the web of the repository whose CODEOWNERS it is, without a slash at its end. */
  repository: string | undefined;
  /** Whose short name is meant by a name of another program. */
  aliases: Map<string, string>;
};

export type ExportArguments = {
  /** Absent: to stdout. */
  file: string | undefined;
  workspace: string | undefined;
  history: boolean;
  /** A table of these instead, as CSV; absent: a cairn.yaml. */
  csv: CsvTableName | undefined;
};

const importOptions = ['workspace', 'dry-run', 'overwrite', 'from', 'repository', 'as', 'help'];
const formats = ['cairn', 'backstage', 'codeowners'] as const;

/** Reads what follows `cairn import`. Refuses, in words, what it does not know. */
export function readImportArguments(args: string[]): Result<ImportArguments> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        workspace: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        overwrite: { type: 'boolean', default: false },
        from: { type: 'string' },
        repository: { type: 'string' },
        as: { type: 'string', multiple: true, default: [] },
      },
    });
    const [file, ...others] = positionals;
    if (file === undefined) return refused('no-file', 'Which file? Name one.');
    if (others.length > 0) return refused('many-files', 'One file at a time, please.');
    const { workspace, 'dry-run': dryRun, overwrite } = values;
    const from = formats.find((format) => format === values.from);
    if (values.from !== undefined && from === undefined) {
      return refused('bad-option', `--from ${shown(values.from)} is none of ${formats.join(', ')}.`);
    }
    const repository = values.repository?.replace(/(?:\.git)?\/*$/, '');
    if (repository !== undefined && !/^https?:\/\/[^/\s]+\/\S+$/.test(repository)) {
      return refused('bad-option', '--repository needs its address, such as https://github.com/acme/shop.');
    }
    const aliases = new Map<string, string>();
    for (const alias of values.as) {
      const [, theirs = '', ours = ''] = /^@?([^=\s]+)=@?(\S+)$/.exec(alias) ?? [];
      if (ours === '')
        return refused('bad-option', `--as ${shown(alias)} is no pair; write --as octocat=ana.`);
      aliases.set(theirs.toLowerCase(), ours);
    }
    return accepted({ file, workspace, dryRun, overwrite, from, repository, aliases });
  } catch (error) {
    return refused('bad-option', optionWords(error, args, importOptions));
  }
}

/** Reads what follows `cairn export`. */
export function readExportArguments(args: string[]): Result<ExportArguments> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        workspace: { type: 'string' },
        history: { type: 'boolean', default: false },
        csv: { type: 'string' },
      },
    });
    const [file, ...others] = positionals;
    if (others.length > 0) return refused('many-files', 'One file at a time, please.');
    const csv = readTableName(values.csv);
    if (values.csv !== undefined && csv === undefined)
      return refused('bad-option', `--csv ${shown(values.csv)} is none of ${csvTableNames.join(', ')}.`);
    if (csv !== undefined && values.history)
      return refused('bad-option', '--csv and --history do not go together; ask for one at a time.');
    return accepted({ file, workspace: values.workspace, history: values.history, csv });
  } catch (error) {
    return refused('bad-option', optionWords(error, args, ['workspace', 'history', 'csv', 'help']));
  }
}

/** A command without arguments refuses every one. */
export function readNoArguments(args: string[]): Result<null> {
  const [first] = args;
  return first === undefined ? accepted(null) : refused('too-many', `${shown(first)} is too much here.`);
}

export function asksForHelp(args: string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

/** The options that need something after them. */
const needs = new Map([
  ['--workspace', 'a workspace'],
  ['--from', 'cairn, backstage or codeowners'],
  ['--repository', 'an address'],
  ['--as', 'a pair such as octocat=ana'],
  ['--csv', 'a table such as rocks'],
  ['--url', 'an address such as https://cairn.acme.com'],
]);

/** What is wrong with an option, in words, and which of the known ones may be meant; throws what is no such error. */
export function optionWords(error: unknown, args: string[], known: readonly string[]): string {
  if (!(error instanceof Error && 'code' in error)) throw error;
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const typed = args.find((arg) => arg.startsWith('-') && error.message.includes(nameOf(arg))) ?? '';
    const meant = nearest(nameOf(typed).replace(/^-+/, ''), known);
    const question = meant === undefined ? '' : ` Did you mean --${meant}?`;
    return `There is no option ${shown(nameOf(typed))}.${question}`;
  }
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const option = /--[a-z-]+/.exec(error.message)?.[0] ?? 'An option';
    const wants = needs.get(option);
    return wants === undefined ? `${option} takes no value.` : `${option} needs ${wants} after it.`;
  }
  throw error;
}

function nameOf(arg: string): string {
  return arg.split('=')[0] ?? arg;
}
