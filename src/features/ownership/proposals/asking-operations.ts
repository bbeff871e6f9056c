import type { Temporal } from 'temporal-polyfill';
import { nextMorning, reminderAt } from '../../../cadence/core/morning.ts';
import { markHomes } from '../../../delivery/homes.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { postpone, resay, sayAll, unsay, unsayUnsent } from '../../daily/operations.ts';
import { readWorksOn, type WorkingLife } from '../../people/working-days.ts';
import { askedAnewBlocks, nudgeBlocks, questionBlocks } from './blocks.ts';
import { daysBetween } from './core/proposal.ts';
import { shownOf } from './following-operations.ts';
import { proposalKey, proposalNudgeKey } from './keys.ts';
import { listLeft, listMoved, listToAsk, saveAsked, type ToAsk, takeOver } from './store.ts';

/** Whether somebody is to be asked now: read without a lock, with each heartbeat. */
export async function hasToAsk(db: Database, workspaceId: string): Promise<boolean> {
  const now = await companyNow(db, workspaceId);
  return (await listToAsk(db, workspaceId, now, daysBetween)).length > 0;
}

/**
 * Asks those who have not been asked and whom the workspace may tell something, each on their next working morning in
 * their own zone, as part of their message of that day, with one reminder a working day later.
 */
export async function askProposals(tx: Tx, workspaceId: string): Promise<void> {
  const now = await companyNow(tx, workspaceId);
  const all = await listToAsk(tx, workspaceId, now, daysBetween);
  const lives = await readWorksOn(
    tx,
    workspaceId,
    all.map(({ personId }) => personId),
    now,
  );
  for (const asked of all) {
    const life = lives.get(asked.personId);
    const at = life === undefined ? null : nextMorning(now, life.timezone, life.worksOn);
    if (life !== undefined && at !== null) await ask(tx, workspaceId, asked, { now, at, life });
  }
  await markHomes(
    tx,
    workspaceId,
    all.map(({ personId }) => personId),
  );
}

async function ask(
  tx: Tx,
  workspaceId: string,
  { id, personId, previousId, standing: before }: ToAsk,
  { now, at, life }: { now: Temporal.Instant; at: Temporal.Instant; life: WorkingLife },
): Promise<void> {
  const standing = previousId === null ? before : await takeOver(tx, previousId, id, now);
  if (previousId !== null) await askAnew(tx, workspaceId, previousId);
  const nudgeAt = reminderAt(at, life.timezone, life.worksOn);
  await saveAsked(tx, id, { at, nudgeAt, shown: shownOf(standing) });
  const left = await listLeft(tx, id);
  // Said on a working day and not while they are away, also where they go away after this.
  const common = { workspaceId, personId, isNudge: true };
  await sayAll(tx, [
    { ...common, key: proposalKey(id), at, content: questionBlocks(id, standing, left) },
    ...(nudgeAt === null
      ? []
      : [{ ...common, key: proposalNudgeKey(id), at: nudgeAt, content: nudgeBlocks(id, standing.left) }]),
  ]);
  await recordEvent(tx, {
    workspaceId,
    at: now,
    doer: { kind: 'clock' },
    type: 'proposals.asked',
    subject: { kind: 'proposal', id },
    before: null,
    after: { person: personId, rocks: left.map(({ rockId }) => rockId), asked: at.toString() },
  });
}

/** Where a question comes on another day, since they are away, its reminder comes a working day after that one. */
export async function followMoved(tx: Tx, workspaceId: string): Promise<void> {
  const moved = await listMoved(tx, workspaceId);
  const ids = moved.map(({ personId }) => personId);
  const lives = await readWorksOn(tx, workspaceId, ids, await companyNow(tx, workspaceId));
  for (const { id, personId, shown, at } of moved) {
    const life = lives.get(personId);
    const nudgeAt = life === undefined ? null : reminderAt(at, life.timezone, life.worksOn);
    await saveAsked(tx, id, { at, nudgeAt, shown });
    const nudge = [proposalNudgeKey(id)];
    if (nudgeAt === null) await unsayUnsent(tx, workspaceId, nudge, 'the person is away');
    else await postpone(tx, workspaceId, nudge, nudgeAt);
  }
}

/** The question before says where its rest is asked now. */
async function askAnew(tx: Tx, workspaceId: string, previousId: number): Promise<void> {
  const [key, nudge] = [proposalKey(previousId), proposalNudgeKey(previousId)];
  await unsayUnsent(tx, workspaceId, [key], 'asked anew');
  await unsay(tx, workspaceId, [nudge], 'What is left is asked in a newer message.');
  await resay(tx, workspaceId, key, askedAnewBlocks());
}
