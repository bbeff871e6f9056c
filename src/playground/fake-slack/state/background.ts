/** Work that nobody waits for, so that closing can. */
export class Background {
  private readonly running = new Set<Promise<void>>();

  run(work: Promise<void>): void {
    const guarded = work.catch((error: unknown) => {
      // A pause that closing cut short is no news; anything else is a fault of the fake and must be seen.
      if (!(error instanceof Error && error.name === 'AbortError')) console.error('fake Slack:', error);
    });
    this.running.add(guarded);
    void guarded.finally(() => this.running.delete(guarded));
  }

  async settled(): Promise<void> {
    await Promise.all(this.running);
  }
}
