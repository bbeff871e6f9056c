import type { Block } from '../blocks/blocks.ts';

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
  /** set: ephemeral, and this person alone sees it */
  only_for?: string;
  deleted: boolean;
  /** what it said before each edit, oldest first: somebody may still be looking at it */
  earlier: Content[];
};

export type NewMessage = Content &
  Pick<Message, 'channel' | 'user' | 'at'> &
  Partial<Pick<Message, 'thread_ts' | 'metadata' | 'only_for'>>;

/** All messages of the workspace, in the order of their timestamps. */
export class Messages {
  private readonly byChannel = new Map<string, Message[]>();
  private readonly lastRead = new Map<string, string>();
  private readonly now: () => number;
  private lastMicros = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  /** A timestamp in Slack's shape; unique and increasing however often it is asked for. */
  nextTs(): string {
    this.lastMicros = Math.max(Math.floor(this.now() * 1000), this.lastMicros + 1);
    return `${Math.floor(this.lastMicros / 1e6)}.${String(this.lastMicros % 1e6).padStart(6, '0')}`;
  }

  post(given: NewMessage): Message {
    const message: Message = { ...given, ts: this.nextTs(), deleted: false, earlier: [] };
    const list = this.byChannel.get(message.channel) ?? [];
    list.push(message);
    this.byChannel.set(message.channel, list);
    return message;
  }

  /** A message that is still there, ephemeral ones too. */
  find(channel: string, ts: string): Message | undefined {
    return this.all(channel).findLast((message) => message.ts === ts && !message.deleted);
  }

  /** Also finds what was deleted: a client may still show it. */
  findEver(channel: string, ts: string): Message | undefined {
    return this.byChannel.get(channel)?.findLast((message) => message.ts === ts);
  }

  edit(message: Message, content: Content, editor: string): void {
    message.earlier.push({ text: message.text, blocks: message.blocks });
    message.text = content.text;
    message.blocks = content.blocks;
    // An ephemeral message that was replaced is not marked as edited.
    if (message.only_for === undefined) message.edited = { user: editor, ts: this.nextTs() };
  }

  delete(message: Message): void {
    message.deleted = true;
  }

  /** What everybody in the channel can see, oldest first: no ephemeral and no deleted messages. */
  shared(channel: string): Message[] {
    return this.all(channel).filter((message) => message.only_for === undefined);
  }

  /** What this person sees there, oldest first. */
  seenBy(user: string, channel: string): Message[] {
    return this.all(channel).filter((it) => it.only_for === undefined || it.only_for === user);
  }

  /** All that is there, with every person's ephemeral messages: for tests, nobody sees this. */
  everything(channel: string): Message[] {
    return this.all(channel);
  }

  replies(channel: string, ts: string): Message[] {
    return this.all(channel).filter((message) => message.thread_ts === ts && message.ts !== ts);
  }

  markRead(user: string, channel: string): void {
    const last = this.byChannel.get(channel)?.at(-1);
    if (last !== undefined) this.lastRead.set(`${user} ${channel}`, last.ts);
  }

  /** How many of the newest messages this person has not seen; replies in threads do not count. */
  unread(user: string, channel: string): number {
    const read = this.lastRead.get(`${user} ${channel}`) ?? '';
    const list = this.byChannel.get(channel) ?? [];
    let count = 0;
    // From the newest backwards: of a long channel only what is unread is looked at.
    for (let at = list.length - 1; at >= 0; at -= 1) {
      const message = list[at];
      if (message === undefined || message.ts <= read) break;
      const mine = message.user === user || (message.only_for !== undefined && message.only_for !== user);
      if (!mine && !message.deleted && message.thread_ts === undefined) count += 1;
    }
    return count;
  }

  private all(channel: string): Message[] {
    return (this.byChannel.get(channel) ?? []).filter((message) => !message.deleted);
  }
}
