import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, type QueryResultRow } from 'pg';
import { onTestFinished } from 'vitest';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../../src/platform/postgres/embedded.ts';
import { isPostgresProcess, readPidFile } from '../../../src/platform/postgres/pid-file.ts';
import { type Identity, runProgram } from '../../../src/platform/postgres/program.ts';

export const OPENER = fileURLToPath(new URL('opener.ts', import.meta.url));
export const isRoot = process.getuid?.() === 0;

/** A data folder whose server, if one is left, ends with the test. Its parent is 0700 and ours, as mkdtemp makes it. */
export async function makeDataDir(name = 'data'): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'cairn-test-'));
  const dataDir = join(parent, name);
  onTestFinished(async () => {
    const pid = await serverPid(dataDir);
    if (pid && (await isPostgresProcess(pid))) process.kill(pid, 'SIGQUIT');
    await until(async () => !pid || !(await isPostgresProcess(pid)));
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  });
  return dataDir;
}

let template: Promise<string> | undefined;

/** A data folder that has been used before: a copy of one made once a worker, which is quicker than initdb. */
export async function makeUsedDataDir(): Promise<string> {
  template ??= makeTemplate();
  const dataDir = await makeDataDir();
  const copied = await runProgram('cp', ['-a', await template, dataDir]);
  if (!copied.ok) throw new Error(copied.output);
  return dataDir;
}

async function makeTemplate(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cairn-test-'));
  const opened = await openEmbeddedPostgres({ dataDir, role: 'bot', settings: { fsync: 'off' } });
  await opened.close();
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** Opens in this process, closed at the latest when the test ends. */
export async function open(
  dataDir: string,
  role: 'bot' | 'command',
  settings: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const opened = await openEmbeddedPostgres({ dataDir, role, settings: { fsync: 'off', ...settings } });
  onTestFinished(() => opened.close());
  return opened;
}

export type Opened = {
  child: ChildProcess;
  /** The line that the opener printed, or undefined when it was killed before. */
  said: Promise<{ origin?: string; connectionString?: string; refusal?: string } | undefined>;
  /** Lets it close and waits for its end. */
  finish(): Promise<void>;
  kill(): Promise<void>;
};

/** Opens in a child process, as another identity if wanted. */
export function openInChild(
  dataDir: string,
  role: 'bot' | 'command',
  options: { as?: Identity; opener?: string } = {},
): Opened {
  const child = spawn(process.execPath, [options.opener ?? OPENER, dataDir, role], {
    ...options.as,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout });
  const said = new Promise<Awaited<Opened['said']>>((resolve) => {
    lines.once('line', (line) => resolve(JSON.parse(line)));
    lines.once('close', () => resolve(undefined));
  });
  return {
    child,
    said,
    async finish() {
      child.stdin.end();
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export async function serverPid(dataDir: string): Promise<number | undefined> {
  return (await readPidFile(join(dataDir, 'postgres')))?.pid;
}

export async function query<Row extends QueryResultRow>(
  connectionString: string,
  sql: string,
): Promise<Row[]> {
  const client = new Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Polls until the condition holds; what throws counts as not yet. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  for (;;) {
    const holds = await Promise.resolve()
      .then(condition)
      .catch(() => false);
    if (holds) return;
    if (performance.now() > deadline) throw new Error(`never: ${condition}`);
    await delay(5);
  }
}
