/**
 * A process of its own that opens the embedded PostgreSQL: prints one line of JSON about it, then closes it when its
 * input ends. Arguments: data folder, role.
 */
import { openEmbeddedPostgres } from '../../../src/platform/postgres/embedded.ts';

const [dataDir = '', role] = process.argv.slice(2);
try {
  const settings = { fsync: 'off' };
  const opened = await openEmbeddedPostgres({ dataDir, role: role === 'bot' ? 'bot' : 'command', settings });
  const { origin, connectionString } = opened;
  console.log(JSON.stringify({ origin, connectionString }));
  process.stdin.resume().once('end', () => void opened.close());
} catch (error) {
  console.log(
    JSON.stringify({ refusal: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  );
}
