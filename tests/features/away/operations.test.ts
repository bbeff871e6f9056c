import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelAbsence, comeBack, goAway, readAway } from '../../../src/features/away/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { insertActor, insertPerson, insertRock, listEvents, setClock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
let ben: Actor;
let chi: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  [ana, ben, chi] = (await Promise.all(
    ['Ana', 'Ben', 'Chi'].map((name) => insertActor(db, workspaceId, { name })),
  )) as [Actor, Actor, Actor];
  await setClock(db, workspaceId, '2026-11-25T10:00:00+01:00');
});
afterAll(async () => {
  await database.close();
});

const away = async (text: string, actor = ana) => await goAway(database.db, workspaceId, actor, text);
const rows = async () =>
  (
    await database.db
      .selectFrom('absences')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('starts_on')
      .execute()
  ).map((row) => `${row.starts_on} ${row.ends_on}`);
const events = async () =>
  (await listEvents(database.db, workspaceId)).map(({ type, before, after }) => [type, before, after]);

describe('somebody who says that they are away', () => {
  test('is away from today on, with an event', async () => {
    expect(await away('until Fri')).toMatchObject({ ok: true });
    expect(await rows()).toEqual(['2026-11-25 2026-11-27']);
    expect(await events()).toEqual([['person.said-away', [], [{ from: '2026-11-25', until: '2026-11-27' }]]]);
  });

  test('is shown in the Homes of all who stand in for them, not only of the first, until they are back', async () => {
    const { db } = database;
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana, backups: [ben, chi] });
    const people = [ana, ben, chi].map(({ id }) => id);
    await db
      .insertInto('homes')
      .values(people.map((person_id) => ({ workspace_id: workspaceId, person_id })))
      .execute();
    const wanted = async () => {
      const rows = await db
        .selectFrom('homes')
        .select('wanted_revision')
        .where('workspace_id', '=', workspaceId)
        .orderBy('person_id')
        .execute();
      return rows.map(({ wanted_revision }) => wanted_revision);
    };
    const [first = 0] = await wanted();
    await away('until Fri');
    expect(await wanted()).toEqual(people.map(() => first + 1));
    await comeBack(db, workspaceId, ana);
    expect(await wanted()).toEqual(people.map(() => first + 2));
  });

  test('is understood in their own zone', async () => {
    await setClock(database.db, workspaceId, '2026-11-25T23:30:00+01:00');
    const kiri = await insertActor(database.db, workspaceId, { name: 'Kiri', timezone: 'Pacific/Auckland' });
    const lou = await insertActor(database.db, workspaceId, { name: 'Lou', timezone: 'America/New_York' });
    await away('today', kiri);
    await away('today', lou);
    expect(await rows()).toEqual(['2026-11-25 2026-11-25', '2026-11-26 2026-11-26']);
  });

  test('twice in the same words changes nothing the second time', async () => {
    await away('until Fri');
    expect(await away('until Fri')).toMatchObject({ ok: true });
    expect(await rows()).toEqual(['2026-11-25 2026-11-27']);
    expect(await events()).toHaveLength(1);
  });

  test('on days that overlap is away once, and the event says what it replaced', async () => {
    await away('30 Nov - 4 Dec');
    await away('3 Dec - 8 Dec');
    expect(await rows()).toEqual(['2026-11-30 2026-12-08']);
    expect((await events())[1]).toEqual([
      'person.said-away',
      [{ from: '2026-11-30', until: '2026-12-04' }],
      [{ from: '2026-11-30', until: '2026-12-08' }],
    ]);
  });

  test('in two overlapping ways at the same moment is away once', async () => {
    const done = await Promise.all([away('30 Nov - 4 Dec'), away('3 Dec - 8 Dec'), away('1 Dec - 5 Dec')]);
    expect(done.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(await rows()).toEqual(['2026-11-30 2026-12-08']);
  });

  test('is refused in words, and nothing is kept', async () => {
    expect(await away('until 20 Nov')).toMatchObject({ ok: false, code: 'past' });
    expect(await rows()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  test('hears who stands in for what, and for what nobody does', async () => {
    const { db } = database;
    const gone = await insertPerson(db, workspaceId, { name: 'Gone', isDeactivated: true });
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana, backups: [ben, chi] });
    await insertRock(db, workspaceId, { name: 'Refunds', owner: ana, backups: [gone] });
    await insertRock(db, workspaceId, { name: 'Risk', owner: ana, backups: [chi] });
    await insertRock(db, workspaceId, { name: 'Elsewhere', owner: ben });
    await away('27 Nov - 28 Nov', ben);
    await away('until 1 Dec', chi);
    const told = await away('until Fri');
    if (!told.ok) throw new Error(told.words);
    expect(
      told.value.standIns.map(({ rock, by, awayToo }) => [
        rock.name,
        by?.name ?? null,
        awayToo.map(({ name }) => name),
      ]),
    ).toEqual([
      ['Payments', null, ['Ben', 'Chi']],
      ['Refunds', null, []],
      ['Risk', null, ['Chi']],
    ]);
    const later = await away('2 Dec - 3 Dec');
    if (!later.ok) throw new Error(later.words);
    expect(later.value.standIns.map(({ rock, by }) => [rock.name, by?.name ?? null])).toEqual([
      ['Payments', 'Ben'],
      ['Refunds', null],
      ['Risk', 'Chi'],
    ]);
  });
});

