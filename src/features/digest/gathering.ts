import type { Temporal } from 'temporal-polyfill';
import { dateWords, dayWords } from '../../platform/core/time-words.ts';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { isOver, leastTeam } from '../ownership/load/core/load.ts';
import { readLoads } from '../ownership/load/operations.ts';
import { lineOf } from '../strategy/operations.ts';
import { listChanges } from './change-store.ts';
import { changeLines } from './core/change-lines.ts';
import type { Figures, Gathered, Line, Section } from './core/digest.ts';
import {
  countHealth,
  type DigestIntent,
  type DigestKeyResult,
  healthSums,
  intentLines,
  riskLines,
  strategySums,
} from './core/okr-lines.ts';
import { quietWords } from './core/quiet.ts';
import {
  coverageSums,
  type DigestTeam,
  gapLines,
  loadLines,
  loadSums,
  overdueLines,
  overdueSums,
  spreadOf,
} from './core/standing-lines.ts';
import { weigh } from './core/weigh.ts';
import { findStrategy, listKeyResults } from './okr-store.ts';
import { countCoverage, listCriticalGaps, listOverdue, listPeople } from './standing-store.ts';
import { listCourse } from './store.ts';

/** A first digest tells of so many days. */
const firstDays = 7;
/** A picture over time shows so many digests: a quarter's. */
const mostInCourse = 13;

/** What each of them carries, for product operations alone. */
export type PersonLoad = { name: string; load: number; limit: number };
export type WithLoads = { gathered: Gathered; loads: PersonLoad[] };

/**
 * What a digest says now of what everybody in the workspace may see: since the last one of the cadence that was sent, or,
 * without a cadence, of any. Some twenty statements, however large the company is.
 */
export async function gather(
  db: Database,
  workspaceId: string,
  cadenceId: number | null,
): Promise<WithLoads> {
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const past = await listCourse(db, workspaceId, cadenceId, mostInCourse - 1);
  const since = past.at(-1)?.gatheredAt ?? now.subtract({ hours: 24 * firstDays });
  const keyResults = await listKeyResults(db, workspaceId, { on: today, since });
  const { version, intents } = await readStrategy(db, workspaceId, keyResults);
  const { teams, loads } = await readTeams(db, workspaceId);
  const coverage = await countCoverage(db, workspaceId, now);
  const overdue = await listOverdue(db, workspaceId, today);
  const decisions = overdue.filter(({ what }) => what === 'decision').length;
  const figures: Figures = {
    on: today.toString(),
    health: countHealth(keyResults),
    coverage,
    overdue: { decisions, actions: overdue.length - decisions },
  };
  const telling: Line[] = [
    ...changeLines(await listChanges(db, workspaceId, since)),
    ...riskLines(keyResults, today),
    ...gapLines(await listCriticalGaps(db, workspaceId)),
    ...loadLines(teams),
    ...overdueLines(overdue, today),
  ];
  const publishedOn = version === null ? '' : dayWords(version.publishedAt, zone);
  const sums: Partial<Record<Section, string | undefined>> = {
    strategy: strategySums(version === null ? null : { ...version, publishedOn }, intents),
    health: healthSums(figures.health, past.at(-1)?.figures.health ?? null),
    coverage: coverageSums(coverage),
    load: loadSums(teams),
    overdue: overdueSums(figures.overdue),
  };
  const isQuiet = telling.length === 0;
  const gathered: Gathered = {
    at: now.toString(),
    since: since.toString(),
    ...(isQuiet ? { named: [], left: [] } : weigh([...intentLines(intents), ...telling])),
    sums: Object.fromEntries(Object.entries(sums).filter(([, words]) => words !== undefined)),
    quiet: isQuiet ? quietWords(figures, dateWords(since.toZonedDateTimeISO(zone).toPlainDate())) : null,
    figures,
    course: [
      ...past.map(({ figures: { on, health } }) => ({ on, health })),
      { on: figures.on, health: figures.health },
    ],
    spread: spreadOf(loads),
  };
  return { gathered, loads };
}

async function readStrategy(
  db: Database,
  workspaceId: string,
  keyResults: readonly DigestKeyResult[],
): Promise<{ version: { number: number; publishedAt: Temporal.Instant } | null; intents: DigestIntent[] }> {
  const { version, lines } = await findStrategy(db, workspaceId);
  const served = await lineOf(db, workspaceId, [
    ...new Set(keyResults.map(({ objectiveId }) => objectiveId)),
  ]);
  const intentOf = new Map(lines.map(({ id, parentId }) => [id, parentId ?? id]));
  const byIntent = Map.groupBy(keyResults, ({ objectiveId }) =>
    intentOf.get(served.get(objectiveId)?.lineId ?? 0),
  );
  const intents = lines
    .filter(({ parentId }) => parentId === null)
    .map(({ id, title }) => ({ id, title, keyResults: byIntent.get(id) ?? [] }));
  return { version, intents };
}

async function readTeams(
  db: Database,
  workspaceId: string,
): Promise<{ teams: DigestTeam[]; loads: PersonLoad[] }> {
  const { people, teams } = await listPeople(db, workspaceId, leastTeam);
  const loads = await readLoads(
    db,
    workspaceId,
    people.map(({ id }) => id),
  );
  const overIn = (members: readonly number[]): number =>
    members.filter((id) => {
      const load = loads.get(id);
      return load !== undefined && isOver(load);
    }).length;
  return {
    teams: teams.map(({ id, name, members }) => ({
      id,
      name,
      people: members.length,
      over: overIn(members),
    })),
    loads: people.flatMap(({ id, name }) => {
      const load = loads.get(id);
      return load === undefined ? [] : [{ name, load: load.load, limit: load.limit }];
    }),
  };
}
