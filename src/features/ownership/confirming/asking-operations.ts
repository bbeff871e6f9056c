import type { Temporal } from 'temporal-polyfill';
import { askAnew, askAt, askWhenBack, remindAt } from '../../../cadence/core/asking.ts';
import { spreadSeconds } from '../../../cadence/core/spread.ts';
import type { Occurrence } from '../../../cadence/ritual.ts';
import { cancelAll, tellAll } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { readWorksOn } from '../../people/working-days.ts';
import { lockOpenAudits, type Owner } from './audit-store.ts';
import { auditNudgeBlocks, auditPromptBlocks } from './blocks.ts';
import type { Standing } from './core/audit.ts';
import { insertAuditPrompts, lockUntoldAudits, replaceAuditPrompt } from './prompt-store.ts';
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
    return [{ occurrenceId, personId, standing, at, nudgeAt, closeAt, keyed: `${occurrenceId}:${personId}` }];
  });
  const messages = await tellAsked(tx, workspaceId, asked);
  await insertAuditPrompts(
    tx,
    asked.map(({ personId }, index) => ({
      workspaceId,
      occurrenceId,
      personId,
      messageId: messages[index]?.messageId ?? 0,
      nudgeMessageId: messages[index]?.nudgeMessageId ?? null,
    })),
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
  /** What makes its messages the only ones of their kind. */
  keyed: string;
};
type AskedBy = { messageId: number; nudgeMessageId: number | null };

/** Writes the messages that ask people, each with its reminder. Gives their ids, in the same order. */
async function tellAsked(tx: Tx, workspaceId: string, asked: readonly Asking[]): Promise<AskedBy[]> {
  const commonOf = ({ personId, closeAt }: Asking) => ({
    workspaceId,
    to: { personId },
    ...(closeAt === null ? {} : { expiresAt: closeAt }),
  });
  const ids = await tellAll(
    tx,
    asked.map((it) => ({
      ...commonOf(it),
      dedupeKey: `audit-prompt:${it.keyed}`,
      content: auditPromptBlocks(it.occurrenceId, it.standing),
      dueAt: it.at,
    })),
  );
  const prompts = asked.map((it, index) => ({ it, messageId: ids[index] ?? 0 }));
  const nudged = prompts.flatMap(({ it, messageId }) =>
    it.nudgeAt === null ? [] : [{ it, messageId, nudgeAt: it.nudgeAt }],
  );
  const nudgeIds = await tellAll(
    tx,
    nudged.map(({ it, messageId, nudgeAt }) => ({
      ...commonOf(it),
      dedupeKey: `audit-nudge:${it.keyed}`,
      content: auditNudgeBlocks(it.occurrenceId, it.standing.left),
      dueAt: nudgeAt,
      threadOf: messageId,
      isNudge: true,
    })),
  );
  const nudgeIdOf = new Map(nudged.map(({ messageId }, index) => [messageId, nudgeIds[index]]));
  return prompts.map(({ messageId }) => ({ messageId, nudgeMessageId: nudgeIdOf.get(messageId) ?? null }));
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
    const { occurrenceId, messageId, nudgeMessageId, askedAt, closeAt, standing } = untold;
    const at = askAnew(untold, life, now);
    if (at !== null && dayOf(at).equals(dayOf(askedAt))) continue;
    const old = [messageId, nudgeMessageId].filter((id) => id !== null);
    await cancelAll(tx, old, at === null ? 'the person is away' : 'the person is asked on another day');
    const asking = {
      occurrenceId,
      personId,
      standing,
      closeAt,
      keyed: `${occurrenceId}:${personId}:${messageId}`,
    };
    const [messages] =
      at === null
        ? []
        : await tellAsked(tx, workspaceId, [{ ...asking, at, nudgeAt: remindAt(untold, at, life) }]);
    await replaceAuditPrompt(tx, { occurrenceId, personId }, messages ?? null);
  }
  await showAudits(tx, ids);
}
