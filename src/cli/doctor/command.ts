import type { Config, ConfigResult } from '../../config.ts';
import { connectionProblems } from '../../features/numbers/connections.ts';
import { databaseProblem, type OpenedDatabase, openUnchanged } from '../../platform/db/open.ts';
import { createLog, type Log } from '../../platform/log.ts';
import { done, refusedStatus, type Terminal } from '../terminal.ts';
import { checkDatabase, isUnmade, unmade } from './database-checks.ts';
import { type Finding, lineOf, mend, well } from './finding.ts';
import { checkSlack } from './slack.ts';

/**
 * `cairn doctor`: looks at everything that Cairn stands on, and changes nothing. A line for each thing, with its mend where
 * it needs one; refused when something has to be mended.
 */
export async function runDoctor(
  { origin }: { origin: string | null },
  read: ConfigResult,
  terminal: Terminal,
): Promise<number> {
  let isWell = true;
  const tell = (findings: readonly Finding[]): void => {
    for (const finding of findings) terminal.out(lineOf(finding));
    isWell &&= findings.every(({ state }) => state !== 'mend');
  };
  if (!read.ok) {
    tell(read.problems.map((problem) => mend('Configuration', problem)));
    return refusedStatus;
  }
  const { config } = read;
  const log = createLog('silent', config.secrets);
  tell([well('Configuration', configurationWords(config))]);
  const opened = await openForLooking(config, log, tell);
  try {
    await checkSlack({ config, origin, log, db: opened?.db ?? null }, tell);
    const problems = await connectionProblems(config.sqlSources);
    tell(problems.map((problem) => mend('Numbers', problem)));
  } finally {
    await opened?.close();
  }
  return isWell ? done : refusedStatus;
}

function configurationWords({ slack, database }: Config): string {
  const where =
    database.kind === 'url' ? 'the database of DATABASE_URL' : `a database of its own in ${database.dataDir}`;
  const how = {
    http: 'Slack calls Cairn (HTTP)',
    socket: 'Cairn calls Slack (Socket Mode)',
    playground: 'no Slack tokens, so the playground',
  }[slack.mode];
  return `${how}, ${where}`;
}

/** The database as it is; null where there is none to look at. */
async function openForLooking(
  { database }: Config,
  log: Log,
  tell: (findings: Finding[]) => void,
): Promise<Pick<OpenedDatabase, 'db' | 'close'> | null> {
  if (database.kind === 'embedded' && isUnmade(database)) {
    tell([unmade(database.dataDir)]);
    return null;
  }
  let opened: Pick<OpenedDatabase, 'db' | 'close'> | null = null;
  try {
    opened = await openUnchanged(database, 'command', log);
    const finding = await checkDatabase(opened.db);
    tell([finding]);
    if (finding.state !== 'mend') return opened;
  } catch (error) {
    const problem = databaseProblem(error, true);
    if (problem === null) throw error;
    tell([mend('Database', problem)]);
  }
  await opened?.close();
  return null;
}
