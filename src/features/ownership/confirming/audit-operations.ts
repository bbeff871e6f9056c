import { Temporal } from 'temporal-polyfill';
import { later } from '../../../cadence/core/working-days.ts';
import type { Ending, Occurrence, Opened, Ritual } from '../../../cadence/ritual.ts';
import type { NewMessage } from '../../../delivery/message.ts';
import { cancelAll, rewrite, tellAll } from '../../../delivery/outbox.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { readWorksOn } from '../../people/working-days.ts';
import {
  type AuditPrompt,
  countUnconfirmed,
  insertAuditPrompts,
  insertAudits,
  listAuditMessages,
  listAudits,
  listOwners,
  type Owner,
} from './audit-store.ts';
import {
  auditBlocks,
  auditNudgeBlocks,
  auditPromptBlocks,
  auditSummaryBlocks,
  confirmedBlocks,
} from './blocks.ts';

/** Once a quarter: whoever owns rocks is asked whether they are still theirs, all by one press. */
export const ownershipAudit: Ritual = {
  key: 'ownership-audit',
  name: 'Ownership audit',
  open: openAudits,
  close: closeAudits,
  async whom(db, { workspaceId, cadenceId }) {
    const owners = await listOwners(db, workspaceId, [{ occurrenceId: 0, cadenceId }]);
    return { people: owners.length };
  },
};

async function openAudits(tx: Tx, occurrences: readonly Occurrence[]): Promise<Map<number, Opened>> {
  const opened = new Map<number, Opened>();
  const [first] = occurrences;
  if (first === undefined) return opened;
  const { workspaceId } = first;
  const owners = Map.groupBy(
    await listOwners(
      tx,
      workspaceId,
      occurrences.map(({ id, cadenceId }) => ({ occurrenceId: id, cadenceId })),
    ),
    ({ occurrenceId }) => occurrenceId,
  );
  const held = occurrences.filter(({ id }) => owners.has(id));
  for (const { id } of occurrences) {
    opened.set(
      id,
      owners.has(id) ? { held: true } : { held: false, reason: 'nobody owns a rock to ask about' },
    );
  }
  await announce(tx, workspaceId, held);
  for (const occurrence of held) await ask(tx, occurrence, owners.get(occurrence.id) ?? []);
  return opened;
}

/** The messages in the channels: counts, and no names. */
async function announce(tx: Tx, workspaceId: string, held: readonly Occurrence[]): Promise<void> {
  const placeholder = { owned: 0, confirmed: 0, unowned: 0, lookAgain: 0 };
  const ids = await tellAll(
    tx,
    held.map(
      ({ id, channelId, dueAt }): NewMessage => ({
        workspaceId,
        dedupeKey: `audit:${id}`,
        to: { channelId },
        content: auditBlocks(placeholder, true),
        dueAt,
      }),
    ),
  );
  await insertAudits(
    tx,
    held.map(({ id }, index) => ({ workspaceId, occurrenceId: id, messageId: ids[index] ?? 0 })),
  );
  await showAudits(tx, workspaceId, { occurrenceIds: held.map(({ id }) => id) });
}

