import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../src/platform/db/database.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { openEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { type Load, load, median, signedCommand } from './load.ts';
import { freePort, startProgram, startSlackStub, stopProgram } from './servers.ts';

const rocks = 10_000;
const rounds = 7;
const secondsEach = 4;
const signingSecret = 'bench-signing-secret';

/**
 * `/owner` by exact name over HTTP, beside a bare Bolt command that answers at once with the same card, in
 * turns on the same machine. Only the ratio counts: both share the noise of the machine and of the load.
 */
export async function benchOwner(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cairn-bench-'));
  const postgres = await openEmbeddedPostgres({ dataDir, role: 'command' });
  const slack = await startSlackStub();
  const cairnPort = await freePort();
  const barePort = await freePort();
  try {
    const db = openDatabase(postgres.connectionString);
    await migrate(db);
    await fill(db);
    await db.destroy();

    const cairnUrl = `http://127.0.0.1:${cairnPort}`;
    const cairn = await startProgram(
      ['bin/start.js'],
      {
        DATABASE_URL: postgres.connectionString,
        HOST: '127.0.0.1',
        PORT: String(cairnPort),
        SLACK_BOT_TOKEN: 'xoxb-bench',
        SLACK_SIGNING_SECRET: signingSecret,
        SLACK_API_URL: slack.apiUrl,
        LOG_LEVEL: 'warn',
      },
      async () => (await fetch(`${cairnUrl}/readyz`)).ok,
    );
    const card = await oneAnswer(cairnUrl);
    const bare = await startProgram(
      ['bench/bare-bolt.ts', String(barePort), signingSecret, card],
      {},
      async () => (await fetch(`http://127.0.0.1:${barePort}/`)).status === 404,
    );
    await compare(cairnUrl, `http://127.0.0.1:${barePort}`);
    await stopProgram(bare);
    await stopProgram(cairn);
  } finally {
    await slack.close();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function compare(cairnUrl: string, bareUrl: string): Promise<void> {
  console.log(
    `/owner by exact name at ${rocks} rocks, beside bare Bolt; ${rounds} rounds of ${secondsEach} s in turns, 10 connections`,
  );
  const names = Array.from({ length: 1_000 }, (_, index) => nameOf((index * 7919) % rocks));
  await load(cairnUrl, signingSecret, names, 2);
  await load(bareUrl, signingSecret, names, 2);
  const pairs: { cairn: Load; bare: Load }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const cairn = await load(cairnUrl, signingSecret, names, secondsEach);
    const bare = await load(bareUrl, signingSecret, names, secondsEach);
    if (cairn.failed + bare.failed > 0) throw new Error(`${cairn.failed} and ${bare.failed} requests failed`);
    pairs.push({ cairn, bare });
  }
  for (const [who, loads] of [
    ['cairn', pairs.map((pair) => pair.cairn)],
    ['bare Bolt', pairs.map((pair) => pair.bare)],
  ] as const) {
    const of = (figure: keyof Load): number => median(loads.map((one) => one[figure]));
    console.log(
      `  ${who.padEnd(10)} ${of('perSecond').toFixed(0).padStart(6)} requests/s   p50 ${of('p50').toFixed(2)} ms   p99 ${of('p99').toFixed(2)} ms   (medians)`,
    );
  }
  const ratios = pairs.map(({ cairn, bare }) => cairn.perSecond / bare.perSecond);
  console.log(
    `  ratio of throughput: median ${median(ratios).toFixed(2)}, from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; aim: at least 0.50\n`,
  );
}

/** One real answer, so that bare Bolt writes as many bytes; and proof that a look-up finds what it should. */
async function oneAnswer(cairnUrl: string): Promise<string> {
  const { path, ...request } = signedCommand(signingSecret, nameOf(42));
  const response = await fetch(`${cairnUrl}${path}`, request);
  const text = await response.text();
  if (!text.includes(nameOf(42)) || !text.includes('U0OWNER')) throw new Error(`not the card: ${text}`);
  return text;
}

const words = ['Payments', 'Search', 'Ledger', 'Invoices', 'Refunds', 'Catalogue', 'Sign-in', 'Reporting'];

function nameOf(index: number): string {
  return `${words[index % words.length]} ${words[Math.floor(index / 8) % words.length]} ${index}`;
}

/** Rocks as a real register has them: owner, backup, team, alias, three links. */
export async function fill(db: Database): Promise<void> {
  const { normalName } = await import('../src/features/ownership/core/names.ts');
  await sql`insert into workspaces (id, name) values ('T0BENCH', 'Bench')`.execute(db);
  await sql`
    insert into people (workspace_id, slack_id, name, timezone)
    select 'T0BENCH', 'U0OWNER' || n, 'Owner ' || n, 'Europe/Berlin' from generate_series(1, 500) n`.execute(
    db,
  );
  await sql`
    insert into teams (workspace_id, key, name)
    select 'T0BENCH', 'team-' || n, 'Team ' || n from generate_series(1, 50) n`.execute(db);
  const names = Array.from({ length: rocks }, (_, index) => nameOf(index));
  await sql`
    insert into rocks (workspace_id, key, name, summary, type, weight, team_id, created_at)
    select 'T0BENCH', 'rock-' || n, name, 'What it is for, in one plain sentence.', 'area', 2,
      (select min(id) from teams) + n % 50, now()
    from unnest(${names}::text[]) with ordinality as given (name, n)`.execute(db);
  await sql`
    insert into rock_names (workspace_id, rock_id, kind, name, normal)
    select 'T0BENCH', r.id, 'name', r.name, given.normal
    from unnest(${names}::text[], ${names.map(normalName)}::text[]) as given (name, normal)
    join rocks r on r.name = given.name`.execute(db);
  await sql`
    insert into rock_names (workspace_id, rock_id, kind, name, normal)
    select 'T0BENCH', id, 'alias', 'alias ' || id, 'alias ' || id from rocks`.execute(db);
  await sql`
    insert into stints (workspace_id, rock_id, person_id, began, began_at, confirmed_at)
    select 'T0BENCH', id, (select min(id) from people) + id % 500, 'created', now(), now() from rocks`.execute(
    db,
  );
  await sql`
    insert into rock_backups (workspace_id, rock_id, person_id, position)
    select 'T0BENCH', id, (select min(id) from people) + (id + 1) % 500, 0 from rocks`.execute(db);
  await sql`
    insert into rock_links (workspace_id, rock_id, position, label, url, place)
    select 'T0BENCH', r.id, n, 'Page ' || n, 'https://bench.example/' || r.id || '/' || n,
      'bench.example/' || r.id || '/' || n
    from rocks r, generate_series(1, 3) n`.execute(db);
  await sql`analyze`.execute(db);
}
