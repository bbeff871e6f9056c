export type Held = { method: string; channel: string | null };

type Hold = { since: number; until: number; fault: number | null };

/** A wait that goes on: how long still, and since when. */
export type Wait = { leftMs: number; since: number };

/** Which calls were told to wait by a Retry-After, and until when, in machine time. */
export class Holds {
  private readonly holds = new Map<string, Hold>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Holds a method back for whole seconds: in one channel, or with null in all. `fault` names the fault that asked. */
  put({ method, channel }: Held, seconds: number, fault: number | null): void {
    const since = this.now();
    this.holds.set(keyOf(method, channel), { since, until: since + seconds * 1000, fault });
  }

  /** The wait that this call has still before it, the longest of its method's and its channel's. */
  find({ method, channel }: Held): Wait | undefined {
    const keys = channel === null ? [keyOf(method, null)] : [keyOf(method, null), keyOf(method, channel)];
    const waiting = keys.flatMap((key) => {
      const hold = this.holds.get(key);
      const leftMs = hold === undefined ? 0 : hold.until - this.now();
      if (leftMs <= 0) this.holds.delete(key);
      return hold === undefined || leftMs <= 0 ? [] : [{ leftMs, since: hold.since }];
    });
    return waiting.sort((one, other) => other.leftMs - one.leftMs)[0];
  }

  /** What a fault asked for ends with it; with null, what the rate limits asked for. */
  release(fault: number | null): void {
    for (const [key, hold] of this.holds) if (hold.fault === fault) this.holds.delete(key);
  }

  clear(): void {
    this.holds.clear();
  }
}

function keyOf(method: string, channel: string | null): string {
  return `${method} ${channel ?? ''}`;
}
