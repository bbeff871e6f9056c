import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** Whom a program runs as; undefined means: as whoever Cairn itself is. */
export type Identity = { uid: number; gid: number } | undefined;

/**
 * The whole environment of every program started here. PostgreSQL reads PGDATA, PGOPTIONS, LC_ and more from it;
 * what an operator's shell happens to hold must not decide how the cluster comes out. LC_ALL=C also keeps the
 * messages in English, and some of them are matched.
 */
export const PROGRAM_ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** What a program said (both streams, in order of arrival) and whether it ended well. */
export type ProgramResult = { ok: boolean; output: string };

/**
 * Runs a program to its end. Never throws: a program that is missing, or that the given identity may not run, is a
 * result that is not ok and says why.
 */
export function runProgram(
  file: string,
  args: string[],
  options: { as?: Identity; cwd?: string; input?: string } = {},
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    let output = '';
    let child: ChildProcessWithoutNullStreams;
    try {
      const cwd = options.cwd ?? '/';
      child = spawn(file, args, { ...options.as, cwd, env: PROGRAM_ENVIRONMENT, stdio: 'pipe' });
    } catch (error) {
      // Some failures come as an event and others, such as a uid that may not be taken, are thrown.
      resolve({ ok: false, output: error instanceof Error ? error.message : String(error) });
      return;
    }
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    // A program that ends before it has read its input says so by its exit code; EPIPE adds nothing.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
