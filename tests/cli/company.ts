import { afterEach, beforeEach, expect } from 'vitest';
import type { Database } from '../../src/platform/db/database.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { importText, type Run } from './cairn.ts';

/** One of everything, small enough to be changed by replacing a word. */
export const company = `version: 1
people:
  ana: { email: ana@acme.example }
  ben: { slack: U01BEN }
teams:
  - { key: checkout, name: Checkout, lead: ana, channel: "#checkout" }
rocks:
  - key: payments
    name: Payments
    aliases: [billing, psp]
    owner: ana
    backups: [ben]
    team: checkout
    channel: "#payments"
    weight: 3
    links: [{ label: Dashboard, url: "https://www.bi.example/payments/?tab=1" }]
  - { key: pricing, name: Pricing, type: activity }
cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]
objectives:
  - key: reliable
    title: Checkout that just works
    owner: ana
    team: checkout
    cycle: 2026-Q4
    supports: growth
    needs: [checkout]
    key_results:
      - { key: failed-rate, title: Failed payments, owner: ben, backup: ana, type: percent, start: 4.2, target: 2.0, current: 3.1 }
      - { key: launched, title: Launched, type: milestone, commitment: aspirational }
      - { key: found, title: To be found, direction: up, start: baseline, target: 10 }
  - { key: growth, title: Growth, cycle: 2026-Q4 }
cadences:
  - key: weekly
    ritual: okr-check-in
    channel: "#checkout"
    schedule: "0 9 * * MON"
    timezone: Europe/Berlin
    teams: [checkout]
    nudge_after: P1D
`;

/** Gives each test of the file a database of its own, and ways to import into it. */
export function importing(): {
  db(): Database;
  url(): string;
  importOk(text: string, options?: string[]): Promise<string[]>;
  importAny(text: string): Promise<Run>;
} {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await database.close();
  });
  return {
    db: () => database.db,
    url: () => database.url,
    importAny: async (text) => importText(database.url, text),
    async importOk(text, options = []) {
      const run = await importText(database.url, text, options);
      expect(run.err).toEqual([]);
      expect(run.status).toBe(0);
      return run.out;
    },
  };
}

/** Who carries a rock now, by short name. */
export async function ownersOf(db: Database, rock: string): Promise<(string | null)[]> {
  const rows = await db
    .selectFrom('stints as s')
    .innerJoin('rocks as r', 'r.id', 's.rock_id')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .where('r.key', '=', rock)
    .where('s.ended_at', 'is', null)
    .select('p.handle')
    .execute();
  return rows.map((row) => row.handle);
}
