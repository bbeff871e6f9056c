import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { closeReview } from '../../../src/features/reviews/closing-operations.ts';
import { decideOnLine } from '../../../src/features/reviews/deciding-operations.ts';
import { addActionOnLine, deferLine } from '../../../src/features/reviews/line-operations.ts';
import { readMinutes } from '../../../src/features/reviews/minutes-operations.ts';
import { type Result, refused } from '../../../src/platform/core/result.ts';
import { insertActor } from '../../support/builders.ts';
import {
  ana,
  comeTo,
  db,
  latest,
  linesOf,
  replica,
  spare,
  testInCompany,
  textsOf,
  value,
  workspaceId,
} from './company.ts';
import { decision, item, itemEvent } from './rows.ts';

testInCompany();

const dueOn = Temporal.PlainDate.from('2026-12-01');
const closedWords =
  'Roadmap review, 26 November 2026 is closed. /decide and /handoff take what you wrote: copy it before you close this form.';
const pressedTooLate =
  '*Roadmap review, 26 November 2026* is closed, and its minutes are in the thread. What still matters comes back next time.';

const tooLate = refused('too-late', 'The form is sent again.');
const isTooLate = (error: unknown) =>
  error instanceof Error && /the work took|statement timeout/.test(error.message);

type Pressed = {
  name: string;
  what: 'decision' | 'action' | 'deferral';
  lineId: number;
  result: Result<unknown>;
};

test('twenty people press on one review at once while somebody closes it: what was accepted is kept once, the rest is refused', async () => {
  for (let count = 0; count < 5; count += 1)
    await itemEvent(await item(`Item ${count}`), '2026-11-10T09:00:00Z');
  for (let count = 0; count < 5; count += 1) await decision(`Question ${count}?`);
  await comeTo('2026-11-26T10:00:30+01:00');
  const review = await latest();
  const lines = await linesOf(review);
  expect(lines).toHaveLength(10);

  const people: Actor[] = [];
  for (let count = 0; count < 20; count += 1)
    people.push(await insertActor(db, workspaceId, { name: `Person ${count}` }));
  const lineOf = (index: number) => lines[index % 7]?.id ?? 0;
  const begun = performance.now();
  const pressed: Pressed[] = [];
  let slowest = 0;
  const press = async (
    what: Pressed['what'],
    name: string,
    lineId: number,
    run: (lineId: number) => Promise<Result<unknown>>,
  ) => {
    const since = performance.now();
    // Where the machine is busy, a form may have to be sent again: then nothing of it is kept.
    const result = await run(lineId).catch((error: unknown) => {
      if (!isTooLate(error)) throw error;
      return tooLate;
    });
    pressed.push({ name, what, lineId, result });
    slowest = Math.max(slowest, performance.now() - since);
  };
  const half = Promise.withResolvers<void>();
  const close = async (by: Actor): ReturnType<typeof closeReview> =>
    await closeReview(spare, workspaceId, by, review).catch(async (error: unknown) => {
      if (!isTooLate(error)) throw error;
      return await close(by);
    });
  const closings = half.promise.then(async () => await Promise.all([close(ana), close(people[3] ?? ana)]));
  await Promise.all(
    people.map(async (person, index) => {
      const [on, other] = index % 2 === 0 ? [db, replica] : [replica, db];
      const made = { outcome: `Outcome ${index}.`, why: 'Because.', lookAgainOn: null };
      const given = { question: `Question of ${index}?`, made, approverId: ana.id };
      const todo = { title: `Action ${index}.`, owner: ana, dueOn };
      await press('decision', made.outcome, lineOf(index), (id) =>
        decideOnLine(on, workspaceId, person, id, given),
      );
      await press('action', todo.title, lineOf(index + 1), (id) =>
        addActionOnLine(other, workspaceId, person, id, todo),
      );
      if (index === 10) half.resolve();
      await press('deferral', '', lineOf(index + 2), (id) => deferLine(on, workspaceId, person, id));
    }),
  );
  const closed = (await closings).map(value);
  const took = Math.round(performance.now() - begun);
  const accepted = pressed.filter(({ result }) => result.ok);
  console.log(
    `60 presses and two closings took ${took} ms, the slowest answer ${Math.round(slowest)} ms; ${accepted.length} were in time`,
  );

  expect(closed.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
  for (const { what, result } of pressed)
    if (!result.ok && result !== tooLate)
      expect(result.words).toBe(what === 'deferral' ? pressedTooLate : closedWords);
  const late = await decideOnLine(db, workspaceId, ana, lineOf(0), {
    question: 'Late?',
    made: { outcome: 'Late.', why: 'Late.', lookAgainOn: null },
    approverId: ana.id,
  });
  expect(late).toMatchObject({ ok: false, code: 'ended', words: closedWords });

  const { minutes } = value(await readMinutes(db, workspaceId, review));
  const namesOf = (what: Pressed['what']) =>
    accepted
      .filter((it) => it.what === what)
      .map(({ name }) => name)
      .sort();
  expect(minutes.decided.map(({ outcome }) => outcome).sort()).toEqual(namesOf('decision'));
  expect(minutes.actions.map(({ title }) => title).sort()).toEqual(namesOf('action'));
  const deferredLines = new Set(accepted.filter((it) => it.what === 'deferral').map(({ lineId }) => lineId));
  const after = await linesOf(review);
  expect(
    after
      .filter(({ deferredBy }) => deferredBy !== null)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...deferredLines].sort());
  expect(minutes.deferred).toHaveLength(deferredLines.size);

  const agenda = (await textsOf(`review:${review}:`)).join('\n');
  for (const line of after) {
    expect(agenda).toContain(`${line.position}. ${line.title}`);
    for (const { outcome } of line.decisions.slice(0, 3)) expect(agenda.split(outcome)).toHaveLength(2);
    for (const { title } of line.actions.slice(0, 3)) expect(agenda.split(title)).toHaveLength(2);
  }
  const posted = (await textsOf(`review-minutes:${review}:`)).join('\n');
  for (const { what, name } of accepted) if (what !== 'deferral') expect(posted.split(name)).toHaveLength(2);
  expect(await textsOf(`review-minutes:${review}`)).toHaveLength(2);
  const numbers = await db
    .selectFrom('decisions')
    .select('number')
    .where('workspace_id', '=', workspaceId)
    .execute();
  expect(new Set(numbers.map(({ number }) => number)).size).toBe(numbers.length);
});
