import { run } from 'graphile-worker';
import pg from 'pg';
import { serve } from './processes.ts';

const [connectionString = '', way = 'plain'] = process.argv.slice(2);
/** As its own documentation advises for throughput: jobs are fetched and completed many at a time. */
const batched = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };
const pool = new pg.Pool({ connectionString, max: 12 });
pool.on('error', console.error);
pool.on('connect', (client) => client.on('error', console.error));
await pool.query('select 1');
serve(async () => {
  const runner = await run({
    pgPool: pool,
    concurrency: way === 'plain' ? 10 : 24,
    noHandleSignals: true,
    pollInterval: 50,
    taskList: { post: async () => undefined },
    logger: new (await import('graphile-worker')).Logger(() => () => undefined),
    ...(way === 'plain' ? {} : { preset: { worker: batched } }),
  });
  for (;;) {
    const { rows } = await pool.query(
      'select count(*)::int as left from (select from graphile_worker._private_jobs limit 1) one',
    );
    if (rows[0].left === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await runner.stop();
});
