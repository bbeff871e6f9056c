import { Temporal } from 'temporal-polyfill';
import { type Asked, figuresOf, type Span } from '../../cadence/core/figures.ts';
import { type WorksOn, worksOn } from '../../cadence/core/working-days.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import type { Rituals } from '../../cadence/ritual.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { sayAll } from '../daily/operations.ts';
import { askBlocks } from './blocks.ts';
import { opinionKey, type Quarter, quarterOf, type Window, windowOf } from './core/round.ts';
import { type AskableCadence, insertOpinions, insertRound, listAskable } from './store.ts';

export type FeedbackDeps = { db: Database; rituals: Rituals };

/** A ritual of which the people are asked in this quarter, and when. */
type Due = { cadence: AskableCadence; quarter: Quarter; window: Window };

/** Asks about each ritual whose time in the quarter has come, everybody whom it has asked something in it. Once. */
export async function askAboutRituals({ db, rituals }: FeedbackDeps, workspaceId: string): Promise<void> {
  const now = await companyNow(db, workspaceId);
  for (const due of await listDue(db, workspaceId, now)) {
    const { asked, closes } = due.window;
    const isOpen = Temporal.Instant.compare(asked, now) <= 0 && Temporal.Instant.compare(now, closes) < 0;
    if (isOpen) await inTransaction(db, async (tx) => await ask(tx, rituals, workspaceId, due, now));
  }
}

/** When the next ritual is asked about; null: none is on the calendar. */
export async function nextAsking(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const [next] = (await listDue(db, workspaceId, after))
    .map(({ window }) => window.asked)
    .filter((at) => Temporal.Instant.compare(at, after) > 0)
    .sort(Temporal.Instant.compare);
  return next ?? null;
}

/** Those that were not asked about in the quarter in which they are. */
async function listDue(db: Database, workspaceId: string, now: Temporal.Instant): Promise<Due[]> {
  const cadences = await listAskable(db, workspaceId);
  if (cadences.length === 0) return [];
  const works = await companyWorks(db, workspaceId);
  return cadences.flatMap((cadence): Due[] => {
    const quarter = quarterOf(now.toZonedDateTimeISO(cadence.timezone).toPlainDate());
    if (cadence.lastQuarter === quarter.key) return [];
    return [{ cadence, quarter, window: windowOf(quarter, cadence.timezone, works) }];
  });
}

async function companyWorks(db: Database, workspaceId: string): Promise<WorksOn> {
  return worksOn({ workingDays: null, awayOn: () => false, dayOff: await readDaysOff(db, workspaceId) });
}

async function ask(
  tx: Tx,
  rituals: Rituals,
  workspaceId: string,
  { cadence, quarter, window }: Due,
  now: Temporal.Instant,
): Promise<void> {
  const rows = await askedIn(tx, rituals, workspaceId, cadence, { quarter, until: now });
  // One that has just begun is asked about in the next quarter.
  if (rows.length === 0) return;
  const roundId = await insertRound(tx, workspaceId, {
    ...{ cadenceId: cadence.id, quarter: quarter.key },
    ...{ askedAt: now, closeAt: window.closes },
  });
  if (roundId === null) return;
  const people = [...new Set(rows.map(({ personId }) => personId))];
  const content = askBlocks({
    ...{ roundId, channel: cadence.channel, name: nameOf(rituals, cadence.ritual) },
    figures: figuresOf(rows),
  });
  await sayAll(
    tx,
    (await insertOpinions(tx, workspaceId, roundId, people)).map((personId) => ({
      ...{ workspaceId, personId, content },
      key: opinionKey(roundId, personId),
      at: now,
      expiresAt: window.closes,
      // On a working day of theirs alone, and not while they are away.
      isNudge: true,
    })),
  );
}

/** What a cadence asked of people from the beginning of a quarter on. */
export async function askedIn(
  db: Database,
  rituals: Rituals,
  workspaceId: string,
  { id, ritual, timezone }: { id: number; ritual: string; timezone: string },
  { quarter, until }: { quarter: Quarter; until: Temporal.Instant },
): Promise<Asked[]> {
  const span: Span = { from: quarter.from.toZonedDateTime(timezone).toInstant(), until };
  return (await rituals.get(ritual)?.asked?.(db, workspaceId, id, span)) ?? [];
}

/** How people call a ritual. */
export function nameOf(rituals: Rituals, key: string): string {
  return rituals.get(key)?.name ?? key;
}