/** Each owner by themself: at the rule's wall time in their own zone, never before the channel's message. */
async function ask(tx: Tx, occurrence: Occurrence, owners: readonly Owner[]): Promise<void> {
  const { workspaceId, id, dueAt, local, isAtMostDaily, nudgeAfter, closeAt } = occurrence;
  const lives = await readWorksOn(
    tx,
    workspaceId,
    owners.map(({ personId }) => personId),
    occurrence.beginsAt,
  );
  const asked = owners.flatMap(({ personId, count }) => {
    const life = lives.get(personId);
    if (life === undefined) return [];
    const own = local.toZonedDateTime(life.timezone).toInstant();
    const at = isAtMostDaily && Temporal.Instant.compare(own, dueAt) > 0 ? own : dueAt;
    const nudgeAt = nudgeAfter === null ? null : later(at, nudgeAfter, life.timezone, life.worksOn);
    return [{ personId, count, at, nudgeAt }];
  });
  const common = (personId: number) => ({
    workspaceId,
    to: { personId },
    ...(closeAt === null ? {} : { expiresAt: closeAt }),
  });
  const messageIds = await tellAll(
    tx,
    asked.map(({ personId, count, at }) => ({
      ...common(personId),
      dedupeKey: `audit-prompt:${id}:${personId}`,
      content: auditPromptBlocks(count),
      dueAt: at,
    })),
  );
  const prompts: AuditPrompt[] = [];
  for (const [index, { personId, count, nudgeAt }] of asked.entries()) {
    const messageId = messageIds[index] ?? 0;
    const isNudged = nudgeAt !== null && (closeAt === null || Temporal.Instant.compare(nudgeAt, closeAt) < 0);
    const nudge: NewMessage[] = isNudged
      ? [
          {
            ...common(personId),
            dedupeKey: `audit-nudge:${id}:${personId}`,
            content: auditNudgeBlocks(count),
            dueAt: nudgeAt,
            threadOf: messageId,
            isNudge: true,
          },
        ]
      : [];
    const [nudgeMessageId = null] = await tellAll(tx, nudge);
    prompts.push({ workspaceId, occurrenceId: id, personId, messageId, nudgeMessageId });
  }
  await insertAuditPrompts(tx, prompts);
}

/** Somebody has confirmed something: the audits that asked them say so, and ask no more once all is confirmed. */
export async function answerAudits(tx: Tx, workspaceId: string, personId: number): Promise<void> {
  const audits = await showAudits(tx, workspaceId, { openFor: personId });
  if (audits.length === 0) return;
  const now = await companyNow(tx, workspaceId);
  // What they confirmed in this hour is what they were asked.
  const { owned, left } = await countUnconfirmed(tx, workspaceId, personId, now.subtract({ hours: 1 }));
  if (left > 0) return;
  const messages = await listAuditMessages(
    tx,
    audits.map(({ occurrenceId }) => occurrenceId),
    personId,
  );
  await cancelAll(
    tx,
    messages.flatMap(({ nudgeMessageId }) => nudgeMessageId ?? []),
    'all is confirmed',
  );
  for (const { messageId } of messages) await rewrite(tx, messageId, confirmedBlocks(owned, owned));
}

async function showAudits(
  tx: Tx,
  workspaceId: string,
  which: Parameters<typeof listAudits>[2],
): Promise<Awaited<ReturnType<typeof listAudits>>> {
  const audits = await listAudits(tx, workspaceId, which);
  for (const { messageId, tally, isOpen } of audits) await rewrite(tx, messageId, auditBlocks(tally, isOpen));
  return audits;
}

/** Whoever was not asked or reminded yet is not any more; the thread hears how it stands, without names. */
async function closeAudits(
  tx: Tx,
  workspaceId: string,
  occurrenceIds: readonly number[],
  why: Ending,
): Promise<void> {
  const messages = await listAuditMessages(tx, occurrenceIds, null);
  await cancelAll(
    tx,
    messages.flatMap(({ messageId, nudgeMessageId }) => [
      messageId,
      ...(nudgeMessageId === null ? [] : [nudgeMessageId]),
    ]),
    why === 'newer' ? 'a newer audit has begun' : 'the audit is over',
  );
  const dueAt = await companyNow(tx, workspaceId);
  const audits = await showAudits(tx, workspaceId, { occurrenceIds });
  await tellAll(
    tx,
    audits.map(
      ({ occurrenceId, channelId, messageId, tally }): NewMessage => ({
        workspaceId,
        dedupeKey: `audit-summary:${occurrenceId}`,
        to: { channelId },
        threadOf: messageId,
        content: auditSummaryBlocks(tally),
        dueAt,
      }),
    ),
  );
}
