import type { Block } from '../blocks/blocks.ts';
import { forgetful, type Keeper } from './keeper.ts';
import { type Span, Timeline, tsOf } from './timeline.ts';

export type Metadata = { event_type: string; event_payload: Record<string, unknown> };

export type Content = { text: string; blocks: Block[] };

export type Message = Content & {
  channel: string;
  ts: string;
  /** company time at which it was posted, for showing; `ts` is machine time, as Slack's own */
  at: string;
  /** who wrote it: a person, the bot or Slackbot */
  user: string;
  thread_ts?: string;
  edited?: { user: string; ts: string };
  metadata?: Metadata;
  /** the ids of the files that it brings */
  files?: string[];
  /** set: ephemeral, and this person alone sees it */
  only_for?: string;
  deleted: boolean;
  /** what it said before each edit, oldest first: somebody may still be looking at it */
  earlier: Content[];
};

export type NewMessage = Content &
  Pick<Message, 'channel' | 'user' | 'at'> &
  Partial<Pick<Message, 'thread_ts' | 'metadata' | 'files' | 'only_for'>>;

/** The newest messages of a channel as one person sees them. */
export type Latest = { messages: Message[]; has_more: boolean };
/** Up to where a person has read. */
export type ReadMark = { user: string; channel: string; ts: string };

/** All messages of the workspace, in the order of their timestamps. */
export class Messages {
  private readonly timelines = new Map<string, Timeline<Message>>();
  private readonly now: () => number;
  private readonly keeper: Keeper;
  private lastMicros = 0;

  constructor(now: () => number, keeper: Keeper = forgetful) {
    this.now = now;
    this.keeper = keeper;
  }

  /** A timestamp in Slack's shape; unique and increasing however often it is asked for. */
  nextTs(): string {
    this.lastMicros = Math.max(Math.floor(this.now() * 1000), this.lastMicros + 1);
    this.keeper.put('count', 'ts', () => this.lastMicros);
    return tsOf(this.lastMicros);
  }

  post(given: NewMessage): Message {
    const message: Message = { ...given, ts: this.nextTs(), deleted: false, earlier: [] };
    this.restore(message);
    this.keep(message);
    return message;
  }

  /** A message that is still there, ephemeral ones too. */
  find(channel: string, ts: string): Message | undefined {
    const found = this.findEver(channel, ts);
    return found?.deleted ? undefined : found;
  }

  /** Also finds what was deleted: a client may still show it. */
  findEver(channel: string, ts: string): Message | undefined {
    return this.in(channel).findEver(ts);
  }

  edit(message: Message, content: Content, editor: string): void {
    message.earlier.push({ text: message.text, blocks: message.blocks });
    message.text = content.text;
    message.blocks = content.blocks;
    // An ephemeral message that was replaced is not marked as edited.
    if (message.only_for === undefined) message.edited = { user: editor, ts: this.nextTs() };
    this.keep(message);
  }

  delete(message: Message): void {
    this.in(message.channel).delete(message);
    this.keep(message);
  }

  /** What everybody in the channel can see, without replies, newest first: no ephemeral and no deleted messages. */
  *history(channel: string, span: Span = {}): Generator<Message> {
    for (const message of this.in(channel).newest(span)) if (message.only_for === undefined) yield message;
  }

  /** What this person sees there, replies too, newest first. */
  *seenBy(user: string, channel: string): Generator<Message> {
    for (const message of this.in(channel).backwards()) if (isFor(message, user)) yield message;
  }

  /** The newest `limit` messages before a timestamp that this person sees, with all replies to them, oldest first. */
  latest(user: string, channel: string, limit: number, before?: string): Latest {
    const timeline = this.in(channel);
    const roots: Message[] = [];
    let has_more = false;
    for (const root of timeline.newest({ latest: before })) {
      if (!isFor(root, user)) continue;
      has_more = roots.length === limit;
      if (has_more) break;
      roots.push(root);
    }
    const replies = roots.flatMap((root) => timeline.replies(root.ts)).filter((reply) => isFor(reply, user));
    const messages = [...roots, ...replies].sort((one, other) => (one.ts < other.ts ? -1 : 1));
    return { messages, has_more };
  }

  /** All that is there, with every person's ephemeral messages: for tests, nobody sees this. */
  everything(channel: string): Message[] {
    return this.in(channel).all.filter((message) => !message.deleted);
  }

  /** All that was ever said, wherever and to whomever, also what was deleted. */
  *ever(): Generator<Message> {
    for (const timeline of this.timelines.values()) yield* timeline.all;
  }

  replies(channel: string, ts: string): Message[] {
    return this.in(channel).replies(ts);
  }

  markRead(user: string, channel: string): void {
    const ts = this.in(channel).markRead(user);
    if (ts !== undefined) this.keeper.put('read', `${user} ${channel}`, () => ({ user, channel, ts }));
  }

  /** Takes up a message of an earlier run; they come in the order of their timestamps. */
  restore(message: Message): void {
    this.in(message.channel).add(message);
  }

  restoreRead({ user, channel, ts }: ReadMark): void {
    this.in(channel).restoreRead(user, ts);
  }

  /** The timestamps go on after this one, in microseconds, also where the machine's clock was set back. */
  restoreCount(micros: number): void {
    this.lastMicros = micros;
  }

  /** How many messages this person has not seen; replies in threads do not count. */
  unread(user: string, channel: string): number {
    return this.in(channel).unread(user);
  }

  private keep(message: Message): void {
    this.keeper.put('message', `${message.channel} ${message.ts}`, () => message);
  }

  private in(channel: string): Timeline<Message> {
    const timeline = this.timelines.get(channel) ?? new Timeline<Message>();
    this.timelines.set(channel, timeline);
    return timeline;
  }
}

function isFor(message: Message, user: string): boolean {
  return message.only_for === undefined || message.only_for === user;
}
