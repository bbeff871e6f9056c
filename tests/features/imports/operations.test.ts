import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import { offerHandoff } from '../../../src/features/handoffs/offer-operations.ts';
import { acceptHandoff } from '../../../src/features/handoffs/operations.ts';
import type { Preview } from '../../../src/features/imports/core/import.ts';
import { importsJob } from '../../../src/features/imports/jobs.ts';
import { importable } from '../../../src/features/imports/kinds.ts';
import {
  answerImport,
  applyImport,
  beginImport,
  discardImport,
  listImports,
  mapImport,
  previewImport,
  undoImport,
} from '../../../src/features/imports/operations.ts';
import { rocksImport } from '../../../src/features/imports/rocks/kind.ts';
import type { ImportUndone } from '../../../src/features/imports/undo-operations.ts';
import type { Actor, Person } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import type { Sheet } from '../../../src/platform/core/sheet.ts';
import {
  insertActor,
  insertChannel,
  insertPerson,
  insertRock,
  insertTeam,
  listEvents,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';
import { briefWords } from '../handoffs/support.ts';
import { dumpOf } from './dump.ts';

let database: TestDatabase;
let workspaceId: string;
let ada: Actor;
let ben: Person;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await insertWorkspace(database.db);
  await setClock(database.db, workspaceId, '2026-11-24T09:00:00Z');
  ada = { ...(await insertActor(database.db, workspaceId, { name: 'Ada Admin' })), isAdmin: true };
  ben = await insertPerson(database.db, workspaceId, { name: 'Ben Kaya', email: 'ben@acme.example' });
  await insertTeam(database.db, workspaceId, { key: 'checkout', name: 'Checkout' });
  await insertChannel(database.db, workspaceId, 'payments');
});
afterAll(async () => {
  await database.close();
});

const deps = () => ({ db: database.db, kinds: { rocks: importable(rocksImport) } });
const columns = ['Rock', 'Owner', 'Team', 'Channel', 'Aliases', 'Link'];
const sheetOf = (...rows: string[][]): Sheet => ({
  name: 'rocks.csv',
  columns,
  rows: rows.map((cells, index) => ({ line: index + 2, cells: columns.map((_, at) => cells[at] ?? '') })),
  notes: [],
});
async function taken<T>(result: Promise<Result<T>>): Promise<T> {
  const got = await result;
  if (!got.ok) throw new Error(got.words);
  return got.value;
}
async function begin(...rows: string[][]): Promise<Preview> {
  const given = { kind: 'rocks', source: 'file', name: 'rocks.csv', sheet: sheetOf(...rows) } as const;
  const { importId } = await taken(beginImport(deps(), workspaceId, ada, given));
  return await taken(previewImport(deps(), workspaceId, ada, importId));
}
const apply = (preview: Preview, actor = ada) =>
  applyImport(deps(), workspaceId, actor, preview.importId, preview.stamp);
const undo = (importId: number, actor = ada) => undoImport(deps(), workspaceId, actor, importId);
const offer = async (rockId: number, by: Actor, to: Actor) =>
  await offerHandoff(database.db, workspaceId, by, { rockId, to, words: briefWords });
const rows = ({ rows: planned }: Preview) =>
  planned.map(
    ({ line, outcome, name, words }) => `${line} ${outcome} ${name}${words === '' ? '' : `: ${words}`}`,
  );
const rocks = async () =>
  await database.db
    .selectFrom('rocks as r')
    .leftJoin('stints as s', (join) => join.onRef('s.rock_id', '=', 'r.id').on('s.ended_at', 'is', null))
    .select(['r.id', 'r.key', 'r.name', 's.person_id as owner', 's.confirmed_at as confirmedAt', 's.began'])
    .where('r.workspace_id', '=', workspaceId)
    .orderBy('r.id')
    .execute();

