import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestBlocks } from '../../../src/features/digest/blocks.ts';
import { noEdits } from '../../../src/features/digest/core/digest.ts';
import { gather } from '../../../src/features/digest/gathering.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type DigestCompany, insertDigestCompany } from './company.ts';

let database: TestDatabase;
let company: DigestCompany;
beforeAll(async () => {
  database = await createTestDatabase();
  company = await insertDigestCompany(database.db);
  await fill();
});
afterAll(() => database.close());

/** 200 people in 20 teams, 2,000 rocks, 400 key results with ten answers each, and what happens in a week. */
async function fill(): Promise<void> {
  const { db } = database;
  const { workspaceId: w, objectiveId } = company;
  const statements = [
    sql`insert into people (workspace_id, name, slack_id, kind)
      select ${w}, 'Person ' || n, 'ULARGE' || n, 'member' from generate_series(1, 200) n`,
    sql`insert into teams (workspace_id, key, name) select ${w}, 'team-' || n, 'Team ' || n from generate_series(1, 20) n`,
    sql`insert into team_members (workspace_id, team_id, person_id)
      select ${w}, t.id, p.id from people p join teams t on t.workspace_id = p.workspace_id
        and t.key = 'team-' || (1 + p.id % 20) where p.workspace_id = ${w} and p.slack_id like 'ULARGE%'`,
    sql`insert into rocks (workspace_id, key, name, weight, importance, created_at)
      select ${w}, 'rock-' || n, 'Rock ' || n || ' & co', 1 + n % 5,
        (array['critical', 'very-important', 'important'])[1 + n % 3], '2026-01-01' from generate_series(1, 2000) n`,
    sql`insert into stints (workspace_id, rock_id, person_id, began, began_at, confirmed_at)
      select ${w}, r.id, (select p.id from people p where p.slack_id = 'ULARGE' || (1 + r.id % 200)), 'created',
        '2026-01-01', case when r.id % 3 = 0 then timestamptz '2026-11-01' end
      from rocks r where r.workspace_id = ${w} and r.id % 20 <> 0`,
    sql`insert into objectives (workspace_id, key, title, cycle_id)
      select ${w}, 'objective-' || n, 'Objective ' || n, o.cycle_id from generate_series(1, 80) n, objectives o
      where o.id = ${objectiveId}`,
    sql`insert into key_results (workspace_id, objective_id, key, title, owner_id, type, direction, start_value,
        target_value, current_value, commitment, confidence, outdated_since)
      select ${w}, o.id, 'kr-' || o.id || '-' || n, 'Key result ' || n || ' of ' || o.title,
        (select p.id from people p where p.slack_id = 'ULARGE' || (1 + (o.id * 5 + n) % 200)), 'number', 'up', 0, 100,
        (o.id * 7 + n * 13) % 100, case when n % 2 = 0 then 'committed' else 'aspirational' end, (o.id + n * 3) % 11,
        case when n = 5 then timestamptz '2026-11-20' end
      from objectives o, generate_series(1, 5) n where o.workspace_id = ${w} and o.key like 'objective-%'`,
    sql`insert into occurrences (workspace_id, cadence_id, name, due_at, state, tz_version, by_person_id, closed_at)
      select ${w}, ${company.cadenceId}, 'run-' || n, timestamptz '2026-09-01' + n * interval '7 days', 'held', 't',
        ${company.ana.id}, '2026-11-20' from generate_series(1, 10) n`,
    sql`insert into check_ins (workspace_id, occurrence_id, key_result_id, person_id, value, confidence, words, answered_at)
      select ${w}, v.id, k.id, k.owner_id, 1, (k.id + v.id) % 11, repeat('It is harder than we thought. ', 8), v.due_at
      from occurrences v, key_results k
      where v.workspace_id = ${w} and k.workspace_id = ${w} and k.key like 'kr-%'`,
    sql`insert into handoffs (workspace_id, rock_id, from_id, to_id, state, offered_at, accepted_at, facts, ended_at)
      select ${w}, r.id, ${company.chi.id}, s.person_id, 'completed', '2026-11-18', '2026-11-19', '{}', '2026-11-20'
      from rocks r join stints s on s.rock_id = r.id where r.workspace_id = ${w} and r.id % 20 = 1`,
    sql`insert into decisions (workspace_id, number, question, driver_id, approver_id, created_by, created_at, due_on)
      select ${w}, n, 'What about ' || n || '?', ${company.ana.id}, ${company.chi.id}, ${company.ana.id}, '2026-10-01', '2026-11-01'
      from generate_series(1, 40) n`,
    sql`insert into roadmap_items (workspace_id, key, title, horizon, moved_at, created_at)
      select ${w}, 'item-' || n, 'Item ' || n, (array['next', 'shipped', 'later'])[1 + n % 3], '2026-11-19', '2026-10-01'
      from generate_series(1, 90) n`,
  ];
  for (const statement of statements) await statement.execute(db);
  await sql`analyze`.execute(db);
}

it('a company with 2,000 rocks and 400 key results: ten things are named, the rest is counted, and it is one message', async () => {
  await gather(database.db, company.workspaceId, company.cadenceId);
  const began = performance.now();
  const { gathered } = await gather(database.db, company.workspaceId, company.cadenceId);
  const took = performance.now() - began;
  console.info(`gathering took ${Math.round(took)} ms`);
  const content = digestBlocks(gathered, noEdits);
  expect(messageProblems(content)).toEqual([]);
  expect(gathered.named).toHaveLength(10);
  expect(content.blocks.length).toBeLessThanOrEqual(50);
  const counts = Object.fromEntries(gathered.left.map(({ counted, count }) => [counted, count]));
  const named = (counted: string) => gathered.named.filter((it) => it.counted === counted).length;
  expect((counts['decision-overdue'] ?? 0) + named('decision-overdue')).toBe(40);
  expect((counts['roadmap-change'] ?? 0) + named('roadmap-change')).toBe(90);
  expect((counts['handoff'] ?? 0) + named('handoff')).toBe(100);
  const { health, coverage } = gathered.figures;
  expect((counts['at-risk'] ?? 0) + named('at-risk')).toBe(
    health['at-risk'] + health['off-track'] + health.outdated,
  );
  expect((counts['critical-gap'] ?? 0) + named('critical-gap')).toBe(coverage.critical);
  expect(coverage.carried + coverage.unowned).toBe(2_000);
  for (const { counted, count } of gathered.left) expect(content.text, counted).toContain(`${count} `);
  // What matters most is of several kinds, not ten of the same.
  expect(new Set(gathered.named.map(({ section }) => section)).size).toBeGreaterThan(2);
  expect(took).toBeLessThan(5_000);
});
