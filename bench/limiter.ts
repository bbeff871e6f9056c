import { sql } from 'kysely';
import { pino } from 'pino';
import { usualLimits } from '../src/delivery/limits.ts';
import { sendSome } from '../src/delivery/sender.ts';
import type { SlackPost } from '../src/delivery/slack-post.ts';
import type { Database } from '../src/platform/db/database.ts';
import { Rates } from '../src/playground/fake-slack/state/rates.ts';
import { withFreshDatabase } from './fresh-database.ts';

const messages = 2_000;
const channels = 200;
const processes = 3;
/** A round trip to Slack. */
const answerMs = 250;

/**
 * How well the workspace's limit is used, on a clock that only this bench lets go on: messages to many channels, sent
 * by several processes in turns, judged by the limits of the playground's Slack.
 */
export async function benchLimiter(): Promise<void> {
  await withFreshDatabase(async (db) => {
    await sql`create table machine_clock (at timestamptz not null)`.execute(db);
    await sql`insert into machine_clock values (now())`.execute(db);
    await sql`create or replace function machine_now() returns timestamptz language sql stable as
      'select at from machine_clock'`.execute(db);
    await fill(db);
    let nowMs = 0;
    const pass = async (ms: number): Promise<void> => {
      nowMs += ms;
      await sql`update machine_clock set at = at + make_interval(secs => ${ms / 1000})`.execute(db);
    };
    const rates = new Rates(() => nowMs);
    rates.turn(true);
    let refused = 0;
    let sent = 0;
    const slack: SlackPost = {
      openDirect: async (id) => `D${id}`,
      post: async ({ channel }) => {
        const exceeded = rates.take('chat.postMessage', 'posting', channel);
        if (exceeded !== undefined) {
          refused += 1;
          throw Object.assign(new Error('slow down'), {
            code: 'slack_webapi_rate_limited_error',
            retryAfter: exceeded.seconds,
          });
        }
        sent += 1;
        return { channel, ts: `${1_700_000_000 + sent}.000100` };
      },
      edit: async () => undefined,
      history: async () => ({ deliveries: [], next: null }),
    };
    const deps = {
      db,
      slack,
      workspaceId: 'T0BENCH',
      limits: usualLimits,
      log: pino({ level: 'silent' }),
      monotonicMs: () => nowMs,
    };
    while (sent < messages) {
      const waits: number[] = [];
      for (let process = 0; process < processes; process += 1) {
        const { count, inMs } = await sendSome(deps);
        waits.push(count > 0 ? answerMs : (inMs ?? 1_000));
      }
      await pass(Math.max(1, Math.min(...waits)));
    }
    // What the bucket held at the beginning is no merit of the limiter's.
    const seconds = nowMs / 1000;
    const used =
      (messages - (usualLimits.burst - usualLimits.reserve)) / (usualLimits.postsPerSecond * seconds);
    console.log(
      `limiter: ${messages} messages in ${channels} channels, ${processes} processes, ${usualLimits.postsPerSecond} a second, on a virtual clock`,
    );
    console.log(
      `  ${seconds.toFixed(0)} s, the limit ${(used * 100).toFixed(1)} % used, ${refused} refused by Slack's limits; aim: at least 95 %, none refused\n`,
    );
    if (refused > 0) throw new Error('Slack had to ask Cairn to wait');
  });
}

async function fill(db: Database): Promise<void> {
  await sql`insert into workspaces (id, name) values ('T0BENCH', 'Bench')`.execute(db);
  await sql`
    insert into channels (workspace_id, slack_id, name)
    select 'T0BENCH', 'C' || n, 'channel-' || n from generate_series(1, ${channels}::int) n`.execute(db);
  await sql`
    with told as (
      insert into messages (workspace_id, dedupe_key, to_channel_id, text, blocks)
      select 'T0BENCH', 'message ' || n, (select min(id) from channels) + n % ${channels}::int, 'hello', '[]'
      from generate_series(1, ${messages}::int) n returning id, workspace_id, to_channel_id)
    insert into deliveries (workspace_id, message_id, due_at, lane)
    select workspace_id, id, now() - interval '1 minute', 'c' || to_channel_id from told`.execute(db);
  await sql`analyze`.execute(db);
}
