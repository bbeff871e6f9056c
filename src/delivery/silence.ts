import type { BudgetName } from '../platform/db/tables.ts';

/**
 * A call that follows its claim no later than this, in milliseconds, need not ask the database once more whether Slack
 * has asked to wait meanwhile. What waited for locks, or slept, has to.
 */
export const soonMs = 250;

/** For what calls Slack has asked this process to wait. Known here at once, and to the others when it is kept. */
export class Silence {
  readonly #until = new Map<BudgetName, number>();

  /** `untilMs` is on the process's monotonic clock. A shorter wait does not end a longer one. */
  keep(name: BudgetName, untilMs: number): void {
    this.#until.set(name, Math.max(untilMs, this.#until.get(name) ?? untilMs));
  }

  /** It was not meant for all such calls. */
  end(name: BudgetName, untilMs: number): void {
    if (this.#until.get(name) === untilMs) this.#until.delete(name);
  }

  isKept(name: BudgetName, nowMs: number): boolean {
    return nowMs < (this.#until.get(name) ?? nowMs);
  }
}
