import { describe, expect, test } from 'vitest';
import { historyLines } from '../../src/cli/history.ts';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { listEvents } from '../support/builders.ts';
import { importing } from './company.ts';

const { db, importOk, importAny } = importing();
const workspaceId = playgroundWorkspace.id;

const roadmap = `version: 1
people: { ana: { email: ana@acme.example }, ben: { slack: U01BEN } }
teams: [{ key: checkout, name: Checkout, lead: ana }, { key: risk, name: Risk }]
rocks: [{ key: payments, name: Payments }]
strategy: { intents: [{ key: trust, title: Trust }] }
cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]
objectives: [{ key: reliable, title: Reliable, cycle: 2026-Q4 }]
roadmap:
  - { key: retry-engine, title: Smart retries, horizon: now, owner: ben, team: checkout, rock: payments, supports: reliable, needs: [risk], impact: 5, effort: 3, alignment: 4, due: 2026-12-01 }
  - { key: wallets, title: Wallets, horizon: next, supports: trust, first_due: 2026-11-03, slips: 2 }
  - { key: receipts, title: Receipts, horizon: shipped, outcome: moved, outcome_words: Fewer mails }
  - { key: loyalty, title: Loyalty, horizon: stopped, why: Nobody asked for it }
`;
const items = async () =>
  await db()
    .selectFrom('roadmap_items as i')
    .leftJoin('people as p', 'p.id', 'i.owner_id')
    .select(['i.id', 'i.key', 'i.title', 'i.horizon', 'i.due_on', 'i.first_due_on', 'i.slips', 'i.impact'])
    .select(['i.why_stopped', 'i.outcome', 'i.outcome_words', 'i.ask_at', 'p.handle as owner'])
    .orderBy('i.position')
    .execute();
const personOf = async (handle: string) =>
  await db().selectFrom('people').select('id').where('handle', '=', handle).executeTakeFirstOrThrow();
const days = async () =>
  (await items()).map(({ key, due_on, first_due_on, slips }) => [
    key,
    due_on?.toString() ?? null,
    first_due_on?.toString() ?? null,
    slips,
  ]);

describe('the roadmap of a file', () => {
  test('is kept, in its order, with what it hangs from and needs', async () => {
    expect(await importOk(roadmap)).toContain('roadmap: 4 added, 0 changed, 0 unchanged');
    expect(await days()).toEqual([
      ['retry-engine', '2026-12-01', '2026-12-01', 0],
      ['wallets', null, '2026-11-03', 2],
      ['receipts', null, null, 0],
      ['loyalty', null, null, 0],
    ]);
    expect((await items()).slice(2)).toMatchObject([
      { horizon: 'shipped', outcome: 'moved', outcome_words: 'Fewer mails', ask_at: null },
      { horizon: 'stopped', why_stopped: 'Nobody asked for it' },
    ]);
    const links = await db()
      .selectFrom('roadmap_items as i')
      .leftJoin('rocks as r', 'r.id', 'i.rock_id')
      .leftJoin('objectives as o', 'o.id', 'i.objective_id')
      .leftJoin('strategy_lines as l', 'l.id', 'i.line_id')
      .leftJoin('roadmap_needs as n', 'n.item_id', 'i.id')
      .leftJoin('teams as t', 't.id', 'n.team_id')
      .select(['r.key as rock', 'o.key as objective', 'l.key as line', 't.key as needs'])
      .orderBy('i.position')
      .limit(2)
      .execute();
    expect(links).toEqual([
      { rock: 'payments', objective: 'reliable', line: null, needs: 'risk' },
      { rock: null, objective: null, line: 'trust', needs: null },
    ]);
  });

  test('changes nothing the second time, and an empty one changes nothing at all', async () => {
    await importOk(roadmap);
    expect(await importOk(roadmap)).toContain('roadmap: 0 added, 0 changed, 4 unchanged');
    await importOk('version: 1\nroadmap: []\n');
    expect(await items()).toHaveLength(4);
  });

  test('a later date is a slip without words, and the first one stays', async () => {
    await importOk(roadmap);
    const later = roadmap.replace('due: 2026-12-01', 'due: 2026-12-08');
    expect(await importOk(later)).toContain('roadmap: 0 added, 1 changed, 3 unchanged');
    expect((await days())[0]).toEqual(['retry-engine', '2026-12-08', '2026-12-01', 1]);
    expect(await importOk(later)).toContain('roadmap: 0 added, 0 changed, 4 unchanged');
    const slips = await db()
      .selectFrom('roadmap_slips')
      .select(['from_on', 'to_on', 'why', 'by_id'])
      .execute();
    expect(slips.map(({ from_on, to_on, ...rest }) => [`${from_on}`, `${to_on}`, rest])).toEqual([
      ['2026-12-01', '2026-12-08', { why: null, by_id: null }],
    ]);
    expect((await listEvents(db(), workspaceId)).at(-1)).toMatchObject({
      type: 'roadmap-item.changed',
      before: { due_on: '2026-12-01', slips: 0 },
      after: { due_on: '2026-12-08', slips: 1 },
    });
  });

  test('what goes from now to shipped keeps its last date, and is asked about in 30 days', async () => {
    await importOk(roadmap);
    await importOk(roadmap.replace('horizon: now', 'horizon: shipped').replace(', due: 2026-12-01', ''));
    expect((await items())[0]).toMatchObject({ horizon: 'shipped', outcome: null });
    expect((await items())[0]?.ask_at).not.toBeNull();
    expect((await days())[0]).toEqual(['retry-engine', '2026-12-01', '2026-12-01', 0]);
  });

  test('what people changed in Slack stays, is named, and goes with --overwrite; the rest follows the file', async () => {
    await importOk(roadmap);
    const [item] = await items();
    await db()
      .insertInto('events')
      .values({
        workspace_id: workspaceId,
        at: '2026-11-20T12:00:00Z',
        actor: 'person',
        actor_id: (await personOf('ben')).id,
        type: 'roadmap-item.changed',
        subject_kind: 'roadmap-item',
        subject_id: item?.id ?? 0,
        before: JSON.stringify({ due_on: '2026-11-24', impact: 4 }),
        after: JSON.stringify({ due_on: '2026-12-01', impact: 5 }),
      })
      .execute();
    const other = roadmap
      .replace('title: Smart retries, horizon: now, owner: ben', 'title: Retries, horizon: next, owner: ana')
      .replace('impact: 5', 'impact: 1')
      .replace(', due: 2026-12-01', '');
    expect((await importOk(other)).join('\n')).toContain(
      'Stays as people made it in Slack: roadmap.retry-engine horizon, roadmap.retry-engine owner, roadmap.retry-engine impact, roadmap.retry-engine due.',
    );
    expect((await items())[0]).toMatchObject({ title: 'Retries', horizon: 'now', owner: 'ben', impact: 5 });
    await importOk(other, ['--overwrite']);
    expect((await items())[0]).toMatchObject({ horizon: 'next', owner: 'ana', impact: 1, due_on: null });
  });

  test('the history names items, and what they are about, as the export does', async () => {
    await importOk(roadmap);
    const lines: string[] = [];
    for await (const batch of historyLines(db(), workspaceId)) lines.push(...batch);
    const created = lines.map((line) => JSON.parse(line)).find(({ type }) => type === 'roadmap-item.created');
    expect(created).toMatchObject({
      subject: { kind: 'roadmap-item', key: 'retry-engine' },
      after: { owner_id: 'ben', team_id: 'checkout', rock_id: 'payments', needs: ['risk'] },
    });
  });

  test('a dry run tells line by line what would change', async () => {
    await importOk(roadmap);
    const out = await importOk(roadmap.replace('impact: 5', 'impact: 4'), ['--dry-run']);
    expect(out).toContain('~ roadmap.retry-engine impact: 5 → 4');
    expect((await items())[0]).toMatchObject({ impact: 5 });
  });
});

