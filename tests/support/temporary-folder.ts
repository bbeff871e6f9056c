import { readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';
/** What a whole run of the tests may fill, with room to spare. */
const neededBytes = 4 * 1024 ** 3;

/**
 * Where tests put what they throw away: in memory where the machine has such a folder with room, from which programs
 * may run. A test database is hundreds of small files, which takes a slow disk half a second each time.
 */
export function temporaryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(inMemory);
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === inMemory);
    const mayRun = mount !== undefined && !/\bnoexec\b/.test(mount);
    return mayRun && bavail * bsize > neededBytes ? inMemory : tmpdir();
  } catch {
    // Not every system has it.
    return tmpdir();
  }
}
