import { Temporal } from 'temporal-polyfill';
import { isAwayOn } from '../../cadence/core/asking.ts';
import type { DayOff } from '../../cadence/core/rule.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import type { Owed } from '../okrs/core/owed.ts';
import { keyResultsById } from '../okrs/operations.ts';
import { showRuns } from './closing-operations.ts';
import { addUnasked, listLeft } from './leaving/store.ts';
import { askInstead, movedAt, redrawPrompt } from './moving.ts';
import { dropItems, listOpenItems, markAway } from './moving-store.ts';
import { listReachable, lockRun, type Reachable } from './run-store.ts';
import { listOpenPrompts, type PromptRow } from './store.ts';

/**
 * Somebody is or will be away: what open check-ins ask them then, and is not answered, goes to the backups; what nobody
 * can stand in for waits for them, and they count as away and not as missing. In the caller's transaction, which has
 * saved the absence. Gives how many prompts that were.
 */
export async function passPrompts(
  tx: Tx,
  workspaceId: string,
  personId: number,
  at: Temporal.Instant,
): Promise<number> {
  return await pass(tx, workspaceId, personId, at, (person, askedAt) =>
    isAwayAt(person, laterOf(askedAt, at)),
  );
}

/** The same of somebody who has left: whatever it is, and for good. */
export async function passPromptsOfLeaver(
  tx: Tx,
  workspaceId: string,
  personId: number,
  at: Temporal.Instant,
): Promise<number> {
  return await pass(tx, workspaceId, personId, at, () => true);
}

/** What became of what a cadence asked somebody who has left it. */
export type PassedOn = {
  passed: { to: Reachable; count: number }[];
  /** Of so many key results nobody is asked any more; these are their teams, and the occurrences. */
  unasked: number;
  teamIds: number[];
  occurrenceIds: number[];
};

/** Somebody has left a ritual: what it asks them now goes to the backups, and the rest is asked of nobody. */
export async function passPromptsOfCadence(
  tx: Tx,
  workspaceId: string,
  { personId, cadenceId }: { personId: number; cadenceId: number },
  at: Temporal.Instant,
): Promise<PassedOn> {
  const rows = (await listOpenPrompts(tx, workspaceId, { personId })).filter(
    (row) => row.cadenceId === cadenceId,
  );
  const outcome: PassedOn = { passed: [], unasked: 0, teamIds: [], occurrenceIds: [] };
  const asked = await keyResultsById(tx, workspaceId, [...new Set(rows.flatMap((row) => row.keyResultIds))]);
  const people = await peopleOf(tx, workspaceId, personId, asked, at);
  const common = { workspaceId, personId, people, at, dayOff: await readDaysOff(tx, workspaceId) };
  for (const row of rows) {
    const run = await lockRun(tx, row.occurrenceId);
    if (run?.standing !== 'open') continue;
    const open = new Set(await listOpenItems(tx, row.id));
    const own = asked.filter(({ id }) => open.has(id));
    const passing = { ...common, zone: people.get(personId)?.timezone ?? 'UTC', row };
    const left = new Set((await listLeft(tx, workspaceId, [cadenceId])).map(({ person }) => person.id));
    const { passed, rest } = await askBackups(tx, passing, own, left);
    await dropItems(
      tx,
      row.id,
      rest.map(({ id }) => id),
    );
    await addUnasked(tx, row.occurrenceId, rest.length);
    outcome.passed.push(...passed.map(({ to, keyResults }) => ({ to, count: keyResults.length })));
    outcome.unasked += rest.length;
    outcome.teamIds.push(...rest.flatMap(({ teamId }) => teamId ?? []));
    outcome.occurrenceIds.push(row.occurrenceId);
    await redrawPrompt(tx, workspaceId, row.occurrenceId, personId);
    await showRuns(tx, [row.occurrenceId]);
  }
  return outcome;
}