describe('a roadmap that cannot be', () => {
  test.each([
    [
      'fields that are missing, unknown or out of range',
      'roadmap:\n  - { key: A b, titel: X, horizon: soon, impact: 6, effort: 0, alignment: 2.5, slips: -1 }\n  - { key: a }\n  - { key: a, title: A, horizon: now, due: 2026-02-30 }\n',
      [
        '3: roadmap[0].titel: is not known; did you mean "title"?',
        '3: roadmap[0].title: is missing; add "title: …"',
        '3: roadmap[0].key: "A b" is not a key; use small letters a to z, digits and hyphens, such as "a-b"',
        '3: roadmap[0].horizon: "soon" is not known here; use one of now, next, later, shipped, stopped',
        '3: roadmap[0].impact: 6 is not a score of impact; use a whole number from 1 to 5',
        '3: roadmap[0].effort: 0 is not a score of effort; use a whole number from 1 to 5',
        '3: roadmap[0].alignment: 2.5 is not a score of alignment; use a whole number from 1 to 5',
        '3: roadmap[0].slips: -1 is not a count of slips; use a whole number from 0 to 999',
        '4: roadmap[1].title: is missing; add "title: …"',
        '4: roadmap[1].horizon: is missing; add "horizon: …"',
        '5: roadmap[2].due: "2026-02-30" does not exist; look at a calendar',
        '5: roadmap[2].key: "a" is a key of this file already; give this entry another',
      ],
    ],
    [
      'names of nobody and nothing',
      'roadmap: [{ key: a, title: A, horizon: now, owner: zoe, team: chekout, rock: nothing, supports: nowhere, needs: [nobody] }]\nteams: [{ key: checkout, name: C }]\n',
      [
        '2: roadmap[0].owner: nobody is called "zoe"; add them under people',
        '2: roadmap[0].team: there is no team "chekout"; did you mean "checkout"?',
        '2: roadmap[0].rock: there is no rock "nothing"; add it under rocks',
        '2: roadmap[0].supports: there is no objective, initiative or intent "nowhere"; add it under objectives or strategy',
        '2: roadmap[0].needs[0]: there is no team "nobody"; add it under teams',
      ],
    ],
    [
      'what belongs to another horizon',
      'teams: [{ key: checkout, name: C }]\nroadmap:\n  - { key: a, title: A, horizon: later, due: 2026-12-01, why: No, outcome: moved }\n  - { key: b, title: B, horizon: stopped }\n  - { key: c, title: C, horizon: shipped, outcome_words: Yes, team: checkout, needs: [checkout] }\n',
      [
        '4: roadmap[0].due: only what is in now has a date, and this is later; leave it out, or write "horizon: now"',
        '4: roadmap[0].why: says why something was stopped, and this is later; leave it out',
        '4: roadmap[0].outcome: says what became of what has shipped, and this is later; leave it out',
        '5: roadmap[1].why: is missing; add "why: …"',
        '6: roadmap[2].outcome_words: are about an outcome, and there is none; add "outcome: …"',
        '6: roadmap[2].needs[0]: "checkout" is its own team; name others of which it needs something',
      ],
    ],
  ])('%s', async (_what, text, lines) => {
    const run = await importAny(`version: 1\n${text}`);
    expect(run.status).toBe(1);
    const told = run.err.slice(0, -1).map((line) => line.replace('company.yaml:', ''));
    expect(told.sort()).toEqual([...lines].sort());
    expect(await items()).toEqual([]);
  });
});
