/** Lets the sender of messages and the publisher of Homes know that there is something to do. */
export type Waking = { wake(): void };

/** Waits that a call to `wake` cuts short. One that comes while nobody waits ends the next wait at once. */
export class Alarm implements Waking {
  #isRinging = false;
  #end: (() => void) | null = null;

  wake(): void {
    if (this.#end === null) this.#isRinging = true;
    else this.#end();
  }

  /** Resolves after so many milliseconds, or when it is woken. */
  async wait(ms: number): Promise<void> {
    if (!this.#isRinging) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isRinging = false;
    this.#end = null;
  }
}
