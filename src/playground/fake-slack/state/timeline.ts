/** What a timeline has to know of a message. */
type Entry = {
  ts: string;
  user: string;
  thread_ts?: string;
  /** set: this person alone sees it */
  only_for?: string;
  deleted: boolean;
};

/** The moments between which messages are wanted: timestamps, both left out unless `inclusive`. */
export type Span = {
  oldest?: string | undefined;
  latest?: string | undefined;
  inclusive?: boolean | undefined;
};

/** The messages of one channel, oldest first, with what finds them without going through all. */
export class Timeline<Message extends Entry> {
  readonly all: Message[] = [];
  private readonly byTs = new Map<string, Message>();
  /** those that are no replies */
  private readonly roots: Message[] = [];
  private readonly threads = new Map<string, Message[]>();
  /** the timestamp up to which a person has read */
  private readonly read = new Map<string, string>();
  /** of each person: how many of the roots were looked at, and how many of these are unread */
  private readonly tallies = new Map<string, { upTo: number; unread: number }>();

  add(message: Message): void {
    this.all.push(message);
    this.byTs.set(message.ts, message);
    const { thread_ts } = message;
    if (thread_ts === undefined) {
      this.roots.push(message);
      return;
    }
    const thread = this.threads.get(thread_ts) ?? [];
    thread.push(message);
    this.threads.set(thread_ts, thread);
  }

  /** Also finds what was deleted. */
  findEver(ts: string): Message | undefined {
    return this.byTs.get(ts);
  }

  /** Replies to this message that are still there, oldest first. */
  replies(ts: string): Message[] {
    return (this.threads.get(ts) ?? []).filter((reply) => !reply.deleted);
  }

  /** Messages that are no replies and still there, newest first; only those that are taken are looked at. */
  *newest({ oldest, latest, inclusive = false }: Span = {}): Generator<Message> {
    for (let at = this.countBefore(latest, inclusive) - 1; at >= 0; at -= 1) {
      const message = this.roots[at];
      if (message === undefined || !isAfter(message.ts, oldest, inclusive)) return;
      if (!message.deleted) yield message;
    }
  }

  /** All that is still there, replies too, newest first; only what is taken is looked at. */
  *backwards(): Generator<Message> {
    for (let at = this.all.length - 1; at >= 0; at -= 1) {
      const message = this.all[at];
      if (message !== undefined && !message.deleted) yield message;
    }
  }

  /** What was deleted no longer counts as unread. */
  delete(message: Message): void {
    message.deleted = true;
    this.tallies.clear();
  }

  /** The timestamp up to which this person has now read, if anything is there. */
  markRead(user: string): string | undefined {
    const last = this.all.at(-1);
    if (last === undefined) return undefined;
    this.read.set(user, last.ts);
    this.tallies.set(user, { upTo: this.roots.length, unread: 0 });
    return last.ts;
  }

  /** Takes up how far somebody had read in an earlier run. */
  restoreRead(user: string, ts: string): void {
    this.read.set(user, ts);
    this.tallies.delete(user);
  }

  /** How many roots this person has not seen; each is looked at once, however often one asks. */
  unread(user: string): number {
    const tally = this.tallies.get(user) ?? {
      upTo: this.countBefore(this.read.get(user), true, 0),
      unread: 0,
    };
    for (const message of this.roots.slice(tally.upTo)) {
      const hidden = message.only_for !== undefined && message.only_for !== user;
      if (message.user !== user && !hidden && !message.deleted) tally.unread += 1;
    }
    tally.upTo = this.roots.length;
    this.tallies.set(user, tally);
    return tally.unread;
  }

  /** How many roots are older than this timestamp, by halving; without one: `otherwise`, else all of them. */
  private countBefore(ts: string | undefined, inclusive: boolean, otherwise = this.roots.length): number {
    if (ts === undefined) return otherwise;
    let [low, high] = [0, this.roots.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.roots[middle]?.ts ?? '';
      const older = microsOf(at) < microsOf(ts) || (inclusive && microsOf(at) === microsOf(ts));
      if (older) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether a timestamp lies within these moments. */
export function isWithin(ts: string, { oldest, latest, inclusive = false }: Span): boolean {
  if (!isAfter(ts, oldest, inclusive)) return false;
  return (
    latest === undefined ||
    microsOf(ts) < microsOf(latest) ||
    (inclusive && microsOf(ts) === microsOf(latest))
  );
}

function isAfter(ts: string, oldest: string | undefined, inclusive: boolean): boolean {
  return (
    oldest === undefined ||
    microsOf(ts) > microsOf(oldest) ||
    (inclusive && microsOf(ts) === microsOf(oldest))
  );
}

/** Whole microseconds of a timestamp or of plain seconds: it has more digits than a float of seconds can hold exactly. */
export function microsOf(ts: string): number {
  const [seconds, fraction = ''] = ts.split('.');
  return Number(seconds) * 1e6 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** A timestamp in Slack's shape. */
export function tsOf(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
}
