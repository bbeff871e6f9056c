import type { Keeper, KeptKind } from '../fake-slack/state/keeper.ts';
import type { Row } from './store.ts';

type Change = { kind: KeptKind; key: string; value: () => unknown };

/** Changes that nobody waits for are gathered this long. */
const gatherMs = 50;
/** After a write that failed. */
const pauseMs = 2_000;

export type Writing = {
  /** Writes the rows in this order and all or none; `anew`: everything from before is to go first. */
  save(rows: readonly Row[], options: { anew: boolean }): Promise<void>;
  onError(error: unknown): void;
  /** How to wait; tests give their own. */
  pause?: (ms: number, then: () => void) => () => void;
};

/**
 * Keeps by writing soon, one write at a time, in the order of the changes; what is changed again while it waits is
 * written once. What could not be written is reported and tried again.
 */
export class WriteBehind implements Keeper {
  readonly #writing: Writing;
  readonly #pause: (ms: number, then: () => void) => () => void;
  #waiting = new Map<string, Change>();
  #isAnew = false;
  #stopPause: (() => void) | null = null;
  /** the write that is under way, if one is */
  #current: Promise<void> = Promise.resolve();
  /** the write that takes what waits now, when it has been asked for */
  #next: Promise<void> | null = null;

  constructor(writing: Writing) {
    this.#writing = writing;
    this.#pause = writing.pause ?? pauseByTimer;
  }

  put(kind: KeptKind, key: string, value: () => unknown): void {
    this.#waiting.set(`${kind} ${key}`, { kind, key, value });
    this.#writeIn(gatherMs);
  }

  clear(): void {
    this.#waiting.clear();
    this.#isAnew = true;
    this.#writeIn(gatherMs);
  }

  async kept(): Promise<void> {
    if (this.#waiting.size > 0 || this.#isAnew) this.#writeNow();
    await this.#current;
  }

  #writeIn(ms: number): void {
    this.#stopPause ??= this.#pause(ms, () => this.#writeNow());
  }

  #writeNow(): void {
    if (this.#next !== null) return;
    this.#next = this.#current.then(() => this.#write());
    this.#current = this.#next;
  }

  async #write(): Promise<void> {
    this.#next = null;
    this.#stopPause?.();
    this.#stopPause = null;
    const [changes, anew] = [this.#waiting, this.#isAnew];
    this.#waiting = new Map();
    this.#isAnew = false;
    if (changes.size === 0 && !anew) return;
    try {
      // Read at one moment and together: what is kept has been true at one time.
      const rows = [...changes.values()].map(({ kind, key, value }) => ({
        kind,
        key,
        value: JSON.stringify(value()),
      }));
      await this.#writing.save(rows, { anew });
    } catch (error) {
      this.#writing.onError(error);
      // Cleared in the meantime: then there is nothing to try again.
      if (!this.#isAnew) this.#waiting = new Map([...changes, ...this.#waiting]);
      this.#isAnew ||= anew;
      this.#writeIn(pauseMs);
    }
  }
}

function pauseByTimer(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}
