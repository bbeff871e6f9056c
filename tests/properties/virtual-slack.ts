import type { SlackPost } from '../../src/delivery/slack-post.ts';
import { NeverBegan } from '../../src/delivery/timely-fetch.ts';
import { slackErrors } from '../delivery/support.ts';
import type { Machine } from './machine.ts';

/** What goes wrong with a call. */
export const faultNames = [
  'none',
  'rate-limited',
  'never-connected',
  'lost-before',
  'lost-after',
  'comes-late',
  'server-error',
  'crash-before',
  'crash-after',
  'held-up',
  'empty-page',
] as const;
export type FaultName = (typeof faultNames)[number];

/** A message that stands in Slack. */
export type Said = { deliveryId: string; channel: string; threadTs: string | null; text: string; ts: string };

/** A post that was begun. */
export type Call = { deliveryId: string; channel: string; step: number; beganMs: number; companyMs: number };

/** A reading of a channel or thread, from its first page on. */
export type Read = {
  channel: string;
  threadTs: string | null;
  beganMs: number;
  endedMs: number;
  isComplete: boolean;
  ids: Set<string>;
};

/** Somebody was asked to wait. */
export type Told = { channel: string; step: number; untilMs: number; inRow: number };

/** Slack asks for so many seconds. */
const retryAfter = 5;
/** After the latest start and the timeout this is still within the settle time: how late Slack may take a message. */
const lateMs = 20_000;
const pageSize = 3;

/** Slack in this process, in machine time, for any number of replicas that may die in any call. */
export class VirtualSlack {
  readonly said: Said[] = [];
  readonly calls: Call[] = [];
  readonly reads: Read[] = [];
  readonly told: Told[] = [];
  readonly poisoned = new Map<string, FaultName>();
  private readonly machine: Machine;
  private readonly companyMs: () => number;
  private readonly onTheWay: { atMs: number; said: Omit<Said, 'ts'> }[] = [];
  private readonly inRow = new Map<string, number>();
  private faults: FaultName[] = [];
  private lastMicros = 0;

  constructor(machine: Machine, companyMs: () => number) {
    this.machine = machine;
    this.companyMs = companyMs;
  }

  /** What the next calls meet, one each; after them all is well. */
  willMeet(faults: readonly FaultName[]): void {
    this.faults = [...faults];
  }

  heal(): void {
    this.faults = [];
    this.poisoned.clear();
  }

