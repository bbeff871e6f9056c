import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Starts one of this repository's programs and waits until `isUp` says so. */
export async function startProgram(
  args: string[],
  env: Record<string, string>,
  isUp: () => Promise<boolean>,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await isUp().catch(() => false))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return child;
}

export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** As much of Slack as a start needs, and a channel that takes every message. */
export async function startSlackStub(): Promise<{ apiUrl: string; close(): Promise<void> }> {
  const answers: Record<string, object> = {
    '/api/auth.test': { ok: true, team_id: 'T0BENCH', team: 'Bench', user_id: 'U0BENCH', bot_id: 'B0BENCH' },
    '/api/users.list': {
      ok: true,
      members: [{ id: 'U0ASKER', team_id: 'T0BENCH', real_name: 'Asker', tz: 'UTC' }],
    },
    '/api/conversations.list': { ok: true, channels: [] },
    '/api/chat.postMessage': { ok: true, channel: 'C0BENCH', ts: '1700000000.000100' },
  };
  const server = createServer((req, res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(answers[req.url ?? ''] ?? { ok: false, error: 'unknown_method' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub has no port');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
