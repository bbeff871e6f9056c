import { Temporal } from 'temporal-polyfill';
import { isAwayOn } from '../../cadence/core/asking.ts';
import type { DayOff } from '../../cadence/core/rule.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import type { Owed } from '../okrs/core/owed.ts';
import { keyResultsById } from '../okrs/operations.ts';
import { showRuns } from './closing-operations.ts';
import { askInstead, movedAt, redrawPrompt } from './moving.ts';
import { listOpenItems, markAway } from './moving-store.ts';
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
  const ids = [personId, ...asked.flatMap(({ backupId }) => (backupId === null ? [] : [backupId]))];
  const since = at.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const people = new Map(
    (await listReachable(tx, workspaceId, [...new Set(ids)], since)).map((person) => [person.id, person]),
  );
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
  const byBackup = Map.groupBy(keyResults, (keyResult) => standIn(passing, keyResult));
  const passed: { id: number; keyResults: number[] }[] = [];
  for (const [backup, own] of byBackup) {
    if (backup === null) continue;
    const keyResultIds = own.map(({ id }) => id);
    await askInstead(tx, { ...passing, to: backup, keyResultIds });
    passed.push({ id: backup.id, keyResults: keyResultIds });
  }
  await redrawPrompt(tx, workspaceId, occurrenceId, personId);
  await showRuns(tx, [occurrenceId]);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: { kind: 'person', personId },
    type: 'check-in.passed-on',
    subject: { kind: 'occurrence', id: occurrenceId },
    before: { asked: personId, keyResults: keyResults.map(({ id }) => id) },
    after: { asked: passed },
  });
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
