import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findNextToTell, listToTell } from '../../../src/features/departures/store.ts';
import {
  noteDepartures,
  putOffRelease,
  tellDeparture,
} from '../../../src/features/departures/telling-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { openDatabase } from '../../../src/platform/db/database.ts';
import {
  insertActor,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertRock,
  instant,
  listEvents,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { insertAdmin, setDeactivated } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => await database.close());

const tuesday = '2026-11-24T09:00:00Z';
const wednesday = '2026-11-25T09:30:00Z';

describe('somebody who was deactivated', () => {
  let workspaceId: string;
  let ana: Actor;
  let ben: Actor;
  let dana: Actor;
  beforeEach(async () => {
    const { db } = database;
    workspaceId = await insertWorkspace(db);
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    dana = await insertAdmin(db, workspaceId, 'Dana');
    await setClock(db, workspaceId, tuesday);
  });

  async function leave(): Promise<void> {
    await setDeactivated(database.db, ana.id, true);
    await noteDepartures(database.db, workspaceId);
  }
  const due = async () => await listToTell(database.db, workspaceId);
  async function tellAll(): Promise<void> {
    for (const id of await due()) await tellDeparture(database.db, workspaceId, id);
  }
  const said = async () =>
    (await listMessages(database.db, workspaceId)).map(({ personId, channelId, text }) => ({
      to: personId ?? channelId,
      text,
    }));
  const departures = async () =>
    await database.db.selectFrom('departures').selectAll().where('workspace_id', '=', workspaceId).execute();

  it('is noted once, however often it is told and by whichever process', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await setDeactivated(database.db, ana.id, true);
    const other = openDatabase(database.url);
    await Promise.all([database.db, other, database.db, other].map((db) => noteDepartures(db, workspaceId)));
    await other.destroy();
    expect(await departures()).toHaveLength(1);
    expect((await listEvents(database.db, workspaceId)).map(({ type }) => type)).toEqual([
      'departure.noticed',
    ]);
  });

  it('is announced to nobody, and for a day not even to admins', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await leave();
    expect(await due()).toEqual([]);
    expect(await said()).toEqual([]);
    expect((await findNextToTell(database.db, workspaceId, instant(tuesday)))?.name).toBe('Ana');
  });

  it('is told to each admin after a day, with what was carried and who stands in', async () => {
    const { db } = database;
    const chi = await insertAdmin(db, workspaceId, 'Chi');
    const gone = await insertActor(db, workspaceId, { name: 'Gone' });
    await setDeactivated(db, gone.id, true);
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana, backups: [gone, ben] });
    await insertRock(db, workspaceId, { name: 'Refunds', owner: ana });
    await leave();
    await setClock(db, workspaceId, wednesday);
    await tellAll();
    const text = [
      `<@${ana.slackId}> has left Slack: I noticed on 24 November 2026. Nobody else was told, and nothing has moved.`,
      'Still in the backpack: 2 rocks',
      `• Payments. <@${ben.slackId}> stands in.`,
      '• Refunds. Nobody stands in.',
      "`Release`: who stands in becomes acting owner of 1 rock, 1 rock without a backup will be nobody's. Then all can be handed on together. Should they come back, what has not moved on is theirs again.",
    ].join('\n');
    expect(await said()).toEqual([
      { to: dana.id, text },
      { to: chi.id, text },
    ]);
    await tellAll();
    expect(await said()).toHaveLength(2);
  });

  it('is told of once, when two processes do', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await leave();
    await setClock(database.db, workspaceId, wednesday);
    const [id = 0] = await due();
    const other = openDatabase(database.url);
    await Promise.all([database.db, other].map((db) => tellDeparture(db, workspaceId, id)));
    await other.destroy();
    expect(await said()).toHaveLength(1);
  });

  it('is not told when they carry nothing and nothing waits for them, and is when something comes', async () => {
    await leave();
    await setClock(database.db, workspaceId, wednesday);
    expect(await departures()).toEqual([]);
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await noteDepartures(database.db, workspaceId);
    await setClock(database.db, workspaceId, '2026-11-26T10:00:00Z');
    await tellAll();
    expect(await said()).toHaveLength(1);
  });

  it('is told for key results alone, without anything to release', async () => {
    const { db } = database;
    const cycleId = await insertCycle(db, workspaceId, {
      key: '2026-Q4',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
    const objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId });
    await insertKeyResult(db, workspaceId, objectiveId, { key: 'failed-rate', owner: ana });
    await leave();
    await setClock(db, workspaceId, wednesday);
    await tellAll();
    const [message] = await listMessages(db, workspaceId);
    expect(message?.text).toContain('Still theirs: 1 key result.');
    expect(JSON.stringify(message?.blocks)).not.toContain('Release');
  });

  it('is told in the channel of product operations when that is private, without rocks for few eyes', async () => {
    const { db } = database;
    const channel = await insertChannel(db, workspaceId, 'product-ops');
    await db
      .updateTable('channels')
      .set({ is_private: true, has_cairn: true })
      .where('id', '=', channel.id)
      .execute();
    await db
      .updateTable('workspaces')
      .set({ product_operations_channel_id: channel.id })
      .where('id', '=', workspaceId)
      .execute();
    const secret = await insertRock(db, workspaceId, { name: 'Acquisition', owner: ana });
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', secret).execute();
    await leave();
    await setClock(db, workspaceId, wednesday);
    await tellAll();
    const [toDana, toChannel] = await said();
    expect(toDana).toMatchObject({ to: dana.id, text: expect.stringContaining('• Acquisition.') });
    expect(toChannel?.to).toBe(channel.id);
    expect(toChannel?.text).toContain('• 1 rock that not everybody may see');
    expect(toChannel?.text).not.toContain('Acquisition');
  });

  it('is never told in a channel that anybody can read', async () => {
    const { db } = database;
    const channel = await insertChannel(db, workspaceId, 'product-ops');
    await db.updateTable('channels').set({ has_cairn: true }).where('id', '=', channel.id).execute();
    await db
      .updateTable('workspaces')
      .set({ product_operations_channel_id: channel.id })
      .where('id', '=', workspaceId)
      .execute();
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    await leave();
    await setClock(db, workspaceId, wednesday);
    await tellAll();
    expect((await said()).map(({ to }) => to)).toEqual([dana.id]);
  });

  it('is told after as many hours as were set', async () => {
    const { db } = database;
    await db
      .updateTable('workspaces')
      .set({ release_after_hours: 2 })
      .where('id', '=', workspaceId)
      .execute();
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    await leave();
    await setClock(db, workspaceId, '2026-11-24T10:59:00Z');
    expect(await due()).toEqual([]);
    await setClock(db, workspaceId, '2026-11-24T11:00:01Z');
    expect(await due()).toHaveLength(1);
  });

  it('is told of nobody who is back by then', async () => {
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ana });
    await leave();
    await setClock(database.db, workspaceId, wednesday);
    const [id = 0] = await due();
    await setDeactivated(database.db, ana.id, false);
    await tellDeparture(database.db, workspaceId, id);
    expect(await said()).toEqual([]);
  });

  it('waits when an admin says not now, and the message that they pressed says so', async () => {
    const { db } = database;
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana, backups: [ben] });
    await leave();
    await setClock(db, workspaceId, wednesday);
    await tellAll();
    const place = { channel: 'D0DANA', ts: '1790000000.000100' };
    await db
      .updateTable('deliveries')
      .set({ slack_channel: place.channel, slack_ts: place.ts })
      .where('workspace_id', '=', workspaceId)
      .execute();
    const [{ id } = { id: 0 }] = await departures();
    expect((await putOffRelease(db, workspaceId, dana, id, place)).ok).toBe(true);
    const [message] = await listMessages(db, workspaceId);
    expect(message?.text).toBe(
      [
        `<@${ana.slackId}> has left Slack, and <@${dana.slackId}> said: not now. 1 rock stays where it is, lookups name who stands in, and nobody is told.`,
        'Still in the backpack: 1 rock',
        `• Payments. <@${ben.slackId}> stands in.`,
      ].join('\n'),
    );
    expect(JSON.stringify(message?.blocks)).toContain('departure:release');

    const asked = await putOffRelease(db, workspaceId, ben, id, place);
    expect(asked.ok ? null : asked.words).toBe(
      'What somebody who left carried is released by admins: those of Slack, and whom they named in `/cairn setup`. Ask one of them.',
    );
  });
});