  /** As one replica sees it; `die` is told when a call takes the replica with it, and that call never ends. */
  for(die: () => void): SlackPost {
    let isDead = false;
    const guard = async <T>(work: () => Promise<T>): Promise<T> => {
      if (isDead) return await never();
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        isDead = true;
        die();
        return await never();
      }
    };
    return {
      openDirect: async (user) => await guard(async () => await this.openDirect(user)),
      post: async (message, mayBegin) => await guard(async () => await this.post(message, mayBegin)),
      edit: async (message) => await guard(async () => this.edit(message)),
      history: async (place) => await guard(async () => this.history(place)),
    };
  }

  private async openDirect(user: string): Promise<string> {
    this.meet(this.next(null));
    return `D${user}`;
  }

  private async post(
    message: Parameters<SlackPost['post']>[0],
    mayBegin: () => boolean,
  ): Promise<{ channel: string; ts: string }> {
    const { channel, deliveryId, threadTs, text } = message;
    const fault = this.next(channel);
    // Between the claim and the first byte: garbage collection, a machine that sleeps.
    if (fault === 'held-up') await this.machine.pass(25_000);
    if (!mayBegin()) throw new NeverBegan('late');
    if (fault === 'never-connected') throw new NeverBegan('unconnected');
    const beganMs = this.machine.nowMs();
    const step = this.machine.step();
    this.calls.push({ deliveryId, channel, step, beganMs, companyMs: this.companyMs() });
    const said = { deliveryId, channel, threadTs, text };
    if (fault === 'rate-limited') {
      const inRow = (this.inRow.get(channel) ?? 0) + 1;
      this.inRow.set(channel, inRow);
      this.told.push({ channel, step, untilMs: beganMs + retryAfter * 1_000, inRow });
      throw slackErrors.rateLimited(retryAfter);
    }
    this.inRow.set(channel, 0);
    if (fault === 'comes-late') {
      this.onTheWay.push({ atMs: beganMs + lateMs, said });
      throw slackErrors.network('ABORT_ERR');
    }
    if (fault === 'lost-before' || fault === 'server-error' || fault === 'crash-before') this.meet(fault);
    const ts = this.take(said);
    this.meet(fault);
    return { channel, ts };
  }

  private edit({ channel, ts, text }: Parameters<SlackPost['edit']>[0]): void {
    const fault = this.next(channel);
    if (fault === 'lost-before' || fault === 'server-error' || fault === 'crash-before') this.meet(fault);
    const message = this.said.find((it) => it.channel === channel && it.ts === ts);
    if (message === undefined) throw slackErrors.platform('message_not_found');
    message.text = text;
    this.meet(fault);
  }

  private history({
    channel,
    threadTs,
    oldest,
    cursor,
  }: Parameters<SlackPost['history']>[0]): Awaited<ReturnType<SlackPost['history']>> {
    this.arrive();
    const fault = this.next(channel);
    if (fault !== 'none' && fault !== 'empty-page' && fault !== 'held-up') this.meet(fault);
    const [number, skip] = cursor === null ? [this.reads.length, 0] : cursor.split(' ').map(Number);
    if (cursor === null) {
      const beganMs = this.machine.nowMs();
      this.reads.push({ channel, threadTs, beganMs, endedMs: beganMs, isComplete: false, ids: new Set() });
    }
    const read = this.reads[number ?? -1];
    if (read === undefined) throw new Error('a cursor of no reading');
    const all = this.said
      .filter((it) => it.channel === channel && it.threadTs === threadTs && Number(it.ts) > Number(oldest))
      .reverse();
    const from = skip ?? 0;
    const page = fault === 'empty-page' ? [] : all.slice(from, from + pageSize);
    const to = from + page.length;
    for (const { deliveryId } of page) read.ids.add(deliveryId);
    read.endedMs = this.machine.nowMs();
    read.isComplete = to >= all.length;
    const deliveries = page.map(({ deliveryId, ts }) => ({ id: deliveryId, ts }));
    return { deliveries, next: read.isComplete ? null : `${number} ${to}` };
  }

  /** What Slack took long after whoever sent it had given up. */
  arrive(): void {
    for (;;) {
      const index = this.onTheWay.findIndex(({ atMs }) => atMs <= this.machine.nowMs());
      const [one] = index < 0 ? [] : this.onTheWay.splice(index, 1);
      if (one === undefined) return;
      this.place(one.said);
    }
  }

  private take(said: Omit<Said, 'ts'>): string {
    this.arrive();
    return this.place(said);
  }

  private place(said: Omit<Said, 'ts'>): string {
    this.lastMicros = Math.max(this.machine.nowMs() * 1_000, this.lastMicros + 1);
    const ts = `${Math.floor(this.lastMicros / 1e6)}.${String(this.lastMicros % 1e6).padStart(6, '0')}`;
    this.said.push({ ...said, ts });
    return ts;
  }

  private next(channel: string | null): FaultName {
    const poison = channel === null ? undefined : this.poisoned.get(channel);
    return poison ?? this.faults.shift() ?? 'none';
  }

  private meet(fault: FaultName): void {
    switch (fault) {
      case 'crash-before':
      case 'crash-after':
        throw new Crash();
      case 'rate-limited':
        throw slackErrors.rateLimited(retryAfter);
      case 'never-connected':
        throw new NeverBegan('unconnected');
      case 'server-error':
        throw slackErrors.http(503);
      case 'lost-before':
      case 'lost-after':
      case 'comes-late':
        throw slackErrors.network('ECONNRESET');
      default:
    }
  }
}

/** The process dies here. */
class Crash extends Error {}

async function never(): Promise<never> {
  return await new Promise<never>(() => undefined);
}
