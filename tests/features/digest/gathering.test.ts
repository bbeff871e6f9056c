import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Section } from '../../../src/features/digest/core/digest.ts';
import { gather } from '../../../src/features/digest/gathering.ts';
import { lineWords } from '../../../src/features/digest/line-words.ts';
import { insertKeyResult, insertPerson, insertRock, insertTeam } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type DigestCompany, insertAnswer, insertDigestCompany } from './company.ts';

let database: TestDatabase;
let company: DigestCompany;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  company = await insertDigestCompany(database.db);
});

const gathered = async () => (await gather(database.db, company.workspaceId, company.cadenceId)).gathered;
const told = async (section: Section) =>
  (await gathered()).named.filter((it) => it.section === section).map((it) => lineWords(it, 400));
const own = () => ({ workspace_id: company.workspaceId });

const hideObjective = async () =>
  void (await database.db
    .updateTable('objectives')
    .set({ visibility: 'team' })
    .where('id', '=', company.objectiveId)
    .execute());

describe('a quiet company', () => {
  it('is told of in two kind lines', async () => {
    expect((await gathered()).quiet).toEqual([
      'A quiet week: nothing has changed since 16 November 2026, and nothing is at risk.',
      'As soon as there are rocks and key results, this is where they are told of.',
    ]);
  });

  it('is thanked for what is on track and carried', async () => {
    const { rateId, ana } = company;
    await insertAnswer(database.db, company, {
      keyResultId: rateId,
      by: ana,
      at: '2026-11-20T10:00:00Z',
      confidence: 9,
    });
    await insertRock(database.db, company.workspaceId, {
      name: 'Payments',
      owner: ana,
      since: '2026-10-01T00:00:00Z',
    });
    expect((await gathered()).quiet?.[1]).toBe(
      '1 key result is on track and 1 rock is in good hands. Thank you, all of you.',
    );
  });
});

describe('what is at risk', () => {
  const fell = async () => {
    const { rateId, ana } = company;
    const answer = { keyResultId: rateId, by: ana };
    await insertAnswer(database.db, company, { ...answer, at: '2026-11-09T10:00:00Z', confidence: 8 });
    await insertAnswer(database.db, company, {
      ...answer,
      at: '2026-11-20T10:00:00Z',
      confidence: 4,
      words: 'The provider is late.',
    });
  };

  it('is named with how far confidence fell, how far it is behind, and the last words with their name', async () => {
    await fell();
    expect(await told('risk')).toEqual([
      ':red_circle: *Failed rate* · committed · off track · confidence 4, was 8 · 1 % of the way, 59 % expected · Ana\n“The provider is late.”, Ana',
    ]);
  });

  it('is what nobody answered about, too', async () => {
    await database.db
      .updateTable('key_results')
      .set({ outdated_since: '2026-11-20T10:00:00Z', owner_id: null, current_value: null })
      .where('id', '=', company.rateId)
      .execute();
    expect(await told('risk')).toEqual([':hourglass: *Failed rate* · committed · outdated · nobody owns it']);
  });

  it('says nothing, nor counts, of an objective that not everybody sees', async () => {
    await fell();
    await hideObjective();
    const { figures, quiet } = await gathered();
    expect(figures.health['off-track']).toBe(0);
    expect(quiet).not.toBeNull();
  });
});

