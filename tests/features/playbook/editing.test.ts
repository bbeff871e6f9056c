import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import {
  addPage,
  changePage,
  deletePage,
  readForChange,
  readForCopy,
  stampOfPage,
} from '../../../src/features/playbook/edit-operations.ts';
import { findPage, listPages, ownPages } from '../../../src/features/playbook/operations.ts';
import { insertActor, insertCadence, insertChannel, insertTeam, listEvents } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { pageWords } from './support.ts';

let database: TestDatabase;
let workspaceId: string;
/** Leads a team. */
let ana: Actor;
/** Leads none. */
let ben: Actor;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  const { db } = database;
  workspaceId = await insertWorkspace(db);
  ana = await insertActor(db, workspaceId, { name: 'Ana' });
  ben = await insertActor(db, workspaceId, { name: 'Ben' });
  const team = await insertTeam(db, workspaceId, { key: 'checkout' });
  await db.updateTable('teams').set({ lead_id: ana.id }).where('id', '=', team).execute();
});
afterAll(async () => {
  await database.close();
});

async function added(given: Parameters<typeof pageWords>[0] = {}) {
  const page = await addPage(database.db, workspaceId, ana, pageWords(given));
  if (!page.ok) throw new Error(page.words);
  return page.value;
}

describe('a page of one’s own', () => {
  test('is found under a key of its name, after those that come with Cairn', async () => {
    const { db } = database;
    const page = await added({ questions: ['What did customers say?'], sources: ['slips', 'deferred'] });
    expect(page.key).toBe('pricing-review');
    expect((await listPages(db, workspaceId)).at(-1)).toEqual({
      ...page,
      sources: ['deferred', 'slips'],
    });
    expect((await ownPages(db, workspaceId)).map(({ key }) => key)).toEqual(['pricing-review']);
    expect((await findPage(db, workspaceId, 'pricing-review'))?.name).toBe('Pricing review');
    expect((await findPage(db, workspaceId, 'digest'))?.id).toBeNull();
    expect(await findPage(db, workspaceId, 'nothing')).toBeUndefined();
    expect(await listEvents(db, workspaceId)).toEqual([
      {
        type: 'playbook-page.created',
        actorId: ana.id,
        subjectId: page.id,
        before: null,
        after: pageWords({ questions: ['What did customers say?'], sources: ['slips', 'deferred'] }),
      },
    ]);
  });

  test('of another workspace is none', async () => {
    const { db } = database;
    await added();
    const other = await insertWorkspace(db);
    expect(await findPage(db, other, 'pricing-review')).toBeUndefined();
    expect(await ownPages(db, other)).toEqual([]);
  });

  test('gets a key that no other page has, and a name in any script has one', async () => {
    expect((await added({ name: 'Digest' })).key).toBe('digest-2');
    expect((await added({ name: 'Digest!!! 2' })).key).toBe('digest-2-2');
    expect((await added({ name: '価格会議' })).key).toBe('ritual');
  });

  test('has a name that no other page has', async () => {
    await added();
    const twice = (name: string) => addPage(database.db, workspaceId, ana, pageWords({ name }));
    expect(await twice('pricing reviews')).toMatchObject({
      ok: false,
      code: 'name-taken',
      field: 'name',
      words: 'The page “Pricing review” is called so already. Choose another name.',
    });
    expect(await twice('roadmap review')).toMatchObject({
      words: 'The page “Roadmap review” is called so already. Choose another name.',
    });
  });

  test('comes once of two that are sent at the same time', async () => {
    const both = await Promise.all([1, 2].map(() => addPage(database.db, workspaceId, ana, pageWords())));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test('there are at most a hundred of', async () => {
    const { db } = database;
    await db
      .insertInto('playbook_pages')
      .values(
        Array.from({ length: 100 }, (_, i) => ({
          workspace_id: workspaceId,
          key: `page-${i}`,
          ...pageWords({ name: `Page ${i}` }),
          changed_at: '2026-11-20T12:00:00Z',
        })),
      )
      .execute();
    expect(await addPage(db, workspaceId, ana, pageWords())).toMatchObject({
      code: 'too-many',
      words: '100 pages of your own are the most.',
    });
  });
});

describe('a change', () => {
  test('is kept with what was before; the key stays, and the same again is none', async () => {
    const { db } = database;
    const page = await added();
    const words = pageWords({ name: 'Pricing talk', timing: 'Once a month' });
    const change = { words, stamp: stampOfPage(page) };
    const changed = await changePage(db, workspaceId, ana, page.key, change);
    expect(changed).toEqual({ ok: true, value: { id: page.id, key: 'pricing-review', ...words } });
    expect(await findPage(db, workspaceId, page.key)).toMatchObject(words);
    const again = { words, stamp: stampOfPage({ ...page, ...words }) };
    expect((await changePage(db, workspaceId, ana, page.key, again)).ok).toBe(true);
    expect((await listEvents(db, workspaceId)).slice(1)).toEqual([
      {
        type: 'playbook-page.changed',
        actorId: ana.id,
        subjectId: page.id,
        before: { name: 'Pricing review', timing: null },
        after: { name: 'Pricing talk', timing: 'Once a month' },
      },
    ]);
  });

  test('undoes nothing that somebody else has changed meanwhile', async () => {
    const { db } = database;
    const page = await added();
    const stamp = stampOfPage(page);
    await changePage(db, workspaceId, ana, page.key, { words: pageWords({ timing: 'Weekly' }), stamp });
    const refusal = {
      ok: false,
      code: 'changed-meanwhile',
      field: 'name',
      words:
        'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
    };
    expect(await changePage(db, workspaceId, ana, page.key, { words: pageWords(), stamp })).toEqual(refusal);
    expect(await deletePage(db, workspaceId, ana, page.key, stamp)).toEqual(refusal);
  });

  test('is possible while a cadence holds it, and a name of another page is refused', async () => {
    const { db } = database;
    const page = await added();
    await added({ name: 'Retro' });
    const channel = await insertChannel(db, workspaceId, 'checkout');
    await insertCadence(db, workspaceId, {
      key: 'weekly-sync',
      ritual: page.key,
      channelId: channel.id,
      nextDueAt: null,
    });
    const stamp = stampOfPage(page);
    expect(
      await changePage(db, workspaceId, ana, page.key, { words: pageWords({ name: 'Retros' }), stamp }),
    ).toMatchObject({ code: 'name-taken' });
    const words = pageWords({ agenda: ['One thing'] });
    expect((await changePage(db, workspaceId, ana, page.key, { words, stamp })).ok).toBe(true);
  });
});

describe('deleting', () => {
  test('is refused while a cadence holds it that has not ended', async () => {
    const { db } = database;
    const page = await added();
    const remove = () => deletePage(db, workspaceId, ana, page.key, stampOfPage(page));
    const channel = await insertChannel(db, workspaceId, 'checkout');
    const hidden = await insertChannel(db, workspaceId, 'secret');
    await db.updateTable('channels').set({ is_private: true }).where('id', '=', hidden.id).execute();
    const cadence = (key: string, channelId: number) =>
      insertCadence(db, workspaceId, { key, ritual: page.key, channelId, nextDueAt: null });
    await cadence('weekly-sync', channel.id);
    expect(await remove()).toEqual({
      ok: false,
      code: 'in-use',
      field: 'becomes',
      words:
        'weekly-sync in #checkout still uses it. Give that one another ritual first (/cadence edit weekly-sync).',
    });
    await cadence('monthly', hidden.id);
    expect(await remove()).toMatchObject({
      words:
        'monthly in a private channel and 1 more still use it. Give those another ritual first (/cadence edit monthly).',
    });
    await db.updateTable('cadences').set({ state: 'ended' }).where('ritual', '=', page.key).execute();
    expect((await remove()).ok).toBe(true);
    expect(await findPage(db, workspaceId, page.key)).toBeUndefined();
    expect((await listEvents(db, workspaceId)).at(-1)).toEqual({
      type: 'playbook-page.deleted',
      actorId: ana.id,
      subjectId: page.id,
      before: pageWords(),
      after: null,
    });
    expect(await remove()).toMatchObject({
      code: 'unknown-page',
      words: 'That page is not in the playbook any more. `/playbook` shows what is.',
    });
  });
});

describe('who writes', () => {
  const refusal = {
    ok: false,
    code: 'not-a-lead',
    words:
      'Pages of the playbook are written by team leads and Cairn admins. Tell one of them what you would change.',
  };

  test('is who leads a team, and admins; nobody else', async () => {
    const { db } = database;
    const page = await added();
    const stamp = stampOfPage(page);
    expect(await readForCopy(db, workspaceId, ben, 'digest')).toEqual(refusal);
    expect(await readForChange(db, workspaceId, ben, page.key)).toEqual(refusal);
    expect(await addPage(db, workspaceId, ben, pageWords({ name: 'Mine' }))).toEqual(refusal);
    expect(await changePage(db, workspaceId, ben, page.key, { words: pageWords(), stamp })).toEqual(refusal);
    expect(await deletePage(db, workspaceId, ben, page.key, stamp)).toEqual(refusal);
    const admin = { ...ben, isAdmin: true };
    expect((await readForChange(db, workspaceId, admin, page.key)).ok).toBe(true);
    expect((await readForCopy(db, workspaceId, admin, 'digest')).ok).toBe(true);
  });

  test('leaves what comes with Cairn as it is', async () => {
    expect(await readForChange(database.db, workspaceId, ana, 'digest')).toMatchObject({
      code: 'built-in',
      words: 'This page comes with Cairn and stays as it is. `Copy and change` makes one of your own.',
    });
    expect(await readForCopy(database.db, workspaceId, ana, 'nothing')).toMatchObject({
      code: 'unknown-page',
    });
  });
});
