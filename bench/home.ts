import { sql } from 'kysely';
import { homeView } from '../src/features/home/blocks.ts';
import { readHome } from '../src/features/home/operations.ts';
import { isActor } from '../src/features/people/core/person.ts';
import { findPeople } from '../src/features/people/operations.ts';
import type { Database } from '../src/platform/db/database.ts';
import { withFreshDatabase } from './fresh-database.ts';

const workspaceId = 'T0BENCH';
const rocks = 500;
const keyResults = 200;
const rounds = 200;

/** One person's Home with 500 rocks and a quarter of check-ins for 200 key results: reading and drawing it. */
export async function benchHome(): Promise<void> {
  await withFreshDatabase(async (db) => {
    const personId = await fill(db);
    const [person] = await findPeople(db, workspaceId, [personId]);
    if (person === undefined || !isActor(person)) throw new Error('the person of the bench is no member');
    const times: number[] = [];
    let blocks = 0;
    for (let round = -10; round < rounds; round += 1) {
      const startedMs = performance.now();
      blocks = homeView(
        await readHome(db, workspaceId, person, 1, { nameOf: () => undefined, off: [], steps: [] }),
      ).blocks.length;
      if (round >= 0) times.push(performance.now() - startedMs);
    }
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)} ms`;
    console.log(
      `home: ${rocks} rocks, ${keyResults} key results with 13 answers each, ${blocks} blocks; ${rounds} rounds\n` +
        `  read and drawn    p50 ${at(0.5)}   p99 ${at(0.99)}\n  aim: below 1 s\n`,
    );
  });
}

async function fill(db: Database): Promise<number> {
  await sql`insert into workspaces (id, name, timezone) values (${workspaceId}, 'Bench', 'UTC')`.execute(db);
  const { rows } = await sql<{ id: number }>`
    insert into people (workspace_id, name, slack_id, is_admin) values (${workspaceId}, 'Ana', 'U0ANA', true)
    returning id`.execute(db);
  const id = rows[0]?.id ?? 0;
  await sql`insert into teams (workspace_id, key, name, lead_id)
    values (${workspaceId}, 'checkout', 'Checkout', ${id})`.execute(db);
  await sql`insert into rocks (workspace_id, key, name, weight, team_id, created_at)
    select ${workspaceId}, 'rock-' || n, 'Rock ' || n, 1 + n % 5, (select id from teams), now()
    from generate_series(1, ${rocks}) n`.execute(db);
  await sql`insert into stints (workspace_id, rock_id, person_id, began_at, began)
    select ${workspaceId}, id, ${id}, now(), 'created' from rocks`.execute(db);
  await sql`insert into cycles (workspace_id, key, starts_on, ends_on)
    values (${workspaceId}, 'now', current_date - 45, current_date + 45)`.execute(db);
  await sql`insert into objectives (workspace_id, key, title, cycle_id, owner_id, team_id, position)
    select ${workspaceId}, 'objective-' || n, 'Objective ' || n, (select id from cycles), ${id}, (select id from teams), n
    from generate_series(1, ${keyResults / 4}) n`.execute(db);
  await sql`insert into key_results (workspace_id, objective_id, key, title, owner_id, type, direction, start_value,
      target_value, current_value, commitment, position)
    select ${workspaceId}, o.id, o.key || '-' || n, 'Key result ' || n, ${id}, 'number', 'up', 0, 100, 50, 'committed', n
    from objectives o cross join generate_series(1, 4) n`.execute(db);
  await sql`insert into check_ins (workspace_id, key_result_id, person_id, value, confidence, answered_at)
    select ${workspaceId}, k.id, ${id}, n, n % 11, now() - make_interval(weeks => n)
    from key_results k cross join generate_series(1, 13) n`.execute(db);
  await sql`analyze`.execute(db);
  return id;
}
