import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { seededRandom } from '../support/fake-slack/random.ts';

/** Decisions that look random and are the same at every run with the same seed. */
export type Chance = {
  /** 0 to 1 */
  next(): number;
  /** a whole number, both ends included */
  whole(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  /** true so often */
  happens(share: number): boolean;
};

/** The same seed gives the same decisions; `name` keeps those of different deciders apart. */
export function chanceOf(seed: number, name: string): Chance {
  const next = seededRandom(
    [...name].reduce((mix, letter) => Math.imul(mix, 31) + letter.charCodeAt(0), seed),
  );
  // A linear generator's first numbers resemble those of neighbouring seeds.
  for (let skip = 0; skip < 8; skip += 1) next();
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    pick(from) {
      const one = from[whole(0, from.length - 1)];
      if (one === undefined) throw new Error('there is nothing to pick from');
      return one;
    },
    happens: (share) => next() < share,
  };
}

/** CAIRN_CHAOS_SEED, to see a run again, else a new one. */
export function seedOfRun(): number {
  const given = Number(process.env['CAIRN_CHAOS_SEED']);
  return Number.isInteger(given) && given > 0 ? given : randomInt(1, 1_000_000);
}

/** Does what the database may not be there for until it is done. */
export async function insist<T>(work: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(100);
    }
  }
}
