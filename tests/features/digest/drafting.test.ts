import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/cadence/ritual.ts';
import { sayDue } from '../../../src/features/daily/jobs.ts';
import { draftDue } from '../../../src/features/digest/drafting-operations.ts';
import { digestJob } from '../../../src/features/digest/jobs.ts';
import { digestRitual } from '../../../src/features/digest/ritual.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { messageProblems } from '../../support/block-limits.ts';
import {
  insertChannel,
  insertRock,
  instant,
  listEvents,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type DigestCompany, dueAt, insertAnswer, insertDigestCompany } from './company.ts';

let database: TestDatabase;
let company: DigestCompany;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  company = await insertDigestCompany(database.db);
  const { rateId, ana } = company;
  const at = '2026-11-20T10:00:00Z';
  await insertAnswer(database.db, company, {
    keyResultId: rateId,
    by: ana,
    at,
    confidence: 3,
    words: 'Late.',
  });
});

const draft = async () => await draftDue(database.db, company.workspaceId);
const messages = async () => await listMessages(database.db, company.workspaceId);
const clock = async (iso: string) => await setClock(database.db, company.workspaceId, iso);
const digests = async () =>
  await database.db
    .selectFrom('digests')
    .select(['id', 'state', 'due_at as dueAt', 'content'])
    .where('workspace_id', '=', company.workspaceId)
    .orderBy('id')
    .execute();
const next = async (after: string) =>
  await digestJob({ db: database.db }, company.workspaceId).next(instant(after));

async function operationsChannel(isPrivate: boolean): Promise<number> {
  const { db } = database;
  const channel = await insertChannel(db, company.workspaceId, 'ops');
  await db
    .updateTable('channels')
    .set({ is_private: isPrivate, has_cairn: true })
    .where('id', '=', channel.id)
    .execute();
  await db
    .updateTable('workspaces')
    .set({ product_operations_channel_id: channel.id })
    .where('id', '=', company.workspaceId)
    .execute();
  return channel.id;
}

