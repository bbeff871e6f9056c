import type { Temporal } from 'temporal-polyfill';
import { type Askable, isAwayOn, nudgeAt, passedAt } from '../../cadence/core/asking.ts';
import type { DayOff } from '../../cadence/core/rule.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import { markHomes } from '../../delivery/homes.ts';
import { cancelAll, rewrite, tell } from '../../delivery/outbox.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { keyResultsById, type Owed } from '../okrs/operations.ts';
import { nudgeBlocks, promptBlocks } from './blocks.ts';
import { showRuns } from './closing-operations.ts';
import { dayOf } from './core/check-in.ts';
import { promptOf } from './operations.ts';
import {
  addToPrompt,
  countAway,
  deletePrompt,
  lockUntoldPrompts,
  type UntoldPrompt,
} from './passing-store.ts';
import { insertPrompts, listReachable, lockRun } from './run-store.ts';
import { findPrompt } from './store.ts';

/**
 * Somebody will be away: what open check-ins would ask them while they are, and has not been sent yet, goes to the
 * backups, or to nobody where none can be asked then. What they were asked already stays with them, unreminded. In
 * the caller's transaction, which has saved the absence. Gives how many prompts were passed on or dropped.
 */
export async function passPrompts(
  tx: Tx,
  workspaceId: string,
  personId: number,
  at: Temporal.Instant,
): Promise<number> {
  const untold = await lockUntoldPrompts(tx, workspaceId, personId);
  if (untold.length === 0) return 0;
  const keyResults = await keyResultsById(tx, workspaceId, [
    ...new Set(untold.flatMap(({ keyResultIds }) => keyResultIds)),
  ]);
  const ids = [personId, ...keyResults.flatMap(({ backupId }) => (backupId === null ? [] : [backupId]))];
  const since = at.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const people = new Map(
    (await listReachable(tx, workspaceId, [...new Set(ids)], since)).map((person) => [person.id, person]),
  );
  const absent = people.get(personId);
  if (absent === undefined) return 0;
  const dayOff = await readDaysOff(tx, workspaceId);
  const passed = untold.filter(({ askedAt }) => isAwayAt(absent, askedAt));
  for (const prompt of passed) {
    const own = keyResults.filter(({ id }) => prompt.keyResultIds.includes(id));
    await passOne(tx, { workspaceId, prompt, absent, keyResults: own, people, at, dayOff });
  }
  return passed.length;
}

type Passing = {
  workspaceId: string;
  prompt: UntoldPrompt;
  absent: Askable;
  keyResults: Owed[];
  people: ReadonlyMap<number, Askable>;
  at: Temporal.Instant;
  dayOff: DayOff;
};

async function passOne(tx: Tx, passing: Passing): Promise<void> {
  const { workspaceId, prompt, absent, keyResults, people, at } = passing;
  const { occurrenceId } = prompt;
  const run = await lockRun(tx, occurrenceId);
  if (!run.isOpen) return;
  const messageIds = [prompt.messageId, ...(prompt.nudgeMessageId === null ? [] : [prompt.nudgeMessageId])];
  await cancelAll(tx, messageIds, 'the person is away');
  await deletePrompt(tx, prompt.id);
  await countAway(tx, occurrenceId);

  const byBackup = new Map<number, Owed[]>();
  for (const keyResult of keyResults) {
    const backup = keyResult.backupId === null ? undefined : people.get(keyResult.backupId);
    if (backup === undefined || backup.id === absent.id) continue;
    if (isAwayAt(backup, passedAt(prompt, absent.timezone, backup.timezone, at))) continue;
    byBackup.set(backup.id, [...(byBackup.get(backup.id) ?? []), keyResult]);
  }
  for (const [backupId, own] of byBackup) {
    const backup = people.get(backupId);
    if (backup !== undefined)
      await askBackup(
        tx,
        passing,
        backup,
        own.map(({ id }) => id),
      );
  }
  await showRuns(tx, [occurrenceId]);
  await markHomes(tx, workspaceId, [absent.id, ...byBackup.keys()]);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: { kind: 'person', personId: absent.id },
    type: 'check-in.passed-on',
    subject: { kind: 'occurrence', id: occurrenceId },
    before: { asked: absent.id, keyResults: prompt.keyResultIds },
    after: { asked: [...byBackup].map(([id, own]) => ({ id, keyResults: own.map((it) => it.id) })) },
  });
}

async function askBackup(
  tx: Tx,
  { workspaceId, prompt, absent, at, dayOff }: Passing,
  backup: Askable,
  keyResultIds: number[],
): Promise<void> {
  const { occurrenceId, closeAt } = prompt;
  const day = dateWords(dayOf(prompt.occurrenceName));
  if ((await findPrompt(tx, workspaceId, occurrenceId, backup.id)) === undefined) {
    const askedAt = passedAt(prompt, absent.timezone, backup.timezone, at);
    const remindedAt = nudgeAt({ ...prompt, dayOff }, askedAt, backup);
    // Whoever stands in for two who go away one after the other has one prompt; whoever went away as well has had one.
    const key = `${occurrenceId}:${backup.id}:${prompt.id}`;
    const common = {
      workspaceId,
      to: { personId: backup.id },
      ...(closeAt === null ? {} : { expiresAt: closeAt }),
    };
    const messageId = await tell(tx, {
      ...common,
      dedupeKey: `check-in-prompt:${key}`,
      content: promptBlocks({ occurrenceId, items: [] }, day),
      dueAt: askedAt,
    });
    const nudgeMessageId =
      remindedAt === null
        ? null
        : await tell(tx, {
            ...common,
            dedupeKey: `check-in-nudge:${key}`,
            threadOf: messageId,
            content: nudgeBlocks(occurrenceId, day),
            dueAt: remindedAt,
            isNudge: true,
          });
    const asked = { workspaceId, occurrenceId, personId: backup.id, messageId, nudgeMessageId, keyResultIds };
    await insertPrompts(tx, [asked]);
  } else {
    await addToPrompt(tx, workspaceId, occurrenceId, backup.id, keyResultIds);
  }
  const row = await findPrompt(tx, workspaceId, occurrenceId, backup.id);
  if (row === undefined) throw new Error(`person ${backup.id} was just asked in ${occurrenceId} and is not`);
  await rewrite(tx, row.messageId, promptBlocks(await promptOf(tx, workspaceId, row), day));
}

function isAwayAt(person: Askable, at: Temporal.Instant): boolean {
  return isAwayOn(person, at.toZonedDateTimeISO(person.timezone).toPlainDate());
}