describe('what has changed', () => {
  it('is versions, cycles, handoffs, decisions, the roadmap and targets, each once', async () => {
    const { db } = database;
    const { workspaceId, ana, chi, rateId } = company;
    const at = '2026-11-20T10:00:00Z';
    await db
      .insertInto('strategy_versions')
      .values({ ...own(), number: 1, changed_at: at, published_at: at })
      .execute();
    await db.updateTable('cycles').set({ changed_at: at }).where('workspace_id', '=', workspaceId).execute();
    const rockId = await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    await db
      .insertInto('handoffs')
      .values({
        ...own(),
        rock_id: rockId,
        from_id: chi.id,
        to_id: ana.id,
        state: 'overlap',
        offered_at: at,
        accepted_at: at,
        overlap_until: '2026-12-04T10:00:00Z',
        facts: '{}',
        why_it_matters: 'It does.',
        where_it_stands: 'Fine.',
      })
      .execute();
    await db
      .insertInto('decisions')
      .values({
        ...own(),
        number: 12,
        question: 'Which provider?',
        driver_id: ana.id,
        approver_id: chi.id,
        created_by: ana.id,
        created_at: at,
        state: 'decided',
        outcome: 'The cheap one',
        decided_at: at,
        decided_by: chi.id,
      })
      .execute();
    const items = await db
      .insertInto('roadmap_items')
      .values(
        [
          { key: 'apple', horizon: 'shipped' as const, moved_at: at },
          {
            key: 'wallets',
            horizon: 'now' as const,
            moved_at: '2026-10-01T10:00:00Z',
            due_on: '2026-12-15',
            slips: 1,
          },
        ].map((it) => ({
          ...own(),
          title: it.key,
          created_at: '2026-10-01T10:00:00Z',
          first_due_on: '2026-12-01',
          ...it,
        })),
      )
      .returning(['id', 'key'])
      .execute();
    const wallets = items.find(({ key }) => key === 'wallets')?.id ?? 0;
    await db
      .insertInto('roadmap_slips')
      .values({ ...own(), item_id: wallets, at, from_on: '2026-12-01', to_on: '2026-12-15' })
      .execute();
    await db
      .insertInto('target_changes')
      .values({ ...own(), key_result_id: rateId, changed_at: at, old_target: 120, new_target: 100 })
      .execute();
    expect(await told('changes')).toEqual([
      '*Strategy, version 1* · is published',
      '*2026-Q4* · has started',
      '*Failed rate* · target 120 → 100 · committed · Ana',
      '*apple* · has shipped',
      '*Which provider?* · decision 12: The cheap one · Chi',
      '*wallets* · slipped from 1 December 2026 to 15 December 2026',
      '*Payments* · Chi handed it to Ana',
    ]);
    await db.updateTable('rocks').set({ visibility: 'people' }).where('id', '=', rockId).execute();
    await db
      .updateTable('roadmap_items')
      .set({ rock_id: rockId })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await db
      .updateTable('decisions')
      .set({ rock_id: rockId })
      .where('workspace_id', '=', workspaceId)
      .execute();
    await hideObjective();
    expect(await told('changes')).toEqual([
      '*Strategy, version 1* · is published',
      '*2026-Q4* · has started',
    ]);
  });
});

describe('ownership', () => {
  it('names critical gaps, counts the rest, and tells gaps from what was set down', async () => {
    const { db } = database;
    const { workspaceId, ana } = company;
    const importance = async (id: number, of: 'critical' | 'not-important') =>
      await db.updateTable('rocks').set({ importance: of }).where('id', '=', id).execute();
    await insertRock(db, workspaceId, { name: 'Payments', owner: ana, since: '2026-11-01T00:00:00Z' });
    await insertRock(db, workspaceId, { name: 'Refunds', owner: ana, since: '2026-01-01T00:00:00Z' });
    await importance(await insertRock(db, workspaceId, { name: 'Pricing' }), 'critical');
    await importance(await insertRock(db, workspaceId, { name: 'Mascot' }), 'not-important');
    const hidden = await insertRock(db, workspaceId, { name: 'Secret' });
    await importance(hidden, 'critical');
    await db.updateTable('rocks').set({ visibility: 'team' }).where('id', '=', hidden).execute();
    expect(await told('coverage')).toEqual(['*Pricing* · critical · nobody carries it']);
    expect((await gathered()).sums.coverage).toBe(
      '2 rocks are carried, 1 of them confirmed in the last 100 days; 2 are gaps.',
    );
  });
});