describe('an import of rocks', () => {
  test('is previewed, and nothing is written before it is applied', async () => {
    const before = await dumpOf(database.db, workspaceId);
    const preview = await begin(
      ['Payments', 'Ben K.', 'checkout', '#payments', 'billing, psp', 'https://bi.example/pay'],
      ['', 'Ben K.'],
      ['Search', 'Xaver', 'Growth', '#secret'],
    );
    expect(preview.mapping).toEqual({ name: 0, owner: 1, team: 2, channel: 3, aliases: 4, link: 5 });
    expect(rows(preview)).toEqual([
      '2 added Payments: Ben Kaya',
      '3 refused : no name',
      '4 added Search: nobody owns it: I know nobody called “Xaver”; no team “Growth”; ' +
        '#secret is private and I am not in it, or it is not there, so the rock has no channel',
    ]);
    expect(preview.counts).toEqual({ added: 2, changed: 0, unchanged: 0, refused: 1, 'left-out': 0 });
    expect(preview.questions).toMatchObject([
      { key: 'team:growth', words: 'There is no team “Growth” (row 4).', suggested: 'none' },
    ]);
    expect(await dumpOf(database.db, workspaceId)).toEqual(before);
  });

  test('makes proposals: owners have not confirmed, and nobody is told anything', async () => {
    const preview = await begin(['Payments', 'Ben K.', 'checkout', '#payments', 'billing'], ['Search', '']);
    expect(await apply(preview)).toMatchObject({ ok: true });
    expect(await rocks()).toMatchObject([
      { key: 'payments', name: 'Payments', owner: ben.id, confirmedAt: null, began: 'assigned' },
      { key: 'search', name: 'Search', owner: null },
    ]);
    expect(await listMessages(database.db, workspaceId)).toEqual([]);
    expect((await listEvents(database.db, workspaceId)).map(({ type }) => type)).toEqual([
      'import.begun',
      'rock.created',
      'rock.created',
      'rock.assigned',
      'import.applied',
    ]);
  });

  test('is applied once, however often it is pressed, and its sheet is kept no longer', async () => {
    const preview = await begin(['Payments', 'Ben K.']);
    const outcomes = await Promise.all([apply(preview), apply(preview), apply(preview)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, false, true]);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      code: 'already-applied',
      words: 'That import is in already. Nothing was written twice.',
    });
    expect(await rocks()).toHaveLength(1);
    const kept = await database.db
      .selectFrom('imports')
      .select('sheet')
      .where('id', '=', preview.importId)
      .execute();
    expect(kept).toEqual([{ sheet: null }]);
  });

  test('is looked at again where the register has changed since, and then does what is shown', async () => {
    const preview = await begin(['Payments', 'Ben K.']);
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: ben });
    const refused = await apply(preview);
    expect(refused).toMatchObject({
      code: 'changed-meanwhile',
      words: 'The register has changed since you looked at this. Here it is again.',
      preview: { rows: [{ outcome: 'unchanged', name: 'Payments' }] },
    });
    expect(await rocks()).toHaveLength(1);
  });

  test('takes a team that a person wants made, and who a doubtful person is', async () => {
    const other = await insertPerson(database.db, workspaceId, {
      name: 'Ben Okafor',
      email: 'okafor@acme.example',
    });
    const preview = await begin(['Payments', 'Ben', 'Growth'], ['Search', 'ben', 'growth']);
    expect(preview.questions).toEqual([
      {
        key: 'person:ben',
        words: 'Who is “Ben” (rows 2 and 3)?',
        choices: [
          { value: String(ben.id), name: 'Ben Kaya (ben@acme.example)' },
          { value: String(other.id), name: 'Ben Okafor (okafor@acme.example)' },
          { value: 'nobody', name: 'Somebody else: leave it open' },
        ],
        suggested: null,
      },
      {
        key: 'team:growth',
        words: 'There is no team “Growth” (rows 2 and 3).',
        choices: [
          { value: 'none', name: 'No team for now' },
          { value: 'create', name: 'Make the team Growth' },
          { value: expect.any(String), name: 'It is Checkout' },
        ],
        suggested: 'none',
      },
    ]);
    expect(rows(preview)[0]).toContain('nobody owns it: “Ben” may be Ben Kaya or Ben Okafor');
    const answers = { 'person:ben': String(other.id), 'team:growth': 'create' };
    const answered = await taken(answerImport(deps(), workspaceId, ada, preview.importId, answers));
    await apply(answered);
    expect(await rocks()).toMatchObject([{ owner: other.id }, { owner: other.id }]);
    const teams = await database.db
      .selectFrom('teams as t')
      .select([
        't.name',
        (eb) =>
          eb
            .selectFrom('rocks as r')
            .select(eb.fn.countAll().as('n'))
            .whereRef('r.team_id', '=', 't.id')
            .as('n'),
      ])
      .where('t.workspace_id', '=', workspaceId)
      .where('t.key', '=', 'growth')
      .execute();
    expect(teams).toEqual([{ name: 'Growth', n: 2 }]);
  });

  test('fills in what is empty and leaves what people said', async () => {
    const zoe = await insertPerson(database.db, workspaceId, { name: 'Zoë Lie' });
    await insertRock(database.db, workspaceId, { name: 'Payments', owner: zoe, summary: 'Cards' });
    await insertRock(database.db, workspaceId, { name: 'Search' });
    const preview = await begin(['payments', 'Ben K.', 'checkout'], ['Search', 'Zoe']);
    expect(rows(preview)).toEqual([
      '2 changed payments: adds team; kept as it is in Slack: owner',
      '3 changed Search: adds owner',
    ]);
    await apply(preview);
    expect(await rocks()).toMatchObject([{ owner: zoe.id }, { owner: zoe.id, confirmedAt: null }]);
    const again = await begin(['payments', 'Ben K.', 'checkout'], ['Search', 'Zoe']);
    expect(again.counts).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(await apply(again)).toMatchObject({
      code: 'nothing-to-do',
      words: 'There is nothing in it to add or to change.',
    });
  });

  test('is for admins alone, and for who is one still', async () => {
    const preview = await begin(['Payments']);
    const chi = await insertActor(database.db, workspaceId, { name: 'Chi' });
    const words =
      'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.';
    const id = preview.importId;
    for (const outcome of [
      await apply(preview, chi),
      await undo(id, chi),
      await previewImport(deps(), workspaceId, chi, id),
      await mapImport(deps(), workspaceId, chi, id, {}),
      await answerImport(deps(), workspaceId, chi, id, {}),
      await discardImport(deps(), workspaceId, chi, id),
    ])
      expect(outcome).toMatchObject({ ok: false, words });
  });

  test('has its columns mapped by hand, each to one thing, and what is needed', async () => {
    const { importId } = await begin(['Payments', 'Ben K.']);
    const map = (mapping: Record<string, number>) => mapImport(deps(), workspaceId, ada, importId, mapping);
    expect(await map({ owner: 1 })).toMatchObject({
      field: 'name',
      words: 'Pick the column that holds the name.',
    });
    expect(await map({ name: 0, owner: 0 })).toMatchObject({
      field: 'owner',
      words: 'That column is the name already. A column holds one thing.',
    });
    expect(await map({ name: 9 })).toMatchObject({ words: 'The sheet has no such column.' });
    expect(await map({ name: 1, nonsense: 0 })).toMatchObject({
      value: { mapping: { name: 1 }, rows: [{ name: 'Ben K.' }] },
    });
  });

  test('without a row is refused', async () => {
    const given = { kind: 'rocks', source: 'pasted', name: null, sheet: sheetOf() } as const;
    expect(await beginImport(deps(), workspaceId, ada, given)).toMatchObject({
      words: 'There is no row in it below the headings.',
    });
  });

  test('that nobody comes back to is gone after a week', async () => {
    const preview = await begin(['Payments']);
    const job = importsJob({ db: database.db }, workspaceId);
    await job.run();
    expect(await previewImport(deps(), workspaceId, ada, preview.importId)).toMatchObject({ ok: true });
    await setClock(database.db, workspaceId, '2026-12-01T09:01:00Z');
    await job.run();
    expect(await apply(preview)).toMatchObject({
      words: 'That import is not there any more. Begin again with the sheet.',
    });
    expect(await listImports(database.db, workspaceId)).toEqual([]);
  });
});

