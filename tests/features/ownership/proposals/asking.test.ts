import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confirmAll } from '../../../../src/features/ownership/confirming/operations.ts';
import { proposalsJob } from '../../../../src/features/ownership/proposals/jobs.ts';
import { proposalsStep, readProgress } from '../../../../src/features/ownership/proposals/steps.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import { openDatabase } from '../../../../src/platform/db/database.ts';
import {
  insertActor,
  insertPerson,
  insertRock,
  insertTeam,
  instant,
  listEvents,
} from '../../../support/builders.ts';
import { sendAll } from '../../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { beatAt, listRock, monday, toldTo } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
let ana: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db, { timezone: 'Europe/Berlin' });
  ana = await insertActor(database.db, workspaceId, { name: 'Ana' });
});
afterAll(async () => {
  await database.close();
});

const list = async (...names: string[]) => {
  for (const name of names) await listRock(database.db, workspaceId, name, ana);
};
const beat = async (iso = monday) => await beatAt(database.db, workspaceId, iso);
const told = async () =>
  (await toldTo(database.db, workspaceId, ana)).map(
    ({ at, text, state }) => `${at.toString()} ${state} ${text}`,
  );
const stepLine = async () => (await proposalsStep(database.db, workspaceId)).lines.join('\n');

describe('an owner', () => {
  test('is asked once, on their next working morning, and reminded once a working day later', async () => {
    await list('Payments', 'Refunds', 'Pricing', 'Payouts', 'Wallets', 'Cards', 'Fraud');
    await beat('2026-10-02T18:00:00Z');
    const question =
      '7 rocks are listed as yours. Right? Cards, Fraud, Payments, Payouts, Pricing and 2 more';
    const reminder = 'A gentle reminder of 7 rocks that are listed as yours: right, or not?';
    expect(await told()).toEqual([
      `2026-10-05T07:00:00Z waiting ${question}`,
      `2026-10-06T07:00:00Z waiting ${reminder}`,
    ]);
    await beat(monday);
    await sendAll(database.db, workspaceId);
    await beat('2026-10-06T07:00:00Z');
    await beat('2026-10-20T07:00:00Z');
    expect(await toldTo(database.db, workspaceId, ana)).toHaveLength(2);
    const messages = await database.db
      .selectFrom('daily_messages')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .execute();
    expect(messages).toHaveLength(2);
  });

  test('is asked about one rock in the singular', async () => {
    await list('Payments');
    await beat();
    expect(await told()).toEqual([
      expect.stringMatching(/said One rock is listed as yours\. Right\? Payments$/),
      expect.stringMatching(/waiting A gentle reminder of one rock that is listed as yours/),
    ]);
  });

  test('who is away is asked when they are back, also where they go away after it was planned', async () => {
    await list('Payments');
    const away = async (from: string, until: string) =>
      await database.db
        .insertInto('absences')
        .values({ workspace_id: workspaceId, person_id: ana.id, starts_on: from, ends_on: until })
        .execute();
    await away('2026-10-05', '2026-10-07');
    await beat();
    expect((await told())[0]).toMatch(/^2026-10-08T07:00:00Z waiting One rock/);
    await away('2026-10-08', '2026-10-09');
    await beat('2026-10-08T07:00:00Z');
    await beat('2026-10-08T07:01:00Z');
    expect(await told()).toEqual([
      expect.stringMatching(/^2026-10-12T07:00:00Z waiting One rock/),
      expect.stringMatching(/^2026-10-13T07:00:00Z waiting A gentle reminder/),
    ]);
  });

  test.each(['a member', 'the lead', 'an admin'] as const)(
    '%s is asked as soon as a team of theirs is live',
    async (who) => {
      await list('Payments');
      await database.db
        .updateTable('workspaces')
        .set({ quiet_since: '2026-10-01T00:00:00Z' })
        .where('id', '=', workspaceId)
        .execute();
      const teamId = await insertTeam(database.db, workspaceId, { key: 'checkout' });
      if (who === 'an admin')
        await database.db.updateTable('people').set({ is_admin: true }).where('id', '=', ana.id).execute();
      if (who === 'the lead')
        await database.db.updateTable('teams').set({ lead_id: ana.id }).where('id', '=', teamId).execute();
      else
        await database.db
          .insertInto('team_members')
          .values({ workspace_id: workspaceId, team_id: teamId, person_id: ana.id })
          .execute();
      await beat();
      expect(await told()).toEqual([]);
      expect(await stepLine()).toBe(
        '*0 of one rock* answered for, by 0 of one owner.\nOne is asked once a team of theirs is live.',
      );
      await database.db.updateTable('teams').set({ live_at: monday }).where('id', '=', teamId).execute();
      await beat();
      expect(await told()).toHaveLength(2);
    },
  );

  test('who is not in Slack, or has left, is never asked, and admins read so', async () => {
    const far = await insertPerson(database.db, workspaceId, { name: 'Far', slackId: null });
    const gone = await insertPerson(database.db, workspaceId, { name: 'Gone', isDeactivated: true });
    await listRock(database.db, workspaceId, 'Payments', far);
    await listRock(database.db, workspaceId, 'Refunds', gone);
    await beat();
    expect(await toldTo(database.db, workspaceId, far)).toEqual([]);
    expect(await toldTo(database.db, workspaceId, gone)).toEqual([]);
    const step = await proposalsStep(database.db, workspaceId);
    expect(step.isDone).toBe(true);
    expect(step.lines).toEqual([
      '*0 of 2 rocks* answered for, by 0 of 2 owners.',
      '• Far is not in Slack, so nobody is asked about one rock',
      `• <@${gone.slackId}> has left Slack, so nobody is asked about one rock`,
    ]);
  });

  test('is not asked what an operator’s file or a colleague’s own message has said', async () => {
    await insertRock(database.db, workspaceId, { name: 'Confirmed', owner: ana, began: 'assigned' });
    await insertRock(database.db, workspaceId, {
      name: 'Acting',
      owner: ana,
      began: 'acting',
      confirmedAt: null,
    });
    const named = await listRock(database.db, workspaceId, 'Named', ana);
    const { id } = await database.db
      .selectFrom('stints')
      .select('id')
      .where('rock_id', '=', named)
      .executeTakeFirstOrThrow();
    await database.db
      .insertInto('messages')
      .values({
        workspace_id: workspaceId,
        dedupe_key: `rock-proposed:${id}`,
        to_person_id: ana.id,
        text: 'x',
        blocks: '[]',
      })
      .execute();
    await beat();
    expect(await told()).toEqual([]);
    expect((await proposalsStep(database.db, workspaceId)).lines).toEqual([
      'Nothing was brought in yet. Each owner is asked once whether what a list says is right.',
    ]);
  });

  test('is asked once where two processes beat at the same time', async () => {
    await list('Payments', 'Refunds');
    await beat('2026-10-02T18:00:00Z');
    const replica = openDatabase(database.url);
    try {
      await Promise.all([database.db, replica].map((db) => proposalsJob({ db }, workspaceId).run()));
    } finally {
      await replica.destroy();
    }
    expect(await told()).toHaveLength(2);
    const asked = (await listEvents(database.db, workspaceId)).filter(
      ({ type }) => type === 'proposals.asked',
    );
    expect(asked).toHaveLength(1);
  });
});