describe('load', () => {
  const overloaded = async (people: number, over: number) => {
    const { db } = database;
    const { workspaceId } = company;
    const teamId = await insertTeam(db, workspaceId, { key: 'checkout', name: 'Checkout' });
    for (let at = 0; at < people; at += 1) {
      const person = await insertPerson(db, workspaceId, { name: `Person ${at}` });
      await db
        .insertInto('team_members')
        .values({ ...own(), team_id: teamId, person_id: person.id })
        .execute();
      const rock = { name: `Rock ${at}`, owner: person, since: '2026-11-01T00:00:00Z' };
      const rockId = await insertRock(db, workspaceId, rock);
      await db.updateTable('rocks').set({ weight: 2 }).where('id', '=', rockId).execute();
      if (at < over)
        await db.updateTable('people').set({ backpack_limit: 1 }).where('id', '=', person.id).execute();
    }
  };

  it('is told of teams of five or more, in sums and without a name', async () => {
    await overloaded(6, 2);
    expect(await told('load')).toEqual(['*Checkout* · 6 people · 2 over their limit']);
    expect(JSON.stringify(await gathered())).not.toContain('Person');
  });

  it('does not say of each by saying it of all', async () => {
    await overloaded(5, 5);
    expect(await told('load')).toEqual(['*Checkout* · 5 people · most of them over their limit']);
  });

  it('is not told of a team of four', async () => {
    await overloaded(4, 2);
    expect(await told('load')).toEqual([]);
    expect((await gathered()).spread).toEqual([]);
  });
});

describe('what is overdue', () => {
  it('is decisions past their day, and actions of rocks and reviews that everybody may see', async () => {
    const { db } = database;
    const { workspaceId, ana, chi } = company;
    const created = { created_at: '2026-11-01T10:00:00Z', due_on: '2026-11-19' };
    const decision = { ...own(), ...created, driver_id: ana.id, approver_id: chi.id, created_by: ana.id };
    await db
      .insertInto('decisions')
      .values([
        { ...decision, number: 1, question: 'Which provider?' },
        { ...decision, number: 2, question: 'Whom do we let go?', visibility: 'people' },
        { ...decision, number: 3, question: 'Next year?', due_on: '2026-12-24' },
      ])
      .execute();
    const rockId = await insertRock(db, workspaceId, { name: 'Payments', owner: ana });
    const hidden = await insertRock(db, workspaceId, { name: 'Secret', owner: ana });
    await db.updateTable('rocks').set({ visibility: 'team' }).where('id', '=', hidden).execute();
    const action = { ...own(), ...created, owner_id: ana.id, by_id: chi.id };
    await db
      .insertInto('actions')
      .values([
        { ...action, title: 'Launch deck', rock_id: rockId },
        { ...action, title: 'Between the two of us', rock_id: null },
        { ...action, title: 'Of a secret', rock_id: hidden },
        {
          ...action,
          title: 'Is done',
          rock_id: rockId,
          state: 'done' as const,
          ended_at: '2026-11-20T10:00:00Z',
        },
      ])
      .execute();
    expect(await told('overdue')).toEqual([
      '*Which provider?* · decision 1 · was due 19 November 2026 · Ana',
      '*Launch deck* · action · was due 19 November 2026 · Ana',
    ]);
    expect((await gathered()).sums.overdue).toBe('1 decision and 1 action are overdue.');
  });
});

describe('the strategy', () => {
  it('names intents with how their key results stand', async () => {
    const { db } = database;
    const { workspaceId, rateId, objectiveId, ana } = company;
    const line = await db
      .insertInto('strategy_lines')
      .values({ ...own(), key: 'trust', kind: 'intent' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const version = await db
      .insertInto('strategy_versions')
      .values({
        ...own(),
        number: 3,
        changed_at: '2026-10-01T10:00:00Z',
        published_at: '2026-10-01T10:00:00Z',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('strategy_wordings')
      .values({
        ...own(),
        version_id: version.id,
        line_id: line.id,
        title: 'Win trust',
        rank: 1,
        parent_id: null,
        owner_id: null,
        measure: null,
        horizon: null,
        problem: null,
        metric: null,
        not_doing: [],
      })
      .execute();
    await db.updateTable('objectives').set({ line_id: line.id }).where('id', '=', objectiveId).execute();
    await insertKeyResult(db, workspaceId, objectiveId, { key: 'Days' });
    await insertAnswer(db, company, {
      keyResultId: rateId,
      by: ana,
      at: '2026-11-20T10:00:00Z',
      confidence: 6,
    });
    expect(await told('strategy')).toEqual([
      '*Win trust* · :large_yellow_circle: 1 at risk, :white_circle: 1 no answer yet',
    ]);
    expect((await gathered()).sums.strategy).toBe(
      'Version 3, published on 1 October 2026. 1 of 1 intent has key results that need a look.',
    );
  });
});
