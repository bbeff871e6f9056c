import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './program.ts';

/** What postmaster.pid says; `port` and `ready` come later than the number. */
export type PidFile = { pid: number; port: number; ready: boolean };

/** Reads postmaster.pid; undefined when there is none, a pid of NaN while it is being written. */
export async function readPidFile(clusterDir: string): Promise<PidFile | undefined> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return {
    pid: Number.parseInt(lines[0] ?? '', 10),
    port: Number.parseInt(lines[3] ?? '', 10),
    ready: lines[7]?.startsWith('ready') ?? false,
  };
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Whether the number belongs to a PostgreSQL that runs: after a restart of the machine anything may have it, and
 * what has ended keeps its number as a zombie until it is collected, which process 1 of a container may never do.
 */
export async function isPostgresProcess(pid: number): Promise<boolean> {
  if (!isProcessAlive(pid)) return false;
  if (process.platform === 'linux') {
    // Not by `ps`, which slim container images lack. Of a zombie's memory nothing is left: statm is all zeros.
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    const memory = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '0');
    return name.trim() === 'postgres' && !memory.startsWith('0');
  }
  const listed = await runProgram('ps', ['-o', 'comm=', '-p', String(pid)]);
  return listed.output.endsWith('postgres');
}