describe('somebody who is back', () => {
  test('was away until yesterday', async () => {
    await away('until Fri');
    await setClock(database.db, workspaceId, '2026-11-26T10:00:00+01:00');
    expect(await comeBack(database.db, workspaceId, ana)).toMatchObject({
      ok: true,
      value: { kind: 'back' },
    });
    expect(await rows()).toEqual(['2026-11-25 2026-11-25']);
    expect((await events())[1]).toEqual([
      'person.came-back',
      [{ from: '2026-11-25', until: '2026-11-27' }],
      [{ from: '2026-11-25', until: '2026-11-25' }],
    ]);
    expect((await readAway(database.db, workspaceId, ana)).absences).toEqual([]);
  });

  test('on the day on which they left was not away', async () => {
    await away('until Fri');
    expect(await comeBack(database.db, workspaceId, ana)).toMatchObject({ value: { lastDay: null } });
    expect(await rows()).toEqual([]);
  });

  test('is told so, kindly, where nobody knew that they were away', async () => {
    expect(await comeBack(database.db, workspaceId, ana)).toMatchObject({
      ok: false,
      words: 'I did not know that you were away, so nothing changes. Good to see you.',
    });
  });

  test('is asked what was meant where the absence is still to come, and cancels it with one press', async () => {
    await away('24 Dec - 2 Jan');
    const back = await comeBack(database.db, workspaceId, ana);
    if (!back.ok || back.value.kind !== 'not-yet') throw new Error('was taken for back');
    const [absence] = back.value.absences;
    const id = absence?.id ?? 0;
    const presses = await Promise.all([1, 2].map(() => cancelAbsence(database.db, workspaceId, ana, id)));
    expect(presses.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(presses.find(({ ok }) => !ok)).toMatchObject({
      words: 'That is not on my list any more. `/ooo` shows what I know.',
    });
    expect(await rows()).toEqual([]);
    expect((await events()).map(([type]) => type)).toEqual(['person.said-away', 'person.cancelled-away']);
  });

  test('cannot cancel what has begun, nor what is somebody else’s', async () => {
    await away('24 Dec - 2 Jan');
    const [absence] = (await readAway(database.db, workspaceId, ana)).absences;
    const id = absence?.id ?? 0;
    expect(await cancelAbsence(database.db, workspaceId, ben, id)).toMatchObject({ code: 'no-absence' });
    await setClock(database.db, workspaceId, '2026-12-24T10:00:00+01:00');
    expect(await cancelAbsence(database.db, workspaceId, ana, id)).toMatchObject({
      words: 'That has begun meanwhile. `/ooo back` ends it.',
    });
  });
});