async function send(given: Partial<Occurrence> = {}): Promise<void> {
  const { workspaceId, cadenceId, leadersId } = company;
  const at = given.dueAt ?? instant(dueAt);
  const { id } = await database.db
    .insertInto('occurrences')
    .values({
      workspace_id: workspaceId,
      cadence_id: cadenceId,
      name: at.toString(),
      covers: null,
      by_person_id: company.ana.id,
      due_at: at.toString(),
      state: 'open',
      tz_version: 't',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const occurrence: Occurrence = {
    id,
    workspaceId,
    cadenceId,
    name: '2026-11-23',
    channelId: leadersId,
    cycle: 'current',
    timezone: 'UTC',
    local: at.toZonedDateTimeISO('UTC').toPlainDateTime(),
    dueAt: at,
    plannedAt: at,
    lateBy: null,
    beginsAt: at,
    isAtMostDaily: true,
    isByHand: false,
    closeAt: null,
    nudgeAfter: null,
    dayOff: () => null,
    ...given,
  };
  await inTransaction(database.db, async (tx) => await digestRitual.open(tx, [occurrence]));
}

describe('a draft', () => {
  it('is made four hours ahead, and the clock is told so', async () => {
    expect(await next('2026-11-23T08:00:00Z')).toEqual({
      at: instant('2026-11-23T10:00:00Z'),
      what: 'the digest for leaders is drafted, 4 hours ahead',
    });
    await clock('2026-11-23T09:59:00Z');
    await draft();
    expect(await digests()).toEqual([]);
    await clock('2026-11-23T10:00:00Z');
    await draft();
    expect((await digests()).map(({ state }) => state)).toEqual(['draft']);
    expect(await next('2026-11-23T08:00:00Z')).toBeNull();
  });

  it('is made once, by however many processes', async () => {
    await operationsChannel(true);
    await Promise.all([draft(), draft(), draft()]);
    await draft();
    expect(await digests()).toHaveLength(1);
    expect((await messages()).map(({ dedupeKey }) => dedupeKey.split(':')[0])).toEqual(['digest-preview']);
    expect((await listEvents(database.db, company.workspaceId)).map(({ type }) => type)).toEqual([
      'digest.drafted',
    ]);
  });

  it('is not made of a cadence that is paused, or past its time', async () => {
    await database.db
      .updateTable('cadences')
      .set({ state: 'paused' })
      .where('id', '=', company.cadenceId)
      .execute();
    await draft();
    await database.db
      .updateTable('cadences')
      .set({ state: 'active' })
      .where('id', '=', company.cadenceId)
      .execute();
    await clock('2026-11-23T14:00:01Z');
    await draft();
    expect(await digests()).toEqual([]);
  });

  it('shows loads by name in a private channel, and in no other', async () => {
    const { db } = database;
    await insertRock(db, company.workspaceId, { name: 'Payments', owner: company.ana });
    await operationsChannel(false);
    await draft();
    const [shown] = await messages();
    expect(JSON.stringify(shown?.blocks)).not.toContain('Ana 1 of');
    expect(JSON.stringify(await digests())).not.toContain('"loads":[{');
  });

  it('is let go where its occurrence never comes, and the preview says so', async () => {
    await operationsChannel(true);
    await draft();
    await database.db
      .updateTable('cadences')
      .set({ state: 'paused' })
      .where('id', '=', company.cadenceId)
      .execute();
    const job = digestJob({ db: database.db }, company.workspaceId);
    await clock('2026-11-24T01:59:00Z');
    await job.run();
    expect((await messages())[0]?.text).toContain('This goes to');
    await clock('2026-11-24T02:01:00Z');
    await job.run();
    await job.run();
    expect((await messages()).map(({ text }) => text)).toEqual([
      'This digest was for Mon 23 Nov, 14:00 and was not sent: its cadence was paused, skipped or moved.',
    ]);
  });

  it('comes to admins, where product operations has no channel, in their message of the day', async () => {
    await draft();
    await inTransaction(database.db, async (tx) => await sayDue(tx, company.workspaceId));
    const own = (await messages()).filter(({ personId }) => personId === company.chi.id);
    expect(own.map(({ text }) => text)).toHaveLength(1);
    expect(own[0]?.text).toMatch(/^The digest for leaders is drafted\. It goes to <#C\w+> at 14:00\.$/);
    expect(JSON.stringify(own[0]?.blocks)).toContain('Read it');
  });
});

describe('what is sent', () => {
  const sent = async () =>
    (await messages()).filter(({ channelId }) => channelId === company.leadersId).map(({ text }) => text);

  it('is the draft, although things have changed since', async () => {
    await draft();
    await database.db
      .updateTable('key_results')
      .set({ title: 'Renamed' })
      .where('id', '=', company.rateId)
      .execute();
    await send();
    const [text] = await sent();
    expect(text).toContain('Failed rate');
    expect(text).not.toContain('Renamed');
    expect((await digests()).map(({ state }) => state)).toEqual(['sent']);
  });

  it('does not tell of what has become something for few since', async () => {
    await draft();
    await database.db
      .updateTable('objectives')
      .set({ visibility: 'people' })
      .where('id', '=', company.objectiveId)
      .execute();
    await send();
    expect((await sent())[0]).not.toContain('Failed rate');
  });

  it('is gathered at that moment where there is no draft, or somebody runs it by hand', async () => {
    await draft();
    await database.db
      .updateTable('key_results')
      .set({ title: 'Renamed' })
      .where('id', '=', company.rateId)
      .execute();
    await send({ dueAt: instant('2026-11-23T12:30:00Z'), isByHand: true });
    expect((await sent())[0]).toContain('Renamed');
    expect((await digests()).map(({ state }) => state).sort()).toEqual(['draft', 'sent']);
  });

  it('compares with the digest before, and tells what has changed since that', async () => {
    await send({ dueAt: instant('2026-11-23T12:30:00Z') });
    await database.db
      .updateTable('key_results')
      .set({ confidence: 9 })
      .where('id', '=', company.rateId)
      .execute();
    await clock('2026-11-30T14:00:00Z');
    await send({ dueAt: instant('2026-11-30T14:00:00Z'), plannedAt: instant('2026-11-30T14:00:00Z') });
    const texts = await sent();
    expect(texts[0]).toContain(':red_circle: 1 off track');
    expect(texts[1]).toContain('A quiet week: nothing has changed since 23 November 2026');
    for (const message of await messages())
      expect(messageProblems({ text: message.text, blocks: [] })).toEqual([]);
  });
});

it('a digest is rehearsed as it would be sent, without buttons, and asks nobody', async () => {
  const { workspaceId, cadenceId } = company;
  const at = instant(dueAt);
  const local = at.toZonedDateTimeISO('UTC').toPlainDateTime();
  const prospect = { workspaceId, cadenceId, cycle: 'current', local, dueAt: at, isAtMostDaily: true };
  const rehearsed = await digestRitual.rehearse?.(database.db, { ...prospect, name: '2026-11-23' });
  expect(rehearsed?.asked).toEqual([]);
  expect(rehearsed?.shown[0]?.content.text).toContain('• :red_circle: Failed rate');
  expect(JSON.stringify(rehearsed?.shown)).not.toContain('button');
  expect(await digestRitual.whom?.(database.db, prospect)).toEqual({ people: 0 });
  expect(await messages()).toEqual([]);
});
