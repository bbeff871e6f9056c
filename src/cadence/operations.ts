import type { Temporal } from 'temporal-polyfill';
import { nearest } from '../platform/core/edit-distance.ts';
import { accepted, type Refusal, type Result, refused } from '../platform/core/result.ts';
import { companyNow } from '../platform/db/company-time.ts';
import type { Database } from '../platform/db/database.ts';
import { inline } from '../platform/slack/mrkdwn.ts';
import { ruleOfCadence, shortWordsOfCadence, wordsOfCadence } from './cadence-rule.ts';
import {
  findCadenceById,
  findTaken,
  listCadenceRows,
  listKeys,
  listOfRitual,
  listPausedRows,
} from './cadence-store.ts';
import { type ConcernedCadence, listConcerning } from './concern-store.ts';
import type { Cadence, CadenceCard, Happening, ListedCadence } from './core/cadence.ts';
import { nextHeld, upcomingTimes } from './core/upcoming.ts';
import { readDaysOff } from './days-off.ts';
import { listOccurrences } from './history-store.ts';

/** As many as a list shows; the rest is counted. */
const mostListed = 20;
const timesShown = 5;
const historyPage = 10;

/** What comes next, in order, and what is paused or has ended. Everybody may look. */
export async function listCadences(
  db: Database,
  workspaceId: string,
): Promise<{ now: Temporal.Instant; total: number; cadences: ListedCadence[] }> {
  const now = await companyNow(db, workspaceId);
  const { cadences, total } = await listCadenceRows(db, workspaceId, mostListed);
  const taken = await findTaken(
    db,
    cadences.map(({ id }) => id),
    now,
  );
  const dayOff = await readDaysOff(db, workspaceId);
  const listed = cadences.map((cadence) => {
    const given = { taken: taken.get(cadence.id) ?? [], lastDay: cadence.cycleEndsOn };
    const next = cadence.state === 'active' ? nextHeld(ruleOfCadence(cadence, dayOff), now, given) : null;
    return { cadence, words: shortWordsOfCadence(cadence), next: next?.at ?? null };
  });
  return { now, total, cadences: listed };
}

/** Active cadences that concern somebody, the soonest first: of their teams, of teams that they lead, of key results they own. */
export async function cadencesOf(
  db: Database,
  workspaceId: string,
  personId: number,
  limit: number,
): Promise<ConcernedCadence[]> {
  return await listConcerning(db, workspaceId, personId, limit);
}

/** Paused cadences with why they are; the first few. */
export async function listPaused(
  db: Database,
  workspaceId: string,
): Promise<{ key: string; channel: Cadence['channel']; reason: string | null }[]> {
  const rows = await listPausedRows(db, workspaceId, mostListed);
  return rows.map(({ key, channel, pauseReason }) => ({ key, channel, reason: pauseReason }));
}

/** The id of the cadence that a key names, without regard to case and hyphens; refuses with the nearest one. */
export async function findCadence(db: Database, workspaceId: string, typed: string): Promise<Result<number>> {
  const keys = await listKeys(db, workspaceId);
  const plain = (key: string) => key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const found = keys.find(({ key }) => key === typed) ?? keys.find(({ key }) => plain(key) === plain(typed));
  if (found !== undefined) return accepted(found.id);
  const meant = nearest(
    typed.slice(0, 80),
    keys.map(({ key }) => key),
  );
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return refused(
    'unknown-cadence',
    `I don't know a cadence called “${inline(typed.slice(0, 80))}”.${guess} \`/cadence list\` shows them all.`,
  );
}

/** The only cadence there is, for whoever names none. */
export async function findOnlyCadence(db: Database, workspaceId: string): Promise<number | undefined> {
  const [only, ...more] = await listKeys(db, workspaceId);
  return more.length === 0 ? only?.id : undefined;
}

/** The cadences that hold a ritual and have not ended, by key. `channel` null: a private one, whose name few may read. */
export async function listHolding(
  db: Database,
  workspaceId: string,
  ritual: string,
): Promise<{ key: string; channel: string | null }[]> {
  const rows = await listOfRitual(db, workspaceId, ritual);
  return rows.map(({ key, channel, isPrivate }) => ({ key, channel: isPrivate ? null : channel }));
}

/** One cadence in words, with its next five times. Everybody may look. */
export async function readCadence(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Result<CadenceCard>> {
  const cadence = await findCadenceById(db, workspaceId, id);
  if (cadence === undefined) return gone;
  const now = await companyNow(db, workspaceId);
  const taken = (await findTaken(db, [id], now)).get(id) ?? [];
  const rule = ruleOfCadence(cadence, await readDaysOff(db, workspaceId));
  const times = upcomingTimes(rule, now, timesShown, { taken, lastDay: cadence.cycleEndsOn });
  return accepted({ cadence, words: wordsOfCadence(cadence), now, times });
}

/** What was held, skipped and missed, and why; the latest first, a page of it. Everybody may look. */
export async function listHistory(
  db: Database,
  workspaceId: string,
  id: number,
  beforeId: number | null = null,
): Promise<Result<{ cadence: Cadence; now: Temporal.Instant; happenings: Happening[]; hasMore: boolean }>> {
  const cadence = await findCadenceById(db, workspaceId, id);
  if (cadence === undefined) return gone;
  const rows = await listOccurrences(db, workspaceId, id, { beforeId, limit: historyPage + 1 });
  const happenings = rows.slice(0, historyPage);
  const now = await companyNow(db, workspaceId);
  return accepted({ cadence, now, happenings, hasMore: rows.length > historyPage });
}

export const gone: Refusal = refused('gone', 'That cadence is not there any more.');
