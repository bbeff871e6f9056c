import { describe, expect, test } from 'vitest';
import { outcomeJob } from '../../../src/features/roadmap/jobs.ts';
import { answerOutcome } from '../../../src/features/roadmap/outcome-operations.ts';
import { insertKeyResult, instant, isAbout, listEvents, setClock } from '../../support/builders.ts';
import { listParts } from '../../support/daily.ts';
import {
  add,
  admin,
  ana,
  ben,
  db,
  edit,
  itemOf,
  move,
  reliable,
  replica,
  testInCompany,
  wordsOf,
  workspaceId,
} from './company.ts';

testInCompany();

const run = async (on = db) => await outcomeJob({ db: on }, workspaceId).run();
const asked = async () =>
  (await listParts(db, workspaceId)).map(({ personId, state, text }) => ({ personId, state, text }));
const waiting = async () => (await asked()).filter(({ state }) => state === 'waiting');
const at = async (iso: string) => await setClock(db, workspaceId, iso);
const say = async (
  id: number,
  outcome: 'moved' | 'too-early' | 'not-moved',
  words: string | null = 'So',
  actor = ana,
) => wordsOf(await answerOutcome(db, workspaceId, actor, id, { outcome, words }));

async function ship(): Promise<number> {
  await insertKeyResult(db, workspaceId, reliable, { key: 'rate', start_value: 10, current_value: 40 });
  const id = await add({ supports: { kind: 'objective', id: reliable } });
  await move(id, 'shipped');
  return id;
}

describe('30 days after it shipped', () => {
  test('its owner is asked with the numbers, once, from however many processes', async () => {
    const id = await ship();
    const next = await outcomeJob({ db }, workspaceId).next(instant('2026-11-20T10:00:00Z'));
    expect(isAbout(next?.at, '2026-12-20T09:00:00Z')).toBe(true);
    expect(next?.what).toBe('a question about Smart retries');
    await at('2026-12-20T08:00:00Z');
    await run();
    expect(await asked()).toEqual([]);
    await at('2026-12-20T10:00:00Z');
    await Promise.all([run(), run(replica), run()]);
    await run();
    expect(await asked()).toEqual([
      {
        personId: ana.id,
        state: 'waiting',
        text: 'Smart retries: did it move the number? It shipped a month ago.\n• rate: 10 → 40, target 100',
      },
    ]);
    expect(await say(id, 'moved', null)).toBe('done');
    expect((await asked())[0]?.text).toBe('Smart retries: it moved the number. Thank you.');
    expect((await listEvents(db, workspaceId)).at(-1)).toMatchObject({
      ...{ type: 'roadmap-item.answered', actorId: ana.id },
      after: { outcome: 'moved', outcome_words: null },
    });
    await at('2027-06-20T10:00:00Z');
    await run();
    expect(await asked()).toHaveLength(1);
  });

  test('too early asks once more after another 30 days, and never a third time', async () => {
    const id = await ship();
    await at('2026-12-20T10:00:00Z');
    await run();
    expect(await say(id, 'too-early')).toBe('done');
    await at('2027-01-20T10:00:00Z');
    await run();
    expect((await asked()).map(({ text }) => text.split('\n')[0])).toEqual([
      'Smart retries: too early to say whether it moved the number. Thank you. I ask once more in 30 days.',
      'Smart retries: did it move the number? You said that it was too early.',
    ]);
    await say(id, 'too-early');
    await at('2027-06-20T10:00:00Z');
    await run();
    expect(await asked()).toHaveLength(2);
  });

  test('nobody is asked about what has nobody there, or went back before', async () => {
    const left = await ship();
    const back = await add({ title: 'Back' });
    await move(back, 'shipped');
    await move(back, 'now');
    await db
      .updateTable('people')
      .set({ deactivated_at: '2026-12-01T00:00:00Z' })
      .where('id', '=', ana.id)
      .execute();
    await at('2026-12-20T10:00:00Z');
    await run();
    expect(await asked()).toEqual([]);
    expect((await itemOf(left)).asked).toBe(1);
  });

  test('a question that nobody answered is taken back when the item goes on', async () => {
    const id = await ship();
    await at('2026-12-20T10:00:00Z');
    await run();
    await move(id, 'now');
    expect(await waiting()).toEqual([]);
    await move(id, 'shipped');
    await at('2027-01-20T10:00:00Z');
    await run();
    expect(await waiting()).toHaveLength(1);
  });
});

describe('an answer', () => {
  test('is its owner’s alone, of what has shipped, and a no has words', async () => {
    const id = await ship();
    expect(await say(id, 'not-moved', null)).toBe('A sentence is enough: what do you see?');
    expect(await say(id, 'moved', null, admin)).toBe(
      '*Smart retries* has another owner now, so the answer is theirs.',
    );
    await edit(id, { ownerId: ben.id });
    expect(await say(id, 'moved')).toBe('*Smart retries* has another owner now, so the answer is theirs.');
    await move(id, 'later', { actor: ben });
    expect(await say(id, 'moved', null, ben)).toBe(
      '*Smart retries* has not shipped, so there is nothing to say yet.',
    );
  });
});
