import { sql } from 'kysely';
import pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { daysOffAfter } from '../cadence/calendar-import.ts';
import { dayOffIn, getDaysOff } from '../cadence/days-off.ts';
import { findLateCadences } from '../cadence/import-checks.ts';
import { loadPlaces, noPlaces } from '../cadence/places.ts';
import { presentCycles, presentObjectives } from '../features/okrs/import.ts';
import { presentNames } from '../features/ownership/import.ts';
import { presentPeople } from '../features/people/import.ts';
import { matchPeople, type PersonPlan } from '../features/people/import-matching.ts';
import { presentTeams } from '../features/people/import-teams.ts';
import { presentPages } from '../features/playbook/import.ts';
import { presentAccounts } from '../features/research/import.ts';
import { presentLines } from '../features/strategy/import.ts';
import { companyNow, turnCompanyClock } from '../platform/db/company-time.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { dayOf } from '../platform/db/import-days.ts';
import type { Importing } from '../platform/db/importing.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { isMap } from '../platform/file/entries.ts';
import { type Finding, pathWords, shown } from '../platform/file/finding.ts';
import { readCairnFile } from './cairn-file/read.ts';
import { differenceLines } from './difference.ts';
import { type CompanyFile, exportCompany } from './export.ts';
import { type Tallies, writeKinds } from './import-kinds.ts';
import type { Converted, Foreign } from './sources/foreign.ts';
import { type ChosenWorkspace, ensureWorkspace } from './workspace.ts';

export type ImportOutcome =
  /**
   * `notes` are lines about what was imported otherwise than somebody may expect; `difference` says of a dry run what
   * it would change, line by line.
   */
  | { kind: 'done'; tallies: Tallies; notes: string[]; difference: string[] }
  | { kind: 'refused'; findings: Finding[] };

export type ImportOptions = {
  workspace: ChosenWorkspace;
  timezone: string;
  /** What the clock of a new workspace shows before anything is written; absent: the database's time. */
  clockAt?: Temporal.Instant;
  dryRun: boolean;
  overwrite: boolean;
  /** Whether the file knows a part of things only: what it leaves out stays as it is. */
  isPartial?: boolean;
};

/** The plain value of a file, and what was wrong with it already. */
export type Parsed = { value: unknown; findings: readonly Finding[] };

const tries = 3;
const longestThoughtMs = 120_000;

/** Carries what is known at the end of a transaction that must leave nothing behind. */
class RollBack extends Error {
  readonly outcome: ImportOutcome;
  constructor(outcome: ImportOutcome) {
    super('rolled back on purpose');
    this.outcome = outcome;
  }
}

/**
 * Imports a parsed cairn.yaml in one transaction: all of it, or, when anything is wrong with it,
 * nothing. A dry run does the same and takes it back. Imports of one workspace wait for each other.
 */
export async function importFile(
  db: Database,
  parsed: Parsed | Foreign,
  options: ImportOptions,
): Promise<ImportOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(db, async (tx) => {
        const outcome = await importInto(tx, parsed, options);
        if (outcome.kind === 'refused' || options.dryRun) throw new RollBack(outcome);
        return outcome;
      });
    } catch (error) {
      if (error instanceof RollBack) return error.outcome;
      if (attempt >= tries || !isClash(error)) throw error;
    }
  }
}

/** A running bot may meet the same person or rock between our look and our write; the next look sees it. */
function isClash(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505';
}

