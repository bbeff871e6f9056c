import { sql } from 'kysely';
import { pino } from 'pino';
import { usualLimits } from '../src/delivery/limits.ts';
import { drain } from '../src/delivery/sender.ts';
import type { SlackPost } from '../src/delivery/slack-post.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import { serve } from './processes.ts';

const [url = '', workspaceId = ''] = process.argv.slice(2);
const db = openDatabase(url);
let ts = 0;
/** Slack, which answers at once: what is left is the way through the outbox. */
const slack: SlackPost = {
  openDirect: async (slackUserId) => `D-${slackUserId}`,
  post: async ({ channel }) => {
    ts += 1;
    return { channel, ts: `${1_700_000_000 + ts}.${String(process.pid).padStart(6, '0').slice(-6)}` };
  },
  edit: async () => undefined,
  history: async () => ({ deliveries: [], next: null }),
};
const limits = {
  ...usualLimits,
  postsPerSecond: 1_000_000,
  burst: 1_000_000,
  reserve: 0,
  channelSpacingMs: 0,
  parallel: 400,
};
await sql`select 1`.execute(db);
serve(async () => {
  const deps = { db, slack, workspaceId, limits, log: pino({ level: 'silent' }) };
  let left = 1;
  while (left > 0) {
    await drain(deps);
    const { rows } = await sql<{ left: number }>`
      select count(*) as left from (select from deliveries
        where workspace_id = ${workspaceId} and state in ('pending', 'sending') limit 1) one`.execute(db);
    left = rows[0]?.left ?? 0;
  }
});
