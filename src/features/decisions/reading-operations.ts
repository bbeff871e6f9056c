import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { readSearch, searching } from '../../platform/db/search.ts';
import { findByName } from '../ownership/finding-operations.ts';
import type { Actor } from '../people/core/person.ts';
import { searchAbout } from './about-store.ts';
import type { About, Decision } from './core/decision.ts';
import { type Found, pageLength, type Question } from './core/question.ts';
import { findByWords, listLatest, listOfRock, listOpen, type Sought } from './find-store.ts';
import { findDecision, findStanding, selectDecisions } from './reading-store.ts';

/** More than any company makes. */
const mostInFile = 100_000;

/** Decisions that the actor sees: about a rock by its name, else with these words; the latest first where none are given. */
export async function listDecisions(
  db: Database,
  workspaceId: string,
  actor: Actor,
  question: Question,
  offset: number,
): Promise<Result<Found>> {
  const { text, since, until } = question;
  const rock = text === null ? null : await rockCalled(db, workspaceId, actor, text);
  const startOf = (day: Temporal.PlainDate | null) =>
    day?.toZonedDateTime({ timeZone: actor.timezone }).toInstant() ?? null;
  const sought = {
    rockId: rock?.id ?? null,
    from: startOf(since),
    until: startOf(until?.add({ days: 1 }) ?? null),
  };
  const page = { limit: pageLength + 1, offset };
  const decisions =
    text === null || rock !== null
      ? accepted(await listLatest(db, workspaceId, actor.id, sought, page))
      : await byWords(db, workspaceId, actor, text, sought, page);
  if (!decisions.ok) return decisions;
  return accepted({
    question,
    rock,
    decisions: decisions.value.slice(0, pageLength),
    today: await todayOf(db, workspaceId, actor),
    offset,
    hasMore: decisions.value.length > pageLength,
  });
}

async function byWords(
  db: Database,
  workspaceId: string,
  actor: Actor,
  text: string,
  sought: Sought,
  page: { limit: number; offset: number },
): Promise<Result<Decision[]>> {
  const search = readSearch(text);
  if (!search.ok) return search;
  return await searching(db, search.value, async (tx, query) =>
    findByWords(tx, workspaceId, actor.id, query, sought, page),
  );
}

async function rockCalled(
  db: Database,
  workspaceId: string,
  actor: Actor,
  text: string,
): Promise<{ id: number; name: string } | null> {
  const answer = await findByName(db, workspaceId, text, actor.id);
  return answer.ok && answer.value.kind === 'card' && answer.value.insteadOf === null
    ? answer.value.card
    : null;
}

/** Every decision that a reader sees, the latest first; null: as Cairn itself does, for an operator's file. */
export async function decisionsFor(
  db: Database,
  workspaceId: string,
  readerId: number | null,
): Promise<Decision[]> {
  return await selectDecisions(db, workspaceId, readerId, { where: sql`true`, limit: mostInFile });
}

/** What waits to be decided, the most pressing first. */
export async function listQueue(
  db: Database,
  workspaceId: string,
  actor: Actor,
  offset: number,
): Promise<{ decisions: Decision[]; today: Temporal.PlainDate; offset: number; hasMore: boolean }> {
  const found = await listOpen(db, workspaceId, actor.id, 'all', { limit: pageLength + 1, offset });
  return {
    decisions: found.slice(0, pageLength),
    today: await todayOf(db, workspaceId, actor),
    offset,
    hasMore: found.length > pageLength,
  };
}

/** Open decisions that the actor drives or approves, the most pressing first; one more than `most` where there are more. */
export async function decisionsOf(
  db: Database,
  workspaceId: string,
  actor: Actor,
  most: number,
): Promise<Decision[]> {
  return await listOpen(db, workspaceId, actor.id, { personId: actor.id }, { limit: most + 1, offset: 0 });
}

/** One decision with the day where the actor is. Refuses what they do not see as what is not there. */
export async function readDecision(
  db: Database,
  workspaceId: string,
  actor: Actor,
  by: { id: number } | { number: number },
): Promise<Result<{ decision: Decision; today: Temporal.PlainDate }>> {
  const decision = await findDecision(db, workspaceId, by, actor.id);
  if (decision !== undefined) return accepted({ decision, today: await todayOf(db, workspaceId, actor) });
  const named = 'number' in by ? `decision ${by.number}` : 'that decision';
  return refused('unknown', `I don't know ${named}. \`/decide list\` has the latest.`);
}

export type Standing = Pick<Decision, 'state' | 'lookAgainOn'>;

/** How a decision stands, for what is done and shown to nobody. */
export async function standingOf(
  db: Database,
  workspaceId: string,
  decisionId: number,
): Promise<Standing | undefined> {
  return await findStanding(db, workspaceId, decisionId);
}

/** How far back a brief looks for decisions. */
const briefDays = 180;
const mostInBrief = 5;

/** What was decided about a rock in the last 180 days and everybody may read, the latest first, for a brief. */
export async function decisionsOfRock(
  db: Database,
  workspaceId: string,
  rockId: number,
  now: Temporal.Instant,
): Promise<{ question: string; outcome: string; at: Temporal.Instant }[]> {
  const since = now.subtract({ hours: briefDays * 24 });
  return await listOfRock(db, workspaceId, rockId, since, mostInBrief);
}

const mostOffered = 20;

/** What a decision can be about, of what the actor sees and is called like this. */
export async function offerAbout(
  db: Database,
  workspaceId: string,
  actor: Actor,
  typed: string,
): Promise<About[]> {
  const text = typed.trim().slice(0, 80);
  return text === '' ? [] : await searchAbout(db, workspaceId, text, actor.id, mostOffered);
}

async function todayOf(db: Database, workspaceId: string, actor: Actor): Promise<Temporal.PlainDate> {
  return (await companyNow(db, workspaceId)).toZonedDateTimeISO(actor.timezone).toPlainDate();
}