async function importInto(tx: Tx, parsed: Parsed | Foreign, options: ImportOptions): Promise<ImportOutcome> {
  const { workspace, clockAt, overwrite } = options;
  const workspaceId = workspace.id;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cairn import ${workspaceId}`}, 0))`.execute(tx);
  // Ten thousand rocks take seconds to read, on a busy machine more than a bot may think between two statements.
  await sql`select set_config('idle_in_transaction_session_timeout', ${String(longestThoughtMs)}, true)`.execute(
    tx,
  );
  // A file may bring in cycles that were closed elsewhere; nobody else changes what is closed (migration okr_guards).
  await sql`select set_config('cairn.operator', 'on', true)`.execute(tx);
  await ensureWorkspace(tx, workspace, options.timezone);
  if (workspace.isNew && clockAt !== undefined) await turnCompanyClock(tx, workspaceId, clockAt);

  const at = await companyNow(tx, workspaceId);
  const timezone = await zoneOf(tx, workspaceId);
  const rows = await presentPeople(tx, workspaceId);
  const cycleEnds = await presentCycles(tx, workspaceId);
  const teams = await presentTeams(tx, workspaceId);
  const given: Parsed & Partial<Pick<Converted, 'notes' | 'placeOf'>> =
    'convert' in parsed ? parsed.convert({ people: rows, teams: new Set(teams) }) : parsed;
  const { value } = given;
  const present = {
    people: rows.flatMap(({ handle }) => (handle === null ? [] : [handle])),
    teams,
    cycles: [...cycleEnds.keys()],
    objectives: await presentObjectives(tx, workspaceId),
    lines: await presentLines(tx, workspaceId),
    accounts: await presentAccounts(tx, workspaceId),
    rocks: await presentNames(tx, workspaceId),
    playbook: await presentPages(tx, workspaceId),
    today: dayOf(at, timezone),
    // It takes a moment, and few files say where the company is.
    places: isMap(value) && isMap(value['calendar']) ? await loadPlaces() : noPlaces,
  };
  const findings = [...given.findings];
  const file = readCairnFile(value, present, overwrite, findings);
  const people = matchPeople(file.people, rows, findings);
  const { isPartial = false } = options;
  const importing: Importing = { tx, workspaceId, at, timezone, overwrite, isPartial, kept: [] };
  const daysOff = await getDaysOff(tx, workspaceId);
  const dayOff = await dayOffIn(daysOffAfter(daysOff, file.calendar));
  for (const { key, ends } of file.cycles) cycleEnds.set(key, ends);
  await findLateCadences(importing, file.cadences, { cycleEnds, timezone, dayOff }, findings);
  if (findings.length > 0) return { kind: 'refused', findings: findings.map(placedBy(given)) };
  const handles = new Map(
    people.flatMap(({ handle, row }) => (row === null ? [] : [[row.id, handle] as const])),
  );
  const look = async (): Promise<CompanyFile | null> =>
    options.dryRun ? (await exportCompany(tx, workspaceId, handles)).company : null;
  const before = await look();
  const written = await writeKinds(importing, file, { people, rows, daysOff, dayOff });
  const after = await look();
  const difference = before === null || after === null ? [] : differenceLines(before, after);
  const notes = [...(given.notes ?? []), ...written.notes, ...keptLines(importing)];
  return {
    kind: 'done',
    ...written,
    notes,
    difference: options.dryRun ? [...renamed(people), ...difference] : [],
  };
}

const mostKept = 20;

/** Nobody shall wonder why a file has no effect. */
function keptLines({ kept }: Importing): string[] {
  if (kept.length === 0) return [];
  const more = kept.length - mostKept;
  const listed = kept.slice(0, mostKept).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return [`Stays as people made it in Slack: ${listed}. --overwrite takes what the file says.`];
}

/** Says where in another program's file a finding is. */
function placedBy({ placeOf }: Partial<Pick<Converted, 'placeOf'>>): (finding: Finding) => Finding {
  return (finding) => {
    const place = finding.place ?? placeOf?.(finding.path);
    return place === undefined ? finding : { ...finding, place };
  };
}

/** Whom the file gives a short name who is known to Slack alone so far, or was called otherwise. */
function renamed(people: readonly PersonPlan[]): string[] {
  return people.flatMap(({ handle, row }) =>
    row === null || row.handle === handle
      ? []
      : [
          `~ ${pathWords(['people', handle])} is ${shown(row.name)}, who has ${row.handle === null ? 'no short name' : `the short name ${shown(row.handle)}`} yet`,
        ],
  );
}

async function zoneOf(tx: Tx, workspaceId: string): Promise<string> {
  const row = await tx
    .selectFrom('workspaces')
    .select('timezone')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.timezone;
}
