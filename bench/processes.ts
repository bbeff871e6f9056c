import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A child that says `ready`, works when it is told `go`, and says `done`. */
export type Worker = { run(): Promise<void>; stop(): Promise<void> };

export async function startWorker(file: string, args: string[]): Promise<Worker> {
  const child: ChildProcess = fork(join(import.meta.dirname, file), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const hear = async (word: string): Promise<void> => {
    const [heard] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended by itself`))),
    ]);
    if (heard !== word) throw new Error(`${file} said ${String(heard)} for ${word}`);
  };
  await hear('ready');
  return {
    async run() {
      child.send('go');
      await hear('done');
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The child's part: does `work` whenever it is told to. */
export function serve(work: () => Promise<void>): void {
  process.on('message', () => {
    void work().then(
      () => process.send?.('done'),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.send?.('ready');
}
