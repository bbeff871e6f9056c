import { Temporal } from 'temporal-polyfill';
import { mondayToFriday } from '../../cadence/core/working-days.ts';
import { markHomes } from '../../delivery/homes.ts';
import { shortDateWords } from '../../platform/core/time-words.ts';
import type { Tx } from '../../platform/db/database.ts';
import { reminderTimes } from '../actions/core/action.ts';
import { type NewPart, sayAll, unsayUnsent } from '../daily/operations.ts';
import { readWorksOn } from '../people/working-days.ts';
import { type Decision, type PersonRef, partiesOf } from './core/decision.ts';
import { askedBlocks, lookAgainBlocks, madeBlocks, reminderBlocks } from './news-blocks.ts';

type Fact = { workspaceId: string; at: Temporal.Instant; actorId: number };

const reminders = (id: number) => [`decision-reminder:${id}:before`, `decision-reminder:${id}:after`];
const asked = (id: number, personId: number) => `decision-asked:${id}:${personId}`;
const lookAgain = (id: number) => `decision-look-again:${id}`;

/** Tells those who have a part in an open decision, and plans what reminds its driver: once before it is due, once after. */
export async function tellOpened(
  tx: Tx,
  { workspaceId, at, actorId }: Fact,
  decision: Decision,
): Promise<void> {
  const { id, driver, approver, contributors } = decision;
  const parts = new Map<number, 'driver' | 'approver' | 'contributor'>();
  for (const person of contributors) parts.set(person.id, 'contributor');
  parts.set(approver.id, 'approver');
  if (!parts.has(driver.id)) parts.set(driver.id, 'driver');
  parts.delete(actorId);
  const days = await todayOf(tx, workspaceId, [...parts.keys()], at);
  await sayAll(tx, [
    ...[...parts].map(([personId, part]) => ({
      workspaceId,
      personId,
      key: asked(id, personId),
      at,
      content: askedBlocks(decision, part, days(personId)),
    })),
    ...(await remindersOf(tx, workspaceId, decision, at)),
  ]);
  await markHomes(tx, workspaceId, [driver.id, approver.id]);
}

/** What was said and planned of an open decision is taken back, since it reads differently now or is over. */
export async function untell(tx: Tx, workspaceId: string, decision: Decision, why: string): Promise<void> {
  const keys = [
    ...reminders(decision.id),
    ...partiesOf(decision).map((person) => asked(decision.id, person.id)),
  ];
  await unsayUnsent(tx, workspaceId, keys, why);
  await markHomes(tx, workspaceId, [decision.driver.id, decision.approver.id]);
}

async function remindersOf(
  tx: Tx,
  workspaceId: string,
  decision: Decision,
  at: Temporal.Instant,
): Promise<NewPart[]> {
  const { id, driver, dueOn } = decision;
  if (dueOn === null) return [];
  const life = (await readWorksOn(tx, workspaceId, [driver.id], at)).get(driver.id);
  const times = reminderTimes(dueOn, at, life ?? { timezone: driver.timezone, worksOn: mondayToFriday });
  const [before, after] = reminders(id);
  const part = (key: string | undefined, when: 'before' | 'after', due: Temporal.Instant): NewPart => ({
    workspaceId,
    personId: driver.id,
    key: key ?? '',
    at: due,
    content: reminderBlocks(decision, when, shortDateWords(dueOn, dayOf(due, driver.timezone))),
    isNudge: true,
  });
  return [
    ...(times.before === null ? [] : [{ ...part(before, 'before', times.before), expiresAt: times.after }]),
    part(after, 'after', times.after),
  ];
}

/** Tells everybody who has a part in a decision, but whoever made it, and plans when its driver looks at it again. */
export async function tellMade(
  tx: Tx,
  { workspaceId, at, actorId }: Fact,
  decision: Decision,
): Promise<void> {
  const { id, driver, lookAgainOn } = decision;
  const told = partiesOf(decision).filter((person) => person.id !== actorId);
  await sayAll(tx, [
    ...told.map((person) => ({
      workspaceId,
      personId: person.id,
      key: `decision-made:${id}:${person.id}`,
      at,
      content: madeBlocks(decision),
    })),
    ...(lookAgainOn === null ? [] : [lookAgainPart(workspaceId, decision, driver, lookAgainOn)]),
  ]);
}

/** Plans another look, in place of one that was planned before. */
export async function planLook(
  tx: Tx,
  workspaceId: string,
  decision: Decision,
  on: Temporal.PlainDate | null,
): Promise<void> {
  if (on === null) return;
  await sayAll(tx, [lookAgainPart(workspaceId, decision, decision.driver, on)]);
}

function lookAgainPart(
  workspaceId: string,
  decision: Decision,
  driver: PersonRef & { timezone: string },
  on: Temporal.PlainDate,
): NewPart {
  const at = on
    .toZonedDateTime({ timeZone: driver.timezone, plainTime: Temporal.PlainTime.from('09:00') })
    .toInstant();
  const key = `${lookAgain(decision.id)}:${on.toString()}`;
  return { workspaceId, personId: driver.id, key, at, content: lookAgainBlocks(decision), isNudge: true };
}

/** Nobody needs to look again at what was superseded, or looked at. */
export async function untellLook(
  tx: Tx,
  workspaceId: string,
  decision: Decision,
  why: string,
): Promise<void> {
  const { id, lookAgainOn } = decision;
  if (lookAgainOn === null) return;
  await unsayUnsent(tx, workspaceId, [`${lookAgain(id)}:${lookAgainOn.toString()}`], why);
}

function dayOf(at: Temporal.Instant, zone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(zone).toPlainDate();
}

async function todayOf(
  tx: Tx,
  workspaceId: string,
  ids: readonly number[],
  at: Temporal.Instant,
): Promise<(id: number) => Temporal.PlainDate> {
  const lives = await readWorksOn(tx, workspaceId, ids, at);
  return (id) => dayOf(at, lives.get(id)?.timezone ?? 'UTC');
}