async function pass(
  tx: Tx,
  workspaceId: string,
  personId: number,
  at: Temporal.Instant,
  isGone: (person: Reachable, askedAt: Temporal.Instant) => boolean,
): Promise<number> {
  const rows = await listOpenPrompts(tx, workspaceId, { personId });
  if (rows.length === 0) return 0;
  const asked = await keyResultsById(tx, workspaceId, [...new Set(rows.flatMap((row) => row.keyResultIds))]);
  const people = await peopleOf(tx, workspaceId, personId, asked, at);
  const absent = people.get(personId);
  const passing = { workspaceId, personId, people, at, dayOff: await readDaysOff(tx, workspaceId) };
  let passed = 0;
  for (const row of rows) {
    if (absent !== undefined && !isGone(absent, row.askedAt ?? row.dueAt)) continue;
    const run = await lockRun(tx, row.occurrenceId);
    if (run?.standing !== 'open') continue;
    const open = new Set(await listOpenItems(tx, row.id));
    if (open.size === 0) continue;
    await passOne(
      tx,
      { ...passing, zone: absent?.timezone ?? 'UTC', row },
      asked.filter(({ id }) => open.has(id)),
    );
    passed += 1;
  }
  return passed;
}

/** The person and the backups, as far as they can be asked. */
async function peopleOf(
  tx: Tx,
  workspaceId: string,
  personId: number,
  asked: readonly Owed[],
  at: Temporal.Instant,
): Promise<Map<number, Reachable>> {
  const ids = [personId, ...asked.flatMap(({ backupId }) => (backupId === null ? [] : [backupId]))];
  const since = at.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const reachable = await listReachable(tx, workspaceId, [...new Set(ids)], since);
  return new Map(reachable.map((person) => [person.id, person]));
}

type Passing = {
  workspaceId: string;
  personId: number;
  row: PromptRow;
  zone: string;
  people: ReadonlyMap<number, Reachable>;
  at: Temporal.Instant;
  dayOff: DayOff;
};

async function passOne(tx: Tx, passing: Passing, keyResults: readonly Owed[]): Promise<void> {
  const { workspaceId, personId, row, at } = passing;
  const { occurrenceId } = row;
  await markAway(tx, row.id, at);
  const left = await listLeft(tx, workspaceId, [row.cadenceId]);
  const { passed } = await askBackups(tx, passing, keyResults, new Set(left.map(({ person }) => person.id)));
  await redrawPrompt(tx, workspaceId, occurrenceId, personId);
  await showRuns(tx, [occurrenceId]);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: { kind: 'person', personId },
    type: 'check-in.passed-on',
    subject: { kind: 'occurrence', id: occurrenceId },
    before: { asked: personId, keyResults: keyResults.map(({ id }) => id) },
    after: { asked: passed.map(({ to, keyResults: ids }) => ({ id: to.id, keyResults: ids })) },
  });
}

/** Asks who can stand in, unless they have left the ritual themselves; gives what nobody can be asked about as well. */
async function askBackups(
  tx: Tx,
  passing: Passing,
  keyResults: readonly Owed[],
  left: ReadonlySet<number>,
): Promise<{ passed: { to: Reachable; keyResults: number[] }[]; rest: Owed[] }> {
  const byBackup = Map.groupBy(keyResults, (keyResult) => {
    const backup = standIn(passing, keyResult);
    return backup === null || left.has(backup.id) ? null : backup;
  });
  const passed: { to: Reachable; keyResults: number[] }[] = [];
  for (const [to, own] of byBackup) {
    if (to === null) continue;
    const keyResultIds = own.map(({ id }) => id);
    await askInstead(tx, { ...passing, to, keyResultIds });
    passed.push({ to, keyResults: keyResultIds });
  }
  return { passed, rest: byBackup.get(null) ?? [] };
}

/** The backup of a key result, if they can be asked by then. */
function standIn(passing: Passing, { backupId }: Owed): Reachable | null {
  const backup = backupId === null ? undefined : passing.people.get(backupId);
  if (backup === undefined || backup.id === passing.personId) return null;
  return isAwayAt(backup, movedAt({ ...passing, to: backup })) ? null : backup;
}

function isAwayAt(person: Reachable, at: Temporal.Instant): boolean {
  return isAwayOn(person, at.toZonedDateTimeISO(person.timezone).toPlainDate());
}

function laterOf(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
