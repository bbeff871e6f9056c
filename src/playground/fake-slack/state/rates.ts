import { limits } from '../limits.ts';

/** How often a method may be called: see `limits.tiers`; `posting` has limits of its own. */
export type Tier = keyof typeof limits.tiers | 'posting';

type Limit = { calls: number; ms: number };

/** A call that comes too often: how long to wait, and where, null being the whole method. */
export type Exceeded = { seconds: number; channel: string | null };

/** Slack's rate limits, counted in machine time over the last so many milliseconds. Off until switched on. */
export class Rates {
  isOn = false;
  private readonly calls = new Map<string, number[]>();
  private readonly now: () => number;
  private readonly pace: number;

  /** `pace`: a whole workspace may call so many times as often as Slack allows. */
  constructor(now: () => number, pace = 1) {
    this.now = now;
    this.pace = pace;
  }

  /** Switches the limits; what was counted before is forgotten. */
  turn(on: boolean): void {
    this.isOn = on;
    this.calls.clear();
  }

  /** Counts a call of this method, or says how long it has to wait. What is refused counts for nothing. */
  take(method: string, tier: Tier, channel: string | null): Exceeded | undefined {
    if (!this.isOn) return undefined;
    const windows = windowsOf(tier, channel, this.pace).map((it) =>
      this.look(`${method} ${it.channel ?? ''}`, it),
    );
    const full = windows
      .filter(({ waitMs }) => waitMs > 0)
      .sort((one, other) => other.waitMs - one.waitMs)[0];
    if (full !== undefined) return { seconds: Math.ceil(full.waitMs / 1000), channel: full.channel };
    for (const { recent } of windows) recent.push(this.now());
    return undefined;
  }

  private look(key: string, { limit, channel }: { limit: Limit; channel: string | null }) {
    const began = this.now() - limit.ms;
    const recent = (this.calls.get(key) ?? []).filter((at) => at > began);
    this.calls.set(key, recent);
    const blocking = recent.at(-limit.calls);
    return { recent, channel, waitMs: blocking === undefined ? 0 : blocking - began };
  }
}

function windowsOf(
  tier: Tier,
  channel: string | null,
  pace: number,
): { limit: Limit; channel: string | null }[] {
  if (tier !== 'posting') {
    return [{ limit: { calls: limits.tiers[tier] * pace, ms: 60_000 }, channel: null }];
  }
  const { calls, ms } = limits.posting.workspace;
  const everywhere = { limit: { calls: calls * pace, ms }, channel: null };
  return channel === null ? [everywhere] : [everywhere, { limit: limits.posting.channel, channel }];
}
