import type { FaultKind } from './faults.ts';
import { Recent } from './recent.ts';

/** One exchange between Cairn and the fake. `from` says who asked. */
export type Crossing = {
  id: number;
  at: string;
  from: 'cairn' | 'slack';
  kind: 'api' | 'response_url' | 'command' | 'interaction' | 'event';
  /** the method, the command, the interaction's or the event's type */
  name: string;
  request: unknown;
  /** `timeout`: nobody answered in time; `cut`: the fake closed the connection without a word */
  status: number | 'timeout' | 'unreachable' | 'cut';
  /** of a call that was taken before the connection was cut: what Cairn would have heard */
  answer: unknown;
  /** the fault that bit here, if one did */
  fault: FaultKind | null;
  /** from the request to its answer, in machine time */
  took_ms: number;
};

/** Something that Slack would have refused, or that looks wrong. */
export type Refused = {
  id: number;
  at: string;
  method: string;
  error: string;
  /** where in the arguments, one per problem, in Slack's words */
  messages: string[];
  arguments: unknown;
};

const most = 2_000;
/** Whoever has one may connect by Socket Mode. */
const ticket = /\bticket=[\w-]+/g;

/** All that crossed and all that was refused, without secrets; the oldest fall out when it is full. */
export class Journal {
  private readonly crossings = new Recent<Crossing>(most);
  readonly refusals = new Recent<Refused>(most);
  private readonly now: () => number;
  private readonly secrets: readonly string[];
  private count = 0;

  constructor(now: () => number, secrets: readonly string[]) {
    this.now = now;
    this.secrets = secrets.filter((secret) => secret !== '');
  }

  /** `began` is when the request came or went, in machine time; absent, it took no time. */
  cross(
    crossing: Omit<Crossing, 'id' | 'at' | 'fault' | 'took_ms'> & { fault?: FaultKind | null },
    began = this.now(),
  ): void {
    const { request, answer, fault = null } = crossing;
    this.crossings.push({
      ...this.stamp(),
      ...crossing,
      request: this.withoutSecrets(request),
      answer: this.withoutSecrets(answer),
      fault,
      took_ms: Math.round(this.now() - began),
    });
  }

  refuse(refused: Omit<Refused, 'id' | 'at'>): void {
    this.refusals.push({
      ...this.stamp(),
      ...refused,
      arguments: this.withoutSecrets(refused.arguments),
    });
  }

  /** What crossed, oldest first: the first `limit` with a greater id than `after`, or without that the newest. */
  log({ after, limit }: { after?: number | undefined; limit?: number | undefined } = {}): Crossing[] {
    const all = this.crossings.toArray();
    if (after === undefined) return limit === undefined ? all : all.slice(-limit);
    const later = all.filter((crossing) => crossing.id > after);
    return limit === undefined ? later : later.slice(0, limit);
  }

  private stamp(): { id: number; at: string } {
    this.count += 1;
    return { id: this.count, at: new Date(this.now()).toISOString() };
  }

  private withoutSecrets(value: unknown): unknown {
    const bare = withoutTokens(value);
    const text = JSON.stringify(bare);
    if (text === undefined) return bare;
    const without = this.secrets
      .reduce((result, secret) => result.replaceAll(secret, '[secret]'), text)
      .replace(ticket, 'ticket=[secret]');
    if (without === text) return bare;
    const cleaned: unknown = JSON.parse(without);
    return cleaned;
  }
}

function withoutTokens(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'token'));
}
