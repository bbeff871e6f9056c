import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { withFreshDatabase } from './fresh-database.ts';
import { median } from './load.ts';
import { freePort, startProgram, startSlackStub, stopProgram } from './servers.ts';

const messages = 100_000;
const settleSeconds = 20;
const sampleSeconds = 20;

/** Resident memory of the process in production mode while very many messages wait, beside the same process idle. */
export async function benchWaiting(): Promise<void> {
  await withFreshDatabase(async (db, url) => {
    const slack = await startSlackStub();
    try {
      await sql`insert into workspaces (id, name) values ('T0BENCH', 'Bench')`.execute(db);
      const idle = await memoryOf(url, slack.apiUrl);
      await sql`
        insert into channels (workspace_id, slack_id, name)
        select 'T0BENCH', 'C' || n, 'channel-' || n from generate_series(1, 1000) n`.execute(db);
      await sql`
        with told as (
          insert into messages (workspace_id, dedupe_key, to_channel_id, text, blocks)
          select 'T0BENCH', 'message ' || n, (select min(id) from channels) + n % 1000,
            'Check-in: 3 of your key results are due', '[{"type":"divider"}]'
          from generate_series(1, ${messages}::int) n returning id, workspace_id, to_channel_id)
        insert into deliveries (workspace_id, message_id, due_at, lane)
        select workspace_id, id, now() - interval '1 minute', 'c' || to_channel_id from told`.execute(db);
      await sql`analyze`.execute(db);
      const waiting = await memoryOf(url, slack.apiUrl);
      const { rows } = await sql<{ left: number }>`
        select count(*) as left from deliveries where state = 'pending'`.execute(db);
      console.log(
        `waiting: resident memory with ${messages} messages due (${rows[0]?.left} still waiting at the end), beside idle`,
      );
      console.log(
        `  idle ${idle.toFixed(0)} MB   waiting ${waiting.toFixed(0)} MB   ${(waiting - idle).toFixed(0)} MB more; aim: at most 50 MB more\n`,
      );
    } finally {
      await slack.close();
    }
  });
}

/** The median of what the process has in memory once it has come to rest, in MB. */
async function memoryOf(databaseUrl: string, apiUrl: string): Promise<number> {
  const port = await freePort();
  const program = await startProgram(
    ['bin/start.js'],
    {
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: 'bench-signing-secret',
      SLACK_API_URL: apiUrl,
      LOG_LEVEL: 'error',
    },
    async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok,
  );
  try {
    await new Promise((resolve) => setTimeout(resolve, settleSeconds * 1_000));
    const samples: number[] = [];
    for (let second = 0; second < sampleSeconds; second += 1) {
      const status = await readFile(`/proc/${program.pid}/status`, 'utf8');
      samples.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    return median(samples);
  } finally {
    await stopProgram(program);
  }
}
