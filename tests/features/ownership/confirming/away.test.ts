import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tick } from '../../../../src/cadence/planner.ts';
import type { Ritual } from '../../../../src/cadence/ritual.ts';
import { cancelAbsence, comeBack, goAway, readAway } from '../../../../src/features/away/operations.ts';
import { ownershipAudit } from '../../../../src/features/ownership/confirming/audit-operations.ts';
import { confirmAll } from '../../../../src/features/ownership/confirming/operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/database.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertRock,
  keptLog,
  setClock,
} from '../../../support/builders.ts';
import { listTold } from '../../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';

let database: TestDatabase;
let db: Database;
let replica: Database;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  replica = openDatabase(database.url);
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  await setClock(db, workspaceId, '2026-10-04T09:00:00Z');
  ana = await insertActor(db, workspaceId, { name: 'Ana', timezone: 'America/New_York' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  await insertRock(db, workspaceId, { name: 'Payments', owner: ana, backups: [ben] });
  await insertRock(db, workspaceId, { name: 'Pricing', owner: ben });
});
afterAll(async () => {
  await replica.destroy();
  await database.close();
});

const { log } = keptLog();
const monday = '2026-10-05T07:00:00Z';

async function cadence(closeAfter: string): Promise<void> {
  const { id: channelId } = await insertChannel(db, workspaceId, 'general');
  await insertCadence(db, workspaceId, {
    key: 'audit',
    ritual: 'ownership-audit',
    channelId,
    timezone: 'Europe/Berlin',
    nextDueAt: monday,
    nudgeAfter: 'P1D',
    closeAfter,
  });
}
async function tickAt(iso = monday, of = db, ritual: Ritual = ownershipAudit): Promise<void> {
  await setClock(db, workspaceId, iso);
  await tick({ db: of, workspaceId, rituals: new Map([[ritual.key, ritual]]), log });
}
const away = async (text: string, of = db) => await goAway(of, workspaceId, ana, text);
/** What waits to be sent to Ana, and when. */
const waiting = async (): Promise<string[]> =>
  (await listTold(db, workspaceId))
    .filter(({ personId, state }) => personId === ana.id && state === 'pending')
    .map(({ text, dueAt }) => `${dueAt.toString()} ${text}`)
    .sort();
const channelText = async () =>
  (await listTold(db, workspaceId)).find(({ dedupeKey }) => dedupeKey.startsWith('audit:'))?.text;
const question = 'One rock of yours: is it still yours?';
const reminder = 'A gentle reminder: is your rock still yours?';

describe('an owner who is away on the day of an audit', () => {
  test('is asked when they are back, at the same time by their own clock, and counts as away until then', async () => {
    await cadence('P10D');
    await away('until Thu');
    await tickAt();
    expect(await waiting()).toEqual([`2026-10-09T13:00:00Z ${question}`, `2026-10-12T13:00:00Z ${reminder}`]);
    expect(await channelText()).toBe(
      'Ownership audit, 5 October 2026: 0 of 1 confirmed. 1 rock is with somebody who is away. Owners are asked in private.',
    );
    expect((await listTold(db, workspaceId)).filter(({ personId }) => personId === ben.id)).toHaveLength(2);
  });

  test('is not asked at all when it is closed by then, nor is a backup for them; their own yes counts all the same', async () => {
    await cadence('P2D');
    await away('until Fri');
    await tickAt();
    expect(await waiting()).toEqual([]);
    await confirmAll(db, workspaceId, ana);
    expect(await channelText()).toContain('1 of 2 confirmed. Owners');
  });

  test('for more than a year is not asked, and at the end is no owner who said nothing', async () => {
    await cadence('P2D');
    await db
      .insertInto('absences')
      .values({
        workspace_id: workspaceId,
        person_id: ana.id,
        starts_on: '2026-10-05',
        ends_on: '2028-01-01',
      })
      .execute();
    await tickAt();
    expect(await waiting()).toEqual([]);
    await confirmAll(db, workspaceId, ben);
    await tickAt('2026-10-07T07:00:00Z');
    const summary = (await listTold(db, workspaceId)).find(({ dedupeKey }) =>
      dedupeKey.startsWith('audit-summary:'),
    );
    expect(summary?.text).toBe(
      'This audit is closed. 1 of 1 confirmed. 1 rock is with somebody who is away. A yes still counts: `/rock confirm`.',
    );
  });
});

describe('an owner who says that they are away after an audit was planned', () => {
  beforeEach(async () => {
    await cadence('P10D');
    await tickAt();
  });

  test('is asked when they are back, and earlier when they are back earlier', async () => {
    expect(await waiting()).toEqual([`2026-10-05T13:00:00Z ${question}`, `2026-10-06T13:00:00Z ${reminder}`]);
    await away('until Thu');
    expect(await waiting()).toEqual([`2026-10-09T13:00:00Z ${question}`, `2026-10-12T13:00:00Z ${reminder}`]);
    expect(await channelText()).toContain('0 of 1 confirmed. 1 rock is with somebody who is away.');
    // Once more, for longer and back again, to a day on which they were to be asked before.
    await away('until 14 Oct');
    expect(await waiting()).toEqual([`2026-10-15T13:00:00Z ${question}`, `2026-10-16T13:00:00Z ${reminder}`]);
    await setClock(db, workspaceId, '2026-10-07T15:00:00Z');
    await comeBack(db, workspaceId, ana);
    expect((await waiting())[0]).toMatch(/^2026-10-07T15:0\d.* One rock of yours/);
    expect(await channelText()).toContain('0 of 2 confirmed. Owners');
  });

  test('and is away on other days than that of the question is asked as planned', async () => {
    const planned = await waiting();
    await away('from Wed to Thu');
    expect((await waiting())[0]).toBe(planned[0]);
    const known = await readAway(db, workspaceId, ana);
    await cancelAbsence(db, workspaceId, ana, known.absences[0]?.id ?? 0);
    expect((await waiting())[0]).toBe(planned[0]);
  });

  test('until after the end is asked no more', async () => {
    await away('until 30 Oct');
    expect(await waiting()).toEqual([]);
  });
});

describe('a plan and an absence at the same moment', () => {
  /** Whether somebody waits for whoever holds the absences of the workspace. */
  const waits = async (): Promise<boolean> => {
    const { rows } = await sql<{ waits: boolean }>`
      select exists (select from pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and l.locktype = 'advisory' and not l.granted) as waits`.execute(
      db,
    );
    return rows[0]?.waits === true;
  };

  test('never ask the absent: whoever goes away waits for the plan, and sees what it asks', async () => {
    await cadence('P10D');
    const planned = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const slow: Ritual = {
      ...ownershipAudit,
      open: async (tx, occurrences) => {
        const opened = await ownershipAudit.open(tx, occurrences);
        planned.resolve();
        await gate.promise;
        return opened;
      },
    };
    const planning = tickAt(monday, replica, slow);
    await planned.promise;
    const going = away('until Thu');
    await expect.poll(waits).toBe(true);
    gate.resolve();
    await Promise.all([planning, going]);
    expect((await waiting())[0]).toBe(`2026-10-09T13:00:00Z ${question}`);
  });
});
