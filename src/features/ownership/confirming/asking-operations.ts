import type { Temporal } from 'temporal-polyfill';
import { askAnew, askAt, askWhenBack, remindAt } from '../../../cadence/core/asking.ts';
import { spreadSeconds } from '../../../cadence/core/spread.ts';
import type { Occurrence } from '../../../cadence/ritual.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type NewPart, sayAll, unsayUnsent } from '../../daily/operations.ts';
import { readWorksOn } from '../../people/working-days.ts';
import { lockOpenAudits, type Owner } from './audit-store.ts';
import { auditNudgeBlocks, auditPromptBlocks } from './blocks.ts';
import type { Standing } from './core/audit.ts';
import { auditKey, auditNudgeKey } from './keys.ts';
import { deleteAuditPrompt, insertAuditPrompts, lockUntoldAudits } from './prompt-store.ts';
import { showAudits } from './showing-operations.ts';

/**
 * Each owner by themself, at the rule's wall time in their own zone; where they are many, spread over some minutes. Who
 * is away on that day is asked when they are back, unless it is closed by then.
 */
export async function askOwners(tx: Tx, occurrence: Occurrence, owners: readonly Owner[]): Promise<void> {
  const { workspaceId, id: occurrenceId, cadenceId, closeAt } = occurrence;
  const ids = owners.map(({ personId }) => personId);
  const lives = await readWorksOn(tx, workspaceId, ids, occurrence.beginsAt);
  const asked = owners.flatMap(({ personId, count }): Asking[] => {
    const life = lives.get(personId);
    if (life === undefined) return [];
    const seconds = spreadSeconds({ cadenceId, occurrenceId, personId }, owners.length);
    const at = askWhenBack(askAt(occurrence, life.timezone, seconds), closeAt, life);
    if (at === null) return [];
    const standing = { owned: count, left: count };
    const nudgeAt = remindAt(occurrence, at, life);
    return [{ occurrenceId, personId, standing, at, nudgeAt, closeAt }];
  });
  await sayAll(
    tx,
    asked.flatMap((asking) => partsOf(workspaceId, asking)),
  );
  await insertAuditPrompts(
    tx,
    asked.map(({ personId }) => ({ workspaceId, occurrenceId, personId })),
  );
}

/** Whom an audit asks, and when. */
type Asking = {
  occurrenceId: number;
  personId: number;
  standing: Standing;
  at: Temporal.Instant;
  /** When they are reminded; null: never. */
  nudgeAt: Temporal.Instant | null;
  closeAt: Temporal.Instant | null;
};

/** The question to a person, and its reminder. */
function partsOf(workspaceId: string, asking: Asking): NewPart[] {
  const { occurrenceId, personId, standing, at, nudgeAt, closeAt } = asking;
  const common = { workspaceId, personId, ...(closeAt === null ? {} : { expiresAt: closeAt }) };
  const question = {
    ...common,
    key: auditKey(occurrenceId, personId),
    at,
    content: auditPromptBlocks(occurrenceId, standing),
  };
  if (nudgeAt === null) return [question];
  const nudge = {
    ...common,
    key: auditNudgeKey(occurrenceId, personId),
    at: nudgeAt,
    content: auditNudgeBlocks(occurrenceId, standing.left),
    isNudge: true,
  };
  return [question, nudge];
}

/**
 * When somebody is away has changed, in the caller's transaction: what open audits will ask them, and has not been sent
 * yet, is asked when they are back, or, where that is after the end, not at all. A backup is not asked for them, since
 * nobody confirms for an owner.
 */
export async function passAudits(
  tx: Tx,
  workspaceId: string,
  personId: number,
  now: Temporal.Instant,
): Promise<void> {
  const ids = await lockOpenAudits(tx, workspaceId, personId);
  if (ids.length === 0) return;
  const life = (await readWorksOn(tx, workspaceId, [personId], now)).get(personId);
  if (life === undefined) return;
  const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(life.timezone).toPlainDate();
  for (const untold of await lockUntoldAudits(tx, ids, personId)) {
    const { occurrenceId, askedAt, closeAt, standing } = untold;
    const at = askAnew(untold, life, now);
    if (at !== null && dayOf(at).equals(dayOf(askedAt))) continue;
    const keys = [auditKey(occurrenceId, personId), auditNudgeKey(occurrenceId, personId)];
    await unsayUnsent(
      tx,
      workspaceId,
      keys,
      at === null ? 'the person is away' : 'the person is asked on another day',
    );
    if (at === null) await deleteAuditPrompt(tx, occurrenceId, personId);
    else {
      const nudgeAt = remindAt(untold, at, life);
      await sayAll(tx, partsOf(workspaceId, { occurrenceId, personId, standing, closeAt, at, nudgeAt }));
    }
  }
  await showAudits(tx, ids);
}
