import type { Temporal } from 'temporal-polyfill';
import { passedAt } from '../../cadence/core/asking.ts';
import type { DayOff } from '../../cadence/core/rule.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import { markHomes } from '../../delivery/homes.ts';
import type { Tx } from '../../platform/db/database.ts';
import { resay, unsayUnsent } from '../daily/operations.ts';
import { askAll } from './asking.ts';
import { isComplete } from './core/check-in.ts';
import { nudgeKey, promptKey } from './keys.ts';
import { listOpenItems, moveItems } from './moving-store.ts';
import { nudgeAnsweredBlocks, promptBlocks } from './prompt-blocks.ts';
import { promptOf } from './reading.ts';
import { insertPrompts, listReachable, type Reachable } from './run-store.ts';
import { findPrompt, type PromptRow } from './store.ts';

/** What an open check-in asked of one person, and who is to answer it instead. */
export type Moving = {
  workspaceId: string;
  row: PromptRow;
  /** The zone in which the first one was to be asked. */
  zone: string;
  to: Reachable;
  keyResultIds: readonly number[];
  at: Temporal.Instant;
  dayOff: DayOff;
};

/** When somebody is asked what another one was, or was to be, asked. */
export function movedAt({ row, zone, to, at }: Omit<Moving, 'keyResultIds'>): Temporal.Instant {
  const { dueAt, closeAt } = row;
  return passedAt({ askedAt: row.askedAt ?? row.dueAt, dueAt, closeAt }, zone, to.timezone, at);
}

/** Asks somebody else, in the same check-in: with what they are asked there already, where there is such. */
export async function askInstead(tx: Tx, moving: Moving): Promise<void> {
  const { workspaceId, row, to, keyResultIds, dayOff } = moving;
  const { occurrenceId } = row;
  const askedAt = movedAt(moving);
  if ((await findPrompt(tx, workspaceId, occurrenceId, to.id)) === undefined) {
    await insertPrompts(tx, [{ workspaceId, occurrenceId, personId: to.id, askedAt, keyResultIds: [] }]);
  }
  await moveItems(tx, occurrenceId, keyResultIds, to.id);
  const own = await findPrompt(tx, workspaceId, occurrenceId, to.id);
  if (own === undefined) throw new Error(`person ${to.id} was just asked in ${occurrenceId} and is not`);
  await askOne(tx, { workspaceId, row: own, person: to, askedAt, dayOff });
}

/**
 * Asks somebody again what had left them and is theirs again, and reminds them of it: at their own time, where that has not
 * come yet. Whoever is away then, or is asked nothing any more, is left alone.
 */
export async function askAgain(
  tx: Tx,
  {
    workspaceId,
    occurrenceId,
    personId,
    at,
  }: {
    workspaceId: string;
    occurrenceId: number;
    personId: number;
    at: Temporal.Instant;
  },
): Promise<void> {
  const row = await findPrompt(tx, workspaceId, occurrenceId, personId);
  const since = at.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const [person] = await listReachable(tx, workspaceId, [personId], since);
  if (row === undefined || person === undefined) return;
  if (row.standing !== 'open' || row.isAway || (await listOpenItems(tx, row.id)).length === 0) return;
  const askedAt = laterOf(row.askedAt ?? row.dueAt, at);
  await askOne(tx, { workspaceId, row, person, askedAt, dayOff: await readDaysOff(tx, workspaceId) });
}

async function askOne(
  tx: Tx,
  given: {
    workspaceId: string;
    row: PromptRow;
    person: Reachable;
    askedAt: Temporal.Instant;
    dayOff: DayOff;
  },
): Promise<void> {
  const { workspaceId, row, person, dayOff } = given;
  // Whoever asked to be left alone until then is.
  const askedAt = laterOf(given.askedAt, row.snoozedUntil ?? given.askedAt);
  const prompt = await promptOf(tx, workspaceId, row);
  const { beginsAt, closeAt, nudgeAfter } = row;
  const span = { workspaceId, beginsAt, closeAt, nudgeAfter, dayOff };
  await askAll(tx, [{ prompt, person, askedAt, span }]);
  await resay(tx, workspaceId, promptKey(row.occurrenceId, person.id), promptBlocks(prompt));
}

function laterOf(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return one.epochNanoseconds < other.epochNanoseconds ? other : one;
}

/** Lets somebody's own message say what they are still asked; who is not asked any more is not reminded either. */
export async function redrawPrompt(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
  personId: number,
): Promise<void> {
  const row = await findPrompt(tx, workspaceId, occurrenceId, personId);
  if (row === undefined) return;
  const prompt = await promptOf(tx, workspaceId, row);
  const keys = [promptKey(occurrenceId, personId), nudgeKey(occurrenceId, personId)] as const;
  if (row.isAway || isComplete(prompt.items)) {
    await unsayUnsent(tx, workspaceId, keys, row.isAway ? 'the person is away' : 'nothing is left to answer');
    await resay(tx, workspaceId, keys[1], nudgeAnsweredBlocks(prompt));
  }
  await resay(tx, workspaceId, keys[0], promptBlocks(prompt));
  await markHomes(tx, workspaceId, [personId]);
}