describe('what is listed later', () => {
  test('joins a question that was not said yet', async () => {
    await list('Payments');
    await beat('2026-10-02T18:00:00Z');
    await list('Refunds');
    await beat('2026-10-02T18:10:00Z');
    expect((await told())[0]).toBe(
      '2026-10-05T07:00:00Z waiting 2 rocks are listed as yours. Right? Payments, Refunds',
    );
  });

  test('waits for seven days while the first question has no answer, and then asks for all that is left', async () => {
    await list('Payments');
    await beat();
    await sendAll(database.db, workspaceId);
    await list('Refunds');
    await beat('2026-10-06T07:00:00Z');
    expect(await told()).toHaveLength(2);
    const next = await proposalsJob(database, workspaceId).next(instant(monday));
    expect(next?.at.toString().slice(0, 10)).toBe('2026-10-12');
    await beat('2026-10-13T07:00:00Z');
    const all = await told();
    expect(all).toHaveLength(4);
    expect(all[0]).toMatch(
      /More was listed as yours since, so all that is left is asked in a newer message\.$/,
    );
    expect(all[2]).toMatch(/2 rocks are listed as yours\. Right\? Payments, Refunds$/);
  });

  test('is asked the next morning where the first question is answered', async () => {
    await list('Payments');
    await beat();
    await sendAll(database.db, workspaceId);
    await confirmAll(database.db, workspaceId, ana);
    await list('Refunds');
    await beat('2026-10-05T15:00:00Z');
    expect((await told())[2]).toBe(
      '2026-10-06T07:00:00Z waiting One rock is listed as yours. Right? Refunds',
    );
  });
});

describe('what was answered or undone otherwise', () => {
  test('`/rock confirm` and an audit count as answers, before the question and after it', async () => {
    await list('Payments', 'Refunds');
    await beat('2026-10-02T18:00:00Z');
    await confirmAll(database.db, workspaceId, ana);
    await beat('2026-10-02T18:01:00Z');
    expect(await told()).toEqual([
      expect.stringContaining(' over 2 rocks are listed'),
      expect.stringContaining(' over '),
    ]);
    expect(await stepLine()).toBe(
      `*2 of 2 rocks* answered for, by 1 of one owner.\n• <@${ana.slackId}> 2 of 2`,
    );
    expect((await proposalsStep(database.db, workspaceId)).isDone).toBe(true);
  });

  test('an import that is undone takes its question back, where it was read and where it was not', async () => {
    const undo = async () => {
      await database.db.deleteFrom('stints').where('workspace_id', '=', workspaceId).execute();
    };
    await list('Payments');
    await beat('2026-10-02T18:00:00Z');
    await undo();
    await beat('2026-10-02T18:01:00Z');
    expect(await told()).toEqual([expect.stringContaining(' over '), expect.stringContaining(' over ')]);
    await list('Refunds');
    await beat();
    await sendAll(database.db, workspaceId);
    await undo();
    await beat('2026-10-05T07:30:00Z');
    const message = await database.db
      .selectFrom('messages')
      .select('text')
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirstOrThrow();
    expect(message.text).toBe('What was listed as yours was taken back, so nothing is asked of you.');
  });

  test('a part of it that is undone is asked no more', async () => {
    await list('Payments', 'Refunds');
    await beat();
    await sendAll(database.db, workspaceId);
    const { id } = await database.db
      .selectFrom('rocks')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('name', '=', 'Refunds')
      .executeTakeFirstOrThrow();
    await database.db.deleteFrom('stints').where('rock_id', '=', id).execute();
    await beat('2026-10-05T07:10:00Z');
    expect((await told())[0]).toMatch(/One rock is listed as yours\. Right\? Payments$/);
  });

  test('progress says so where there is nothing', async () => {
    expect((await readProgress(database.db, workspaceId)).text).toBe(
      'Who has said what is theirs: Nothing that was brought in waits for anybody’s answer.',
    );
  });
});
