import { afterAll, beforeAll, beforeEach } from 'vitest';
import { tick } from '../../../src/cadence/planner.ts';
import { heldRituals } from '../../../src/cadence/ritual.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { AgendaSource } from '../../../src/features/playbook/core/sources.ts';
import { listLines } from '../../../src/features/reviews/line-store.ts';
import { type Agenda, readAgenda } from '../../../src/features/reviews/reading.ts';
import { builtInReviews, reviewRitual } from '../../../src/features/reviews/ritual.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import {
  insertActor,
  insertCadence,
  insertChannel,
  insertTeam,
  instant,
  keptLog,
  listMessages,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

/** Three people of Berlin, two teams, a channel, and a monthly roadmap review, of the test that runs. */
let database: TestDatabase;
export let db: Database;
export let replica: Database;
/** A third process with connections of its own, for who presses when the others are taken. */
export let spare: Database;
export let workspaceId: string;
export let ana: Actor;
export let ben: Actor;
export let chi: Actor;
/** Led by Chi. */
export let checkout: number;
export let risk: number;
export let channelId: number;
export let cadenceId: number;

/** A Thursday, at ten in Berlin: the review is due. */
export const reviewDay = '2026-11-26';
export const due = instant('2026-11-26T09:00:00Z');

const rituals = heldRituals(builtInReviews, (key) => reviewRitual(key, key));

/** For the file that calls it: a database of its own, and the company anew for each test. */
export function testInCompany(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ db } = database);
    replica = openDatabase(database.url);
    spare = openDatabase(database.url);
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
    await setClock(db, workspaceId, '2026-11-20T12:00:00Z');
    ana = await insertActor(db, workspaceId, { name: 'Ana', timezone: 'Europe/Berlin' });
    ben = await insertActor(db, workspaceId, { name: 'Ben', timezone: 'Europe/Berlin' });
    chi = await insertActor(db, workspaceId, { name: 'Chi', timezone: 'Europe/Berlin' });
    checkout = await insertTeam(db, workspaceId, { key: 'checkout', name: 'Checkout' });
    await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', checkout).execute();
    risk = await insertTeam(db, workspaceId, { key: 'risk', name: 'Risk' });
    channelId = (await insertChannel(db, workspaceId, 'product')).id;
    cadenceId = await addCadence({ key: 'monthly' });
  });
  afterAll(async () => {
    await replica.destroy();
    await spare.destroy();
    await database.close();
  });
}

/** A review each Thursday at ten in Berlin. */
export async function addCadence(
  given: Partial<Parameters<typeof insertCadence>[2]> & { key: string },
): Promise<number> {
  return await insertCadence(db, workspaceId, {
    channelId,
    ritual: 'roadmap-review',
    schedule: '0 10 * * THU',
    timezone: 'Europe/Berlin',
    nextDueAt: due.toString(),
    ...given,
  });
}

/** Lets the clock come to a moment, and do what is due for cadences then. */
export async function comeTo(iso: string): Promise<void> {
  await setClock(db, workspaceId, iso);
  await tick({ db, workspaceId, rituals, log: keptLog().log });
}

export async function occurrences(of = cadenceId) {
  return await db
    .selectFrom('occurrences')
    .select(['id', 'name', 'state', 'reason'])
    .where('cadence_id', '=', of)
    .orderBy('due_at')
    .execute();
}

/** The id of the latest review of a cadence. */
export async function latest(of = cadenceId): Promise<number> {
  const last = (await occurrences(of)).at(-1);
  if (last === undefined) throw new Error('no occurrence was planned');
  return last.id;
}

export async function linesOf(occurrenceId: number) {
  return await listLines(db, workspaceId, occurrenceId);
}

/** The agenda that the cadence would have at its time, of these sources and points. */
export async function agendaOf(
  sources: readonly AgendaSource[],
  { points = [], of = cadenceId }: { points?: readonly string[]; of?: number } = {},
): Promise<Agenda> {
  const local = due.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime();
  return await readAgenda(db, { workspaceId, cadenceId: of, local, dueAt: due }, { points, sources });
}

/** Each line as people would read it, and the names of those who owe it a word. */
export async function read(sources: readonly AgendaSource[], of = cadenceId) {
  const names = new Map([ana, ben, chi].map(({ id, name }) => [id, name]));
  const { lines } = await agendaOf(sources, { of });
  return lines.map(({ title, facts, owedBy }) => ({
    title,
    facts,
    owes: owedBy.map((id) => names.get(id) ?? 'a stranger'),
  }));
}

/** The texts of what was said in the channel and in its threads. */
export async function textsOf(prefix: string): Promise<string[]> {
  return (await listMessages(db, workspaceId))
    .filter(({ dedupeKey }) => dedupeKey.startsWith(prefix))
    .map(({ text }) => text);
}

export const mention = (person: Actor) => `<@${person.slackId}>`;

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.words);
  return result.value;
}
export const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);
