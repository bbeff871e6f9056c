import { askAt, remindAt } from '../../../cadence/core/asking.ts';
import { lateWords } from '../../../cadence/core/lateness.ts';
import { spreadSeconds } from '../../../cadence/core/spread.ts';
import type { Ending, Occurrence, Opened, Ritual } from '../../../cadence/ritual.ts';
import type { NewMessage } from '../../../delivery/message.ts';
import { cancelAll, rewrite, tellAll } from '../../../delivery/outbox.ts';
import { dayWords } from '../../../platform/core/time-words.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { readWorksOn } from '../../people/working-days.ts';
import {
  type AuditRow,
  insertAuditPrompts,
  insertAudits,
  listAudits,
  listOwners,
  listPromptMessages,
  listPromptsOf,
  lockOpenAudits,
  type Owner,
} from './audit-store.ts';
import {
  auditBlocks,
  auditNudgeBlocks,
  auditPromptBlocks,
  auditSummaryBlocks,
  thanksBlocks,
} from './blocks.ts';

/** Once a quarter: whoever owns rocks is asked whether they are still theirs, all by one press. */
export const ownershipAudit: Ritual = {
  key: 'ownership-audit',
  name: 'Ownership audit',
  open: openAudits,
  close: closeAudits,
  asking: { ofTeams: 'Asks the owners of the rocks of', ofAll: 'Asks the owners of all rocks' },
  async whom(db, { workspaceId, cadenceId }) {
    const owners = await listOwners(db, workspaceId, [{ occurrenceId: 0, cadenceId }]);
    return { people: owners.length };
  },
};

async function openAudits(tx: Tx, occurrences: readonly Occurrence[]): Promise<Map<number, Opened>> {
  const [first] = occurrences;
  if (first === undefined) return new Map();
  const { workspaceId } = first;
  const asked = occurrences.map(({ id, cadenceId }) => ({ occurrenceId: id, cadenceId }));
  const owners = Map.groupBy(await listOwners(tx, workspaceId, asked), ({ occurrenceId }) => occurrenceId);
  const held = occurrences.filter(({ id }) => owners.has(id));
  await announce(tx, workspaceId, held);
  for (const occurrence of held) await ask(tx, occurrence, owners.get(occurrence.id) ?? []);
  return new Map(
    occurrences.map(({ id }) => [
      id,
      owners.has(id) ? { held: true } : { held: false, reason: 'nobody owns a rock to ask about' },
    ]),
  );
}

/** The messages in the channels: counts, and no names. */
async function announce(tx: Tx, workspaceId: string, held: readonly Occurrence[]): Promise<void> {
  const nothing = { owned: 0, confirmed: 0, unasked: 0, unowned: 0, lookAgain: 0 };
  const ids = await tellAll(
    tx,
    held.map(
      ({ id, channelId, dueAt, timezone }): NewMessage => ({
        workspaceId,
        dedupeKey: `audit:${id}`,
        to: { channelId },
        content: auditBlocks(nothing, { day: dayWords(dueAt, timezone), late: null, isOver: false }),
        dueAt,
      }),
    ),
  );
  await insertAudits(
    tx,
    held.map(({ id }, index) => ({ workspaceId, occurrenceId: id, messageId: ids[index] ?? 0 })),
  );
  await showAudits(
    tx,
    held.map(({ id }) => id),
  );
}

