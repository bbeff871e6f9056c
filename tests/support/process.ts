import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

const root = join(import.meta.dirname, '../..');

export type CairnProcess = {
  pid: number;
  port: number;
  output(): string;
  /** Waits until `/readyz` answers 200. */
  ready(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Ends it gracefully, if it runs. */
  stop(): Promise<void>;
  /** The exit status, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals>;
};

/** `from`: another copy of the product than this one. */
type RunOptions = { from?: string; cwd?: string; keeps?: boolean };

/**
 * Starts the product as `npm start` does, with this environment and nothing of the tests' own. Ended after the
 * test, unless a file `keeps` it for all of its tests and stops it by itself.
 */
export async function startProcess(
  env: Record<string, string>,
  { args = [], ...options }: { args?: string[] } & RunOptions = {},
): Promise<CairnProcess> {
  const port = env['PORT'] === undefined ? await freePort() : Number(env['PORT']);
  return { ...run(['bin/start.js', ...args], { PORT: String(port), ...env }, options), port };
}

/** Runs a `cairn` command to its end, so that there is nothing to end after the test. */
export async function runCairn(
  args: string[],
  env: Record<string, string>,
): Promise<{ status: number | NodeJS.Signals; output: string }> {
  const command = run(['bin/cairn.js', ...args], env, { keeps: true });
  return { status: await command.ended(), output: command.output() };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function run(
  [script = '', ...args]: string[],
  env: Record<string, string>,
  { from = root, cwd = from, keeps = false }: RunOptions = {},
): CairnProcess {
  const child = spawn(process.execPath, [join(from, script), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (!keeps) onTestFinished(async () => stop(child));
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const end = once(child, 'close').then(([code, signal]) => code ?? signal);
  const port = Number(env['PORT']);
  return {
    pid: child.pid ?? 0,
    port,
    output: () => output,
    signal: (name) => void child.kill(name),
    stop: async () => await stop(child),
    ended: async () => await end,
    async ready() {
      await vi.waitUntil(
        async () => {
          if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${output}`);
          return await fetch(`http://127.0.0.1:${port}/readyz`).then(
            (response) => response.ok,
            () => false,
          );
        },
        { timeout: 30_000, interval: 50 },
      );
    },
  };
}
