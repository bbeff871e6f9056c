import { type Config, type ConfigResult, readProcessConfig } from '../config.ts';
import type { Result } from '../platform/core/result.ts';
import type { Database } from '../platform/db/database.ts';
import { databaseProblem, type OpenedDatabase, openMigrated } from '../platform/db/open.ts';
import { createLog } from '../platform/log.ts';
import { asksForHelp, readExportArguments, readImportArguments, readNoArguments } from './arguments.ts';
import { readDoctorArguments } from './doctor/arguments.ts';
import { runDoctor } from './doctor/command.ts';
import { runExport } from './export-command.ts';
import { runImport } from './import-command.ts';
import { readManifestArguments, runManifest } from './manifest-command.ts';
import { done, refusedStatus, type Terminal, wrongUsage } from './terminal.ts';
import { type CommandName, help, isCommand, unknownCommand, usageLine } from './usage.ts';

/** What a command stands on; tests bring their own. */
export type Surroundings = { terminal: Terminal; readConfig(): ConfigResult };

const ofTheProcess: Surroundings = {
  terminal: {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  },
  readConfig: readProcessConfig,
};

/**
 * Runs one `cairn` command and returns its exit status: 0 done, 1 refused with a clear line, 2 wrong usage.
 * Throws only for faults of Cairn's own.
 */
export async function main(args: string[], surroundings: Surroundings = ofTheProcess): Promise<number> {
  const { terminal } = surroundings;
  const [name = '', ...rest] = args;
  if (name === 'help' || name === '--help' || name === '-h') {
    const about = rest[0];
    return print(terminal.out, help(about !== undefined && isCommand(about) ? about : undefined), done);
  }
  if (name === '') return print(terminal.err, help(), wrongUsage);
  if (!isCommand(name)) return print(terminal.err, unknownCommand(name), wrongUsage);
  if (asksForHelp(rest)) return print(terminal.out, help(name), done);
  return await run(name, rest, surroundings);
}

async function run(name: CommandName, rest: string[], surroundings: Surroundings): Promise<number> {
  switch (name) {
    case 'migrate':
      return await start(name, readNoArguments(rest), surroundings, async (_args, config, terminal) =>
        withDatabase(config, terminal, async (_db, { migrations }) => {
          for (const migration of migrations) terminal.out(`ran ${migration}`);
          terminal.out('The database is at the newest migration.');
          return done;
        }),
      );
    case 'import':
      return await start(name, readImportArguments(rest), surroundings, async (args, config, terminal) =>
        runImport(args, config, (work) => withDatabase(config, terminal, work), terminal),
      );
    case 'manifest': {
      // It stands on nothing but the file that ships: before there is an app there is no configuration.
      const way = readManifestArguments(rest);
      if (!way.ok) return print(surroundings.terminal.err, [way.words, usageLine(name)], wrongUsage);
      return await runManifest(way.value, surroundings.terminal);
    }
    case 'doctor': {
      const given = readDoctorArguments(rest);
      if (!given.ok) return print(surroundings.terminal.err, [given.words, usageLine(name)], wrongUsage);
      return await runDoctor(given.value, surroundings.readConfig(), surroundings.terminal);
    }
    case 'export':
      return await start(name, readExportArguments(rest), surroundings, async (args, config, terminal) =>
        runExport(args, config, (work) => withDatabase(config, terminal, work), terminal),
      );
  }
}

/** Does a command whose arguments and configuration are sound. */
async function start<Args>(
  name: CommandName,
  args: Result<Args>,
  { terminal, readConfig }: Surroundings,
  work: (args: Args, config: Config, terminal: Terminal) => Promise<number>,
): Promise<number> {
  if (!args.ok) return print(terminal.err, [args.words, usageLine(name)], wrongUsage);
  const read = readConfig();
  if (!read.ok) return print(terminal.err, read.problems, refusedStatus);
  return await work(args.value, read.config, terminal);
}

async function withDatabase(
  config: Config,
  terminal: Terminal,
  work: (db: Database, opened: OpenedDatabase) => Promise<number>,
): Promise<number> {
  // A command's own words go to its terminal; the log is for what goes wrong, and stays out of their way.
  const level = config.logLevel === 'info' ? 'warn' : config.logLevel;
  const log = createLog(level, config.secrets, { write: (line) => terminal.err(line.trimEnd()) });
  let opened: OpenedDatabase | undefined;
  try {
    opened = await openMigrated(config.database, 'command', log);
    return await work(opened.db, opened);
  } catch (error) {
    const problem = databaseProblem(error, opened !== undefined);
    if (problem === null) throw error;
    return print(terminal.err, [problem], refusedStatus);
  } finally {
    await opened?.close();
  }
}

function print(write: (line: string) => void, lines: readonly string[], status: number): number {
  for (const line of lines) write(line);
  return status;
}
