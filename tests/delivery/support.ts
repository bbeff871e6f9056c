import { sql } from 'kysely';
import type { SenderDeps } from '../../src/delivery/deps.ts';
import { type Limits, usualLimits } from '../../src/delivery/limits.ts';
import type { HistoryPage, SlackPost } from '../../src/delivery/slack-post.ts';
import type { Database } from '../../src/platform/db/database.ts';

type Post = Parameters<SlackPost['post']>[0];
type Edit = Parameters<SlackPost['edit']>[0];
type Look = Parameters<SlackPost['history']>[0];

/** Nothing has to wait for its turn. */
export const unlimited: Limits = {
  ...usualLimits,
  postsPerSecond: 1_000_000,
  burst: 1_000_000,
  reserve: 0,
  channelSpacingMs: 0,
  editsPerMinute: 1_000_000,
  editBurst: 1_000_000,
  readsPerMinute: 1_000_000,
  readBurst: 1_000_000,
};

/** Machine time that stands until a test lets it go on: in the database and in this process. */
export type MachineClock = Required<Pick<SenderDeps, 'monotonicMs' | 'sleep'>> & {
  /** Lets so many milliseconds pass. */
  pass(ms: number): Promise<void>;
  /** Lets them pass in this process alone, whose clock the database does not see. */
  holdUp(ms: number): void;
  /** Puts the database's clock forward or back, which this process's does not see. */
  step(ms: number): Promise<void>;
  now(): Promise<number>;
};

/** Puts a virtual machine clock into a test's own database. */
export async function machineClock(db: Database): Promise<MachineClock> {
  await sql`create table if not exists machine_clock (at timestamptz not null)`.execute(db);
  await sql`insert into machine_clock values (date_trunc('second', now()))`.execute(db);
  await sql`create or replace function machine_now() returns timestamptz language sql stable as
    'select at from machine_clock'`.execute(db);
  let monotonic = 0;
  async function pass(ms: number): Promise<void> {
    monotonic += ms;
    await step(ms);
  }
  async function step(ms: number): Promise<void> {
    await sql`update machine_clock set at = at + make_interval(secs => ${ms / 1000})`.execute(db);
  }
  return {
    pass,
    step,
    sleep: pass,
    holdUp(ms) {
      monotonic += ms;
    },
    monotonicMs: () => monotonic,
    async now() {
      const { rows } = await sql<{ ms: number }>`
        select (extract(epoch from machine_now()) * 1000)::float8 as ms`.execute(db);
      return rows[0]?.ms ?? Number.NaN;
    },
  };
}

/** Slack in this process: keeps what it was called with, and does what a test tells it to do instead. */
export function fakeSlack(
  given: {
    post?: (message: Post, count: number) => Promise<void>;
    edit?: (message: Edit, count: number) => Promise<void>;
    openDirect?: (slackUserId: string, count: number) => Promise<void>;
    /** Absent: whatever was posted stands there, on one page. */
    history?: (place: Look, count: number) => Promise<HistoryPage>;
  } = {},
) {
  const posts: (Post & { ts: string })[] = [];
  const edits: Edit[] = [];
  const opened: string[] = [];
  const looks: Look[] = [];
  const tries = { post: 0, edit: 0, openDirect: 0 };
  const slack: SlackPost = {
    async openDirect(slackUserId) {
      tries.openDirect += 1;
      await given.openDirect?.(slackUserId, tries.openDirect);
      opened.push(slackUserId);
      return `D-${slackUserId}`;
    },
    async post(message) {
      tries.post += 1;
      await given.post?.(message, tries.post);
      const ts = `${1_700_000_000 + tries.post}.000100`;
      posts.push({ ...message, ts });
      // Slack answers a name with the channel's id.
      return { channel: message.channel.replace(/^#/, 'C-'), ts };
    },
    async edit(message) {
      tries.edit += 1;
      await given.edit?.(message, tries.edit);
      edits.push(message);
    },
    async history(place) {
      looks.push(place);
      if (given.history !== undefined) return await given.history(place, looks.length);
      const { channel, threadTs } = place;
      const there = posts.filter((post) => post.channel === channel && post.threadTs === threadTs);
      return { deliveries: there.map(({ deliveryId, ts }) => ({ id: deliveryId, ts })), next: null };
    },
  };
  return { slack, posts, edits, opened, looks, tries };
}

/** Errors in the shapes of Slack's SDK. */
export const slackErrors = {
  rateLimited: (retryAfter: number) =>
    Object.assign(new Error('A rate limit was exceeded'), {
      code: 'slack_webapi_rate_limited_error',
      retryAfter,
    }),
  platform: (error: string) =>
    Object.assign(new Error(`An API error occurred: ${error}`), {
      code: 'slack_webapi_platform_error',
      data: { ok: false, error },
    }),
  network: (code: string) =>
    Object.assign(new Error('A request error occurred'), {
      code: 'slack_webapi_request_error',
      original: Object.assign(new Error(code), { code }),
    }),
  http: (statusCode: number) =>
    Object.assign(new Error('An HTTP protocol error occurred'), {
      code: 'slack_webapi_http_error',
      statusCode,
    }),
};
