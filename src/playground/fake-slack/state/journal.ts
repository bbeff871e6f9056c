/** One exchange between Cairn and the fake. `from` says who asked. */
export type Crossing = {
  id: number;
  at: string;
  from: 'cairn' | 'slack';
  kind: 'api' | 'response_url' | 'command' | 'interaction' | 'event';
  /** the method, the command, the interaction's or the event's type */
  name: string;
  request: unknown;
  status: number | 'timeout' | 'unreachable';
  answer: unknown;
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

/** All that crossed and all that was refused; the oldest fall out when it is full. */
export class Journal {
  readonly crossings: Crossing[] = [];
  readonly refusals: Refused[] = [];
  private readonly now: () => number;
  private count = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  cross(crossing: Omit<Crossing, 'id' | 'at'>): void {
    this.crossings.push({ ...this.stamp(), ...crossing, request: withoutTokens(crossing.request) });
    if (this.crossings.length > most) this.crossings.shift();
  }

  refuse(refused: Omit<Refused, 'id' | 'at'>): void {
    this.refusals.push({ ...this.stamp(), ...refused, arguments: withoutTokens(refused.arguments) });
    if (this.refusals.length > most) this.refusals.shift();
  }

  private stamp(): { id: number; at: string } {
    this.count += 1;
    return { id: this.count, at: new Date(this.now()).toISOString() };
  }
}

function withoutTokens(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'token'));
}
