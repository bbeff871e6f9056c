import { Temporal } from 'temporal-polyfill';
import { type WorksOn, worksOn } from '../../cadence/core/working-days.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Job } from '../../platform/job.ts';
import { whoLeft } from '../check-ins/leaving/operations.ts';
import { type NewPart, sayAll } from '../daily/operations.ts';
import { readWorksOn } from '../people/working-days.ts';
import { bringBlocks } from './bring-blocks.ts';
import type { GatheredLine } from './core/line.ts';
import { askAt, atNine, preparingDay } from './core/preparing.ts';
import { bringKey } from './keys.ts';
import { type Coming, insertPreparation, listComing } from './prepare-store.ts';
import { pageOfRitual, readAgenda } from './reading.ts';
import { builtInReviews } from './ritual.ts';

/** Two working days are never farther away than this, holidays and all. */
const farthestHours = 21 * 24;
const rituals = builtInReviews.map(({ key }) => key);

/** Two working days before a review, those who owe something to it are asked to bring it. */
export function preparingJob({ db }: { db: Database }, workspaceId: string): Job {
  return {
    name: 'what people bring to reviews',
    async run() {
      await inTransaction(db, async (tx) => {
        const now = await companyNow(tx, workspaceId);
        const before = now.add({ hours: farthestHours });
        const works = await companyWorks(tx, workspaceId);
        for (const coming of await listComing(tx, workspaceId, { rituals, before, lock: true })) {
          const at = prepareAt(coming, works);
          // One that is planned at this moment is late for asking.
          if (Temporal.Instant.compare(at, now) > 0 || Temporal.Instant.compare(coming.dueAt, now) <= 0)
            continue;
          await prepare(tx, workspaceId, coming, now);
        }
      });
    },
    async next(after) {
      const before = after.add({ hours: 2 * farthestHours });
      const works = await companyWorks(db, workspaceId);
      const [next] = (await listComing(db, workspaceId, { rituals, before }))
        .map((coming) => prepareAt(coming, works))
        .filter((at) => Temporal.Instant.compare(at, after) > 0)
        .sort((one, other) => Temporal.Instant.compare(one, other));
      return next === undefined ? null : { at: next, what: 'what people bring to a review' };
    },
  };
}

/** The days on which the company works: those of nobody's own. */
async function companyWorks(db: Database, workspaceId: string): Promise<WorksOn> {
  return worksOn({ workingDays: null, awayOn: () => false, dayOff: await readDaysOff(db, workspaceId) });
}

function prepareAt({ dueAt, timezone }: Coming, works: WorksOn): Temporal.Instant {
  return atNine(preparingDay(dueAt.toZonedDateTimeISO(timezone).toPlainDate(), works), timezone);
}

/** Asks everybody once who owes something to what the agenda would be now; at nine by their own clock. */
async function prepare(tx: Tx, workspaceId: string, coming: Coming, now: Temporal.Instant): Promise<void> {
  const { cadenceId, ritual, dueAt, timezone, channel } = coming;
  const page = await pageOfRitual(tx, workspaceId, ritual);
  const local = dueAt.toZonedDateTimeISO(timezone).toPlainDateTime();
  const lines =
    page === undefined ? [] : (await readAgenda(tx, { workspaceId, cadenceId, local, dueAt }, page)).lines;
  const owed = new Map<number, GatheredLine[]>();
  for (const line of lines) {
    for (const id of line.owedBy) owed.set(id, [...(owed.get(id) ?? []), line]);
  }
  // Whoever has left the ritual is asked nothing by it, and this is part of it.
  for (const { person } of await whoLeft(tx, workspaceId, cadenceId)) owed.delete(person.id);
  const lives = await readWorksOn(tx, workspaceId, [...owed.keys()], now);
  await sayAll(
    tx,
    [...owed].flatMap(([personId, own]): NewPart[] => {
      const life = lives.get(personId);
      if (life === undefined || page === undefined) return [];
      const zone = life.timezone;
      return [
        {
          workspaceId,
          personId,
          key: bringKey(cadenceId, dueAt.toString(), personId),
          at: askAt(now, zone, dueAt),
          expiresAt: dueAt,
          content: bringBlocks({ name: page.name, channel, dueAt }, own, { now, zone }),
          isNudge: true,
        },
      ];
    }),
  );
  await insertPreparation(tx, workspaceId, { cadenceId, dueAt }, owed.size);
}