describe('two admins at once', () => {
  test('bring in what each has looked at, one after the other: the second looks again', async () => {
    const eve = { ...(await insertActor(database.db, workspaceId, { name: 'Eve' })), isAdmin: true };
    const [one, other] = [
      await begin(['Payments', 'Ben K.']),
      await begin(['Payments', 'Ben K.', 'checkout']),
    ];
    const outcomes = await Promise.all([apply(one), apply(other, eve)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ code: 'changed-meanwhile' });
    expect(await rocks()).toHaveLength(1);
  });
});

describe('an import is taken back', () => {
  test('and the database is as it was, row by row', async () => {
    const zoe = await insertPerson(database.db, workspaceId, { name: 'Zoë Lie' });
    await insertRock(database.db, workspaceId, {
      name: 'Search',
      aliases: ['find'],
      links: ['https://a.example'],
    });
    await insertRock(database.db, workspaceId, { name: 'Kept', owner: zoe });
    const before = await dumpOf(database.db, workspaceId);
    const preview = await begin(
      ['Payments', 'Ben K. / Zoe', 'Growth', '#payments', 'billing, psp', 'https://bi.example/pay'],
      ['Search', 'Zoe', 'checkout', '#payments', 'suche', 'https://b.example'],
      ['Kept', 'Ben K.'],
    );
    const answered = await taken(
      answerImport(deps(), workspaceId, ada, preview.importId, { 'team:growth': 'create' }),
    );
    await apply(answered);
    expect(await dumpOf(database.db, workspaceId)).not.toEqual(before);
    expect(await undo(preview.importId)).toEqual({ ok: true, value: { taken: 2, kept: 0, names: [] } });
    expect(await dumpOf(database.db, workspaceId)).toEqual(before);
    expect(await undo(preview.importId)).toMatchObject({ words: 'That import is taken back already.' });
  });

  test('but for what somebody has touched since, which stays whole', async () => {
    const preview = await begin(
      ['Payments', 'Ben K.', 'Growth'],
      ['Search', 'Ben K.', 'Growth'],
      ['Mail', 'Ben K.'],
    );
    await apply(
      await taken(answerImport(deps(), workspaceId, ada, preview.importId, { 'team:growth': 'create' })),
    );
    const [payments] = await rocks();
    await database.db
      .updateTable('stints')
      .set({ confirmed_at: '2026-11-24T10:00:00Z' })
      .where('rock_id', '=', payments?.id ?? 0)
      .execute();
    expect(await undo(preview.importId)).toEqual({
      ok: true,
      value: { taken: 2, kept: 1, names: ['Payments'] },
    });
    expect(await rocks()).toMatchObject([{ name: 'Payments', owner: ben.id }]);
    const after = await dumpOf(database.db, workspaceId);
    expect(after['rock_names']).toHaveLength(2);
    expect(after['rock_words']).toHaveLength(1);
    // Its team is needed still.
    expect(after['teams']).toHaveLength(2);
  });

  test('once, when two press it, and not what has another name since', async () => {
    const preview = await begin(['Payments', 'Ben K.'], ['Search']);
    await apply(preview);
    const [payments] = await rocks();
    await database.db
      .insertInto('rock_names')
      .values({
        ...{ workspace_id: workspaceId, rock_id: payments?.id ?? 0, kind: 'alias', position: 0 },
        ...{ name: 'billing', normal: 'billing' },
      })
      .execute();
    const eve = { ...(await insertActor(database.db, workspaceId, { name: 'Eve' })), isAdmin: true };
    const outcomes = await Promise.all([undo(preview.importId), undo(preview.importId, eve)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(outcomes.find(({ ok }) => ok)).toMatchObject({
      value: { taken: 1, kept: 1, names: ['Payments'] },
    });
    expect(await rocks()).toMatchObject([{ name: 'Payments', owner: ben.id }]);
  });

  test('and whoever says something about it is told when it is gone', async () => {
    const preview = await begin(['Payments', 'Ben K.']);
    await apply(preview);
    const [payments] = await rocks();
    const told: unknown[] = [];
    const undoing: ImportUndone[] = [
      async (tx, { subjects }) =>
        void told.push(
          subjects,
          await tx
            .selectFrom('rocks')
            .select('id')
            .where('id', '=', payments?.id ?? 0)
            .execute(),
        ),
    ];
    await undoImport({ db: database.db, undoing }, workspaceId, ada, preview.importId);
    expect(told).toEqual([[{ kind: 'rock', id: payments?.id }], []]);
  });

  test('within seven days', async () => {
    const preview = await begin(['Payments']);
    await apply(preview);
    await setClock(database.db, workspaceId, '2026-12-01T08:58:00Z');
    expect(await listImports(database.db, workspaceId)).toMatchObject([
      { state: 'applied', by: { id: ada.id } },
    ]);
    await setClock(database.db, workspaceId, '2026-12-01T09:01:00Z');
    expect(await listImports(database.db, workspaceId)).toMatchObject([
      { state: 'applied', undoUntil: null },
    ]);
    expect(await undo(preview.importId)).toMatchObject({
      words:
        'An import can be taken back for seven days; this one is older. What it brought in can be changed one by one.',
    });
    await importsJob({ db: database.db }, workspaceId).run();
    const left = await database.db
      .selectFrom('import_changes')
      .select('id')
      .where('import_id', '=', preview.importId)
      .execute();
    expect(left).toEqual([]);
  });

  test('when it was applied at all', async () => {
    const { importId } = await begin(['Payments']);
    expect(await undo(importId)).toMatchObject({
      words: 'That import was never brought in, so there is nothing to take back.',
    });
  });

  test('while another is brought in: each does its own', async () => {
    const first = await begin(['Payments', 'Ben K.']);
    await apply(first);
    const before = await dumpOf(database.db, workspaceId);
    const second = await begin(['Search', 'Ben K.'], ['Payments', 'Ben K.', 'checkout']);
    const [applied, undone] = await Promise.all([apply(second), undo(first.importId)]);
    expect(undone).toMatchObject({ ok: true });
    // Whoever came second saw what the first had done.
    const names = (await rocks()).map(({ name }) => name);
    if (applied.ok) expect(names).toEqual(['Payments', 'Search']);
    else expect([applied.code, names]).toEqual(['changed-meanwhile', []]);
    expect(before['rocks']).toHaveLength(1);
  });

  test('but for what is being handed over, which goes on', async () => {
    const bea = await insertActor(database.db, workspaceId, { name: 'Bea Lind' });
    const chi = await insertActor(database.db, workspaceId, { name: 'Chi' });
    const preview = await begin(['Payments', 'Bea Lind'], ['Search', 'Bea Lind']);
    await apply(preview);
    const [payments] = await rocks();
    const offered = await taken(offer(payments?.id ?? 0, bea, chi));
    expect(await undo(preview.importId)).toMatchObject({
      value: { taken: 1, kept: 1, names: ['Payments'] },
    });
    expect(await rocks()).toMatchObject([{ name: 'Payments', owner: bea.id }]);
    await readBrief(database.db, workspaceId, chi, offered.id);
    expect(await acceptHandoff(database.db, workspaceId, chi, offered.id)).toMatchObject({ ok: true });
    expect(await rocks()).toMatchObject([{ name: 'Payments', owner: chi.id }]);
  });

  test('while a rock of it is offered at the same moment: it is gone, or the offer stands', async () => {
    const bea = await insertActor(database.db, workspaceId, { name: 'Bea Lind' });
    for (let round = 0; round < 8; round += 1) {
      const chi = await insertActor(database.db, workspaceId, { name: `Chi ${round}` });
      const name = `Payments ${round}`;
      const preview = await begin([name, 'Bea Lind']);
      await apply(preview);
      const rock = (await rocks()).find((one) => one.name === name);
      const [undone, offered] = await Promise.all([
        undo(preview.importId),
        offer(rock?.id ?? 0, bea, chi).catch((error: unknown) => ({ ok: false, threw: error })),
      ]);
      expect(offered).not.toHaveProperty('threw');
      const left = (await rocks()).filter((one) => one.name === name);
      expect(undone).toMatchObject({ value: offered.ok ? { taken: 0, kept: 1 } : { taken: 1, kept: 0 } });
      expect(left).toHaveLength(offered.ok ? 1 : 0);
    }
  });
});
