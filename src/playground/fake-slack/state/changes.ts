/** Tells listeners that something changed; what, they look up. */
export class Changes {
  private readonly listeners = new Set<() => void>();

  /** Returns the way to stop listening. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.listeners) listener();
  }
}
