import type { Ending, Occurrence, Opened, Ritual } from '../../../cadence/ritual.ts';
import type { NewMessage } from '../../../delivery/message.ts';
import { tellAll } from '../../../delivery/outbox.ts';
import { dayWords } from '../../../platform/core/time-words.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { unsayUnsent } from '../../daily/operations.ts';
import { listAuditsAskedIn } from './asked-store.ts';
import { askOwners } from './asking-operations.ts';
import { insertAudits, listOwners } from './audit-store.ts';
import { auditBlocks, auditSummaryBlocks } from './blocks.ts';
import { auditKey, auditNudgeKey } from './keys.ts';
import { listAuditsAsked } from './prompt-store.ts';
import { rehearseAudit } from './rehearsing.ts';
import { showAudits } from './showing-operations.ts';

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
  asked: listAuditsAskedIn,
  rehearse: rehearseAudit,
};

async function openAudits(tx: Tx, occurrences: readonly Occurrence[]): Promise<Map<number, Opened>> {
  const [first] = occurrences;
  if (first === undefined) return new Map();
  const { workspaceId } = first;
  const asked = occurrences.map(({ id, cadenceId }) => ({ occurrenceId: id, cadenceId }));
  const owners = Map.groupBy(await listOwners(tx, workspaceId, asked), ({ occurrenceId }) => occurrenceId);
  const held = occurrences.filter(({ id }) => owners.has(id));
  await announce(tx, workspaceId, held);
  for (const occurrence of held) await askOwners(tx, occurrence, owners.get(occurrence.id) ?? []);
  return new Map(
    occurrences.map(({ id }) => [
      id,
      owners.has(id) ? { held: true } : { held: false, reason: 'nobody owns a rock to ask about' },
    ]),
  );
}

/** The messages in the channels: counts, and no names. */
async function announce(tx: Tx, workspaceId: string, held: readonly Occurrence[]): Promise<void> {
  const nothing = { owned: 0, confirmed: 0, away: 0, unasked: 0, left: 0, unowned: 0, lookAgain: 0 };
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

/** Whoever was not asked or reminded yet is not any more; the thread hears how it stands, without names. */
async function closeAudits(
  tx: Tx,
  workspaceId: string,
  occurrenceIds: readonly number[],
  why: Ending,
): Promise<void> {
  const asked = await listAuditsAsked(tx, occurrenceIds);
  const keys = asked.flatMap(({ occurrenceId, personId }) => [
    auditKey(occurrenceId, personId),
    auditNudgeKey(occurrenceId, personId),
  ]);
  await unsayUnsent(tx, workspaceId, keys, why === 'newer' ? 'a newer audit has begun' : 'the audit is over');
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