/** Each owner by themself, at the rule's wall time in their own zone; where they are many, spread over some minutes. */
async function ask(tx: Tx, occurrence: Occurrence, owners: readonly Owner[]): Promise<void> {
  const { workspaceId, id: occurrenceId, cadenceId, closeAt } = occurrence;
  const ids = owners.map(({ personId }) => personId);
  const lives = await readWorksOn(tx, workspaceId, ids, occurrence.beginsAt);
  const asked = owners.flatMap(({ personId, count }) => {
    const life = lives.get(personId);
    if (life === undefined) return [];
    const seconds = spreadSeconds({ cadenceId, occurrenceId, personId }, owners.length);
    const at = askAt(occurrence, life.timezone, seconds);
    const to = { workspaceId, to: { personId }, ...(closeAt === null ? {} : { expiresAt: closeAt }) };
    return [{ personId, count, at, nudgeAt: remindAt(occurrence, at, life), to }];
  });
  const messageIds = await tellAll(
    tx,
    asked.map(({ personId, count, at, to }) => ({
      ...to,
      dedupeKey: `audit-prompt:${occurrenceId}:${personId}`,
      content: auditPromptBlocks(occurrenceId, { owned: count, left: count }),
      dueAt: at,
    })),
  );
  const prompts = asked.map((it, index) => ({ ...it, messageId: messageIds[index] ?? 0 }));
  const nudged = prompts.flatMap(({ nudgeAt, ...it }) => (nudgeAt === null ? [] : [{ ...it, nudgeAt }]));
  const nudgeIds = await tellAll(
    tx,
    nudged.map(({ personId, count, nudgeAt, messageId, to }) => ({
      ...to,
      dedupeKey: `audit-nudge:${occurrenceId}:${personId}`,
      content: auditNudgeBlocks(occurrenceId, count),
      dueAt: nudgeAt,
      threadOf: messageId,
      isNudge: true,
    })),
  );
  const nudgeIdOf = new Map(nudged.map(({ personId }, index) => [personId, nudgeIds[index]]));
  await insertAuditPrompts(
    tx,
    prompts.map(({ personId, messageId }) => ({
      workspaceId,
      occurrenceId,
      personId,
      messageId,
      nudgeMessageId: nudgeIdOf.get(personId) ?? null,
    })),
  );
}

/**
 * Somebody has confirmed or given up something: the open audits that asked them say so, and ask no more once nothing
 * is left. The rocks are locked by the caller.
 */
export async function answerAudits(tx: Tx, workspaceId: string, personId: number): Promise<void> {
  const ids = await lockOpenAudits(tx, workspaceId, personId);
  await showAudits(tx, ids);
  for (const { occurrenceId, messageId, nudgeMessageId, standing } of await listPromptsOf(
    tx,
    ids,
    personId,
  )) {
    if (standing.left > 0) {
      await rewrite(tx, messageId, auditPromptBlocks(occurrenceId, standing));
      continue;
    }
    await rewrite(tx, messageId, thanksBlocks(standing.owned));
    const messages = [messageId, nudgeMessageId].filter((id) => id !== null);
    await cancelAll(tx, messages, 'answered already');
  }
}

/** Lets the channels' messages say how these audits stand now. */
async function showAudits(tx: Tx, occurrenceIds: readonly number[]): Promise<AuditRow[]> {
  const audits = await listAudits(tx, occurrenceIds);
  for (const { messageId, tally, isOpen, dueAt, plannedAt, timezone } of audits) {
    const late = lateWords(dueAt, plannedAt, timezone);
    await rewrite(
      tx,
      messageId,
      auditBlocks(tally, { day: dayWords(dueAt, timezone), late, isOver: !isOpen }),
    );
  }
  return audits;
}

/** Whoever was not asked or reminded yet is not any more; the thread hears how it stands, without names. */
async function closeAudits(
  tx: Tx,
  workspaceId: string,
  occurrenceIds: readonly number[],
  why: Ending,
): Promise<void> {
  const messages = await listPromptMessages(tx, occurrenceIds);
  await cancelAll(tx, messages, why === 'newer' ? 'a newer audit has begun' : 'the audit is over');
  const audits = await showAudits(tx, occurrenceIds);
  await tellAll(
    tx,
    audits.map(
      ({ occurrenceId, channelId, messageId, tally, closedAt, dueAt }): NewMessage => ({
        workspaceId,
        dedupeKey: `audit-summary:${occurrenceId}`,
        to: { channelId },
        threadOf: messageId,
        content: auditSummaryBlocks(tally),
        dueAt: closedAt ?? dueAt,
      }),
    ),
  );
}
