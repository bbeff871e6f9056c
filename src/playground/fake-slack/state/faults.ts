/** How the fake can misbehave. */
export const faultKinds = [
  'rate-limit',
  'server-error',
  'hang',
  'cut-before',
  'cut-after',
  'slow',
  'duplicate-events',
  'expired-triggers',
  'empty-pages',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** One thing that goes wrong until it is removed, or for as many times as it says. */
export type Fault = {
  id: number;
  kind: FaultKind;
  /** a Web API method, `response_url`, `upload` or, of duplicate-events, an event's type; null: all of them */
  method: string | null;
  /** the id of a conversation; null: everywhere */
  channel: string | null;
  /** seconds that a 429 asks to wait; null: a 429 that does not say */
  retry_after: number | null;
  /** the status of a server-error */
  status: number;
  /** how long a slow answer takes */
  ms: number;
  /** 0 to 1: how many of what matches it bites */
  share: number;
  /** how many bites are left; null: no end */
  times: number | null;
  /** how often it has bitten */
  hits: number;
};

/** What a fault may bite: a call, an event, or nothing that has a name. */
export type Target = { name: string | null; channel: string | null };

/** The faults that are on, oldest first. `random` gives 0 to 1 and decides shares. */
export class Faults {
  private readonly faults = new Map<number, Fault>();
  private readonly random: () => number;
  private count = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  add(given: Omit<Fault, 'id' | 'hits'>): Fault {
    this.count += 1;
    const fault = { ...given, id: this.count, hits: 0 };
    this.faults.set(fault.id, fault);
    return fault;
  }

  /** False when there is no such fault. */
  remove(id: number): boolean {
    return this.faults.delete(id);
  }

  clear(): void {
    this.faults.clear();
  }

  all(): Fault[] {
    return [...this.faults.values()];
  }

  /** The first fault of these kinds that bites the target now, counted; most often none does. */
  bite(kinds: readonly FaultKind[], target: Target): Fault | undefined {
    for (const fault of this.faults.values()) {
      if (!kinds.includes(fault.kind) || !concerns(fault, target) || fault.times === 0) continue;
      if (this.random() >= fault.share) continue;
      fault.hits += 1;
      if (fault.times !== null) fault.times -= 1;
      return fault;
    }
    return undefined;
  }
}

function concerns({ method, channel }: Fault, target: Target): boolean {
  return (method ?? target.name) === target.name && (channel ?? target.channel) === target.channel;
}
