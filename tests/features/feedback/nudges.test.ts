import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { figuresOf } from '../../../src/cadence/core/figures.ts';
import { tick } from '../../../src/cadence/planner.ts';
import { answerCheckIn } from '../../../src/features/check-ins/operations.ts';
import { okrCheckIn } from '../../../src/features/check-ins/run-operations.ts';
import { dailyJob } from '../../../src/features/daily/jobs.ts';
import { sayAll } from '../../../src/features/daily/operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertCycle,
  insertKeyResult,
  insertObjective,
  insertTeam,
  instant,
  keptLog,
  setClock,
} from '../../support/builders.ts';
import { given } from '../../support/check-ins.ts';
import { sendAll } from '../../support/daily.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

/** Asked on Monday at nine, reminded on Tuesday at nine, closed on Thursday. */
const moments = {
  asked: '2026-10-05T07:01:00Z',
  before: '2026-10-05T12:00:00Z',
  dayOfNudge: '2026-10-06T06:30:00Z',
  nudged: '2026-10-06T07:10:00Z',
  after: '2026-10-06T12:00:00Z',
  closed: '2026-10-08T08:00:00Z',
  late: '2026-10-09T08:00:00Z',
} as const;
const person = fc.record({
  answers: fc.constantFrom('before', 'after', 'late', 'never'),
  /** Their message of that day is there already, and the reminder is written into it. */
  hasMessage: fc.boolean(),
  /** They answer once more, which redraws their messages. */
  again: fc.boolean(),
});

it('a reminder counts once for whoever had not answered by then, in whatever message, and whatever comes after', async () => {
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 5 }), async (people) => {
      const workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
      const { id: channelId } = await insertChannel(db, workspaceId, 'checkout');
      const teamId = await insertTeam(db, workspaceId, { key: 'checkout', channelId });
      const cycleId = await insertCycle(db, workspaceId, {
        ...{ key: 'q4', starts: '2026-10-01', ends: '2026-12-31' },
      });
      const objectiveId = await insertObjective(db, workspaceId, { key: 'reliable', cycleId, teamId });
      const cadenceId = await insertCadence(db, workspaceId, {
        ...{ key: 'weekly', channelId, timezone: 'Europe/Berlin', nextDueAt: '2026-10-05T07:00:00Z' },
        ...{ nudgeAfter: 'P1D', closeAfter: 'P3D' },
      });
      const actors: { actor: Actor; keyResultId: number }[] = [];
      for (const index of people.keys()) {
        const actor = await insertActor(db, workspaceId, { name: `Person ${index}` });
        const keyResultId = await insertKeyResult(db, workspaceId, objectiveId, {
          ...{ key: `kr-${index}`, owner: actor },
        });
        actors.push({ actor, keyResultId });
      }
      const comeTo = async (iso: string) => {
        await setClock(db, workspaceId, iso);
        const rituals = new Map([[okrCheckIn.key, okrCheckIn]]);
        await tick({ db, workspaceId, rituals, log: keptLog().log });
        await dailyJob({ db }, workspaceId).run();
        await sendAll(db, workspaceId);
      };
      const answer = async (when: 'before' | 'after' | 'late') => {
        const { id: occurrenceId } = await db
          .selectFrom('occurrences')
          .select('id')
          .where('cadence_id', '=', cadenceId)
          .orderBy('due_at')
          .executeTakeFirstOrThrow();
        for (const [index, { answers, again }] of people.entries()) {
          const who = actors[index];
          if (who === undefined || answers !== when) continue;
          for (const confidence of again ? [7, 8] : [7]) {
            const said = await answerCheckIn(db, workspaceId, who.actor, {
              occurrenceId,
              answers: [given(who.keyResultId, { confidence })],
            });
            expect(said.ok).toBe(true);
          }
        }
      };
      await comeTo(moments.asked);
      await setClock(db, workspaceId, moments.before);
      await answer('before');
      const at = instant(moments.dayOfNudge);
      await inTransaction(db, async (tx) => {
        await sayAll(
          tx,
          actors.flatMap(({ actor }, index) => {
            const content = { text: 'Something else', blocks: [] };
            const part = { workspaceId, personId: actor.id, key: `other:${actor.id}`, at, content };
            return people[index]?.hasMessage === true ? [part] : [];
          }),
        );
      });
      for (const moment of ['dayOfNudge', 'nudged', 'after'] as const) await comeTo(moments[moment]);
      await answer('after');
      await comeTo(moments.closed);
      await setClock(db, workspaceId, moments.late);
      await answer('late');
      const rows = await okrCheckIn.asked?.(db, workspaceId, cadenceId, {
        from: Temporal.Instant.from('2026-10-01T00:00:00Z'),
        until: instant('2026-10-11T00:00:00Z'),
      });
      const { asked, answered, nudges } = figuresOf(rows ?? []);
      expect({ asked, answered, nudges }).toEqual({
        asked: people.length,
        answered: people.filter(({ answers }) => answers !== 'never').length,
        nudges: people.filter(({ answers }) => answers !== 'before').length,
      });
      expect(rows?.every((row) => row.nudges <= 1)).toBe(true);
    }),
    { numRuns: 12 },
  );
});
