/** Work that was begun and must be finished before the process may end. */
export class InHand {
  readonly #work = new Set<Promise<unknown>>();

  /** Counts `work` until it is over, however it ends. */
  async track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    try {
      return await work;
    } finally {
      this.#work.delete(work);
    }
  }

  /** Waits until nothing is in hand, work that begins meanwhile included. */
  async finished(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }
}
