import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { departuresJob } from '../../../src/features/departures/jobs.ts';
import { keepForGood } from '../../../src/features/departures/keeping-operations.ts';
import { releaseDeparture } from '../../../src/features/departures/release-operations.ts';
import { undoDeparture } from '../../../src/features/departures/return-operations.ts';
import { offerBulk } from '../../../src/features/handoffs/batches/bulk-operations.ts';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { endLapsedHandoffs } from '../../../src/features/handoffs/ending-operations.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff } from '../../../src/features/handoffs/operations.ts';
import { setDownRock } from '../../../src/features/ownership/register/standing-operations.ts';
import { takeRock } from '../../../src/features/ownership/take-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { insertActor, insertRock, listEvents, listMessages, setClock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { briefWords, got, outcome } from '../handoffs/support.ts';
import { insertAdmin, setDeactivated } from './support.ts';

/** Two replicas: pools of their own on one database. */
let database: TestDatabase;
let other: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  other = openDatabase(database.url);
});
afterAll(async () => {
  await other.destroy();
  await database.close();
});

const onRockMoved = [endLapsedHandoffs];

describe('what somebody who left carried', () => {
  let workspaceId: string;
  let ana: Actor;
  let ben: Actor;
  let chi: Actor;
  let dana: Actor;
  let payments: number;
  let refunds: number;
  beforeEach(async () => {
    const { db } = database;
    workspaceId = await insertWorkspace(db);
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    chi = await insertActor(db, workspaceId, { name: 'Chi' });
    dana = await insertAdmin(db, workspaceId, 'Dana');
    payments = await insertRock(db, workspaceId, { name: 'Payments', owner: ana, backups: [ben, chi] });
    refunds = await insertRock(db, workspaceId, { name: 'Refunds', owner: ana });
    await setClock(db, workspaceId, '2026-11-24T09:00:00Z');
  });

  const beat = async () => await departuresJob({ db: database.db, onRockMoved }, workspaceId).run();
  /** Ana leaves, and admins are told. Gives the departure's id. */
  async function leave(day = '2026-11-25'): Promise<number> {
    await setDeactivated(database.db, ana.id, true);
    await beat();
    await setClock(database.db, workspaceId, `${day}T09:30:00Z`);
    await beat();
    const row = await database.db
      .selectFrom('departures')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('returned_at', 'is', null)
      .executeTakeFirstOrThrow();
    return row.id;
  }
  async function comeBack(): Promise<void> {
    await setDeactivated(database.db, ana.id, false);
    await beat();
  }
  const release = async (id: number, by = dana, db = database.db) =>
    await releaseDeparture({ db, onRockMoved }, workspaceId, by, id);
  async function ownersOf(rockId: number) {
    return await database.db
      .selectFrom('stints')
      .select(['person_id as owner', 'began'])
      .where('rock_id', '=', rockId)
      .where('ended_at', 'is', null)
      .execute();
  }
  const toldTo = async (person: Actor) =>
    (await listMessages(database.db, workspaceId))
      .filter(({ personId }) => personId === person.id)
      .map(({ text }) => text);
  const departureId = async () =>
    (
      await database.db
        .selectFrom('departures')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .executeTakeFirstOrThrow()
    ).id;
  const typesOf = async () => (await listEvents(database.db, workspaceId)).map(({ type }) => type);

  it('passes to the first backup for now and becomes unowned where there is none, by one press', async () => {
    got(await release(await leave()));
    expect(await ownersOf(payments)).toEqual([{ owner: ben.id, began: 'acting' }]);
    expect(await ownersOf(refunds)).toEqual([]);
    expect(await typesOf()).toEqual([
      'departure.noticed',
      'departure.told',
      'rock.acting',
      'rock.left',
      'departure.released',
    ]);
    expect(await toldTo(ben)).toEqual([
      `<@${ana.slackId}> has left. You are the backup of Payments, so you are its acting owner now: people who ask are sent to you. Who carries it on is being decided, and it need not be you. Thank you for standing in.`,
    ]);
    expect(await toldTo(dana)).toEqual([
      [
        `What <@${ana.slackId}> carried was released by <@${dana.slackId}> on 25 November 2026.`,
        `• Payments: <@${ben.slackId}> is acting owner.`,
        "• Refunds: nobody's now.",
      ].join('\n'),
    ]);
  });

  it('takes what was not decided with it, and others are told; what they had on loan goes back', async () => {
    const { db } = database;
    const ledger = await insertRock(db, workspaceId, { name: 'Ledger', owner: chi });
    const offer = async (by: Actor, to: Actor, rockId: number, untilOn: Temporal.PlainDate | null = null) =>
      got(
        untilOn === null
          ? await offerHandoff(db, workspaceId, by, { kind: 'give', rockId, to, words: briefWords })
          : await offerHandoff(db, workspaceId, by, { kind: 'lend', rockId, to, words: briefWords, untilOn }),
      );
    await offer(ana, chi, payments);
    const loan = await offer(chi, ana, ledger, Temporal.PlainDate.from('2027-01-15'));
    got(await readBrief(db, workspaceId, ana, loan.id));
    got(await acceptHandoff(db, workspaceId, ana, loan.id));
    const id = await leave();
    expect((await toldTo(dana)).at(-1)).toContain(
      `• Ledger, on loan from <@${chi.slackId}>\nAlso theirs: 1 handoff not decided.`,
    );
    got(await release(id));
    const texts = await toldTo(chi);
    expect(texts).toContain(
      `<@${ana.slackId}> has left, so the offer of Payments is over. Nothing is asked of you.`,
    );
    expect(texts).toContain(
      `<@${ana.slackId}> has left, so the loan of Ledger is over. It is back with its owner.`,
    );
    const states = await db
      .selectFrom('handoffs')
      .select(['kind', 'state'])
      .where('workspace_id', '=', workspaceId)
      .orderBy('id')
      .execute();
    expect(states).toEqual([
      { kind: 'give', state: 'withdrawn' },
      { kind: 'lend', state: 'completed' },
    ]);
  });

  it('can be kept for good by who stands in, by one press however often, and stays when the other is back', async () => {
    const { db } = database;
    const id = await leave();
    got(await release(id));
    const keep = async (by: Actor, on = db) =>
      await keepForGood({ db: on, onRockMoved }, workspaceId, by, id, payments);
    expect(await keep(chi)).toMatchObject({ words: 'I know nothing of this departure any more.' });
    const pressed = await Promise.all([keep(ben), keep(ben, other)]);
    expect(pressed.map(outcome).sort()).toEqual(['already-kept', 'done']);
    expect(await ownersOf(payments)).toEqual([{ owner: ben.id, began: 'claimed' }]);
    expect(await toldTo(ben)).toEqual(['Payments is yours for good now. Thank you.']);
    await comeBack();
    expect(await ownersOf(payments)).toEqual([{ owner: ben.id, began: 'claimed' }]);
    expect((await toldTo(ana)).at(-1)).toContain(
      `• Payments moved on meanwhile: <@${ben.slackId}> carries it.`,
    );
  });

  it('leaves no button with who stood in, once it has moved on by whatever way', async () => {
    const { db } = database;
    const ledger = await insertRock(db, workspaceId, { name: 'Ledger', owner: ana, backups: [ben] });
    got(await release(await leave()));
    const buttons = async () =>
      [
        ...JSON.stringify(
          (await listMessages(db, workspaceId)).find(({ personId }) => personId === ben.id)?.blocks,
        ).matchAll(/"Keep [^"]+"/g),
      ].map(([words]) => words);
    expect(await buttons()).toEqual(['"Keep Payments"', '"Keep Ledger"']);
    const offered = { kind: 'assign', rockId: payments, to: chi, words: briefWords } as const;
    const { id } = got(await offerHandoff(db, workspaceId, dana, offered));
    got(await readBrief(db, workspaceId, chi, id));
    got(await acceptHandoff(db, workspaceId, chi, id));
    expect(
      await keepForGood({ db, onRockMoved }, workspaceId, ben, await departureId(), payments),
    ).toMatchObject({
      words: '*Payments* has moved on meanwhile. `/owner` says to whom.',
    });
    await beat();
    expect(await buttons()).toEqual(['"Keep Ledger"']);
    expect((await toldTo(ben))[0]).toContain(
      'You are the backup of Ledger, so you are its acting owner now: people who ask are sent to you.',
    );
    const setDown = { reason: 'Not this year.', lookAgainOn: Temporal.PlainDate.from('2027-03-01') };
    got(await setDownRock({ db, onRockMoved }, workspaceId, dana, ledger, setDown));
    await beat();
    expect((await toldTo(ben))[0]).toBe(
      `<@${ana.slackId}> had left, and you stood in. All of it has moved on. Thank you.`,
    );
    expect(await buttons()).toEqual([]);
  });

  it('is not kept while it is offered to somebody else', async () => {
    const { db } = database;
    const id = await leave();
    got(await release(id));
    const choice = new Map([[payments, chi.id]]);
    got(
      await offerBulk(db, workspaceId, dana, {
        personId: ana.id,
        choice,
        why: 'Ana has left.',
        stands: null,
      }),
    );
    const kept = await keepForGood({ db, onRockMoved }, workspaceId, ben, id, payments);
    expect(kept.ok ? null : kept.words).toBe(
      `*Payments* is offered to <@${chi.slackId}> already. Should they decline, you can keep it.`,
    );
  });

  it('passes over backups who have left, too', async () => {
    await setDeactivated(database.db, ben.id, true);
    got(await release(await leave()));
    expect(await ownersOf(payments)).toEqual([{ owner: chi.id, began: 'acting' }]);
  });

  it('is released by admins alone, checked at the press', async () => {
    const id = await leave();
    await database.db.updateTable('people').set({ is_admin: false }).where('id', '=', dana.id).execute();
    const pressed = await release(id, { ...dana, isAdmin: false });
    expect(pressed.ok ? null : pressed.words).toBe(
      'What somebody who left carried is released by admins: those of Slack, and whom they named in `/cairn setup`. Ask one of them.',
    );
    expect(await ownersOf(payments)).toMatchObject([{ owner: ana.id }]);
  });

  test('of two admins who press at once the second is told who did it', async () => {
    const eva = await insertAdmin(database.db, workspaceId, 'Eva');
    const id = await leave();
    const pressed = await Promise.all([
      release(id, dana),
      release(id, eva, other),
      release(id, dana, other),
      release(id, eva),
    ]);
    expect(pressed.map(outcome).sort()).toEqual([
      'already-released',
      'already-released',
      'already-released',
      'done',
    ]);
    const by =
      pressed.find(({ ok }) => ok) === pressed[0] || pressed.find(({ ok }) => ok) === pressed[2] ? dana : eva;
    const refused = pressed.find(({ ok }) => !ok);
    expect(refused?.ok ? null : refused?.words).toBe(
      `<@${by.slackId}> released it already, on 25 November 2026.`,
    );
    expect((await typesOf()).filter((type) => type === 'departure.released')).toHaveLength(1);
    expect(await toldTo(ben)).toHaveLength(1);
  });

  it('is left alone when they are back before the release, and whoever was told reads so', async () => {
    const id = await leave();
    await comeBack();
    expect(await toldTo(dana)).toEqual([`<@${ana.slackId}> is back; nothing was moved.`]);
    expect(await toldTo(ana)).toEqual([]);
    const pressed = await release(id);
    expect(pressed.ok ? null : pressed.words).toBe(
      `<@${ana.slackId}> is back, so there is nothing to release.`,
    );
  });

  it('is theirs again when they are back after the release, but for what has moved on', async () => {
    got(await release(await leave()));
    got(await takeRock({ db: database.db, onRockMoved }, workspaceId, chi, refunds));
    await comeBack();
    expect(await ownersOf(payments)).toEqual([{ owner: ana.id, began: 'created' }]);
    expect(await ownersOf(refunds)).toEqual([{ owner: chi.id, began: 'claimed' }]);
    const lines = [
      '• Theirs again: Payments.',
      `• Refunds moved on meanwhile: <@${chi.slackId}> carries it.`,
    ];
    expect(await toldTo(dana)).toEqual([[`<@${ana.slackId}> is back.`, ...lines].join('\n')]);
    expect(await toldTo(ana)).toEqual([
      ['Good to have you back.', '• Yours again: Payments.', lines[1]].join('\n'),
    ]);
    expect((await toldTo(ben)).slice(-2)).toEqual([
      `<@${ana.slackId}> had left, and you stood in. That is over: they are back.`,
      `<@${ana.slackId}> is back and carries Payments again. You are the backup, as before. Thank you for standing in.`,
    ]);
    expect((await typesOf()).slice(-2)).toEqual(['rock.restored', 'departure.returned']);
  });

  it('can be released again when they leave once more', async () => {
    got(await release(await leave()));
    await comeBack();
    const again = await leave('2026-11-27');
    got(await release(again));
    expect(await ownersOf(payments)).toEqual([{ owner: ben.id, began: 'acting' }]);
    await comeBack();
    expect(await ownersOf(payments)).toEqual([{ owner: ana.id, began: 'created' }]);
    expect(await ownersOf(refunds)).toEqual([{ owner: ana.id, began: 'created' }]);
  });

  test.each([0, 1, 2, 3, 4, 5])(
    'released while they come back, it ends as theirs, whoever is first (%i)',
    async (round) => {
      const id = await leave();
      await setDeactivated(database.db, ana.id, false);
      const work = [
        () => undoDeparture({ db: other, onRockMoved }, workspaceId, id),
        () => release(id),
        () => undoDeparture({ db: database.db, onRockMoved }, workspaceId, id),
      ];
      await Promise.all((round % 2 === 0 ? work : work.toReversed()).map((each) => each()));
      await beat();
      expect(await ownersOf(payments)).toEqual([{ owner: ana.id, began: 'created' }]);
      expect((await typesOf()).filter((type) => type === 'departure.returned')).toHaveLength(1);
    },
  );
});
