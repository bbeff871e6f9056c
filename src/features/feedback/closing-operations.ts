import type { Temporal } from 'temporal-polyfill';
import { figuresOf } from '../../cadence/core/figures.ts';
import { tell } from '../../delivery/outbox.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { leavingsOf, snoozesOf } from '../check-ins/leaving/operations.ts';
import { resay, unsayUnsent } from '../daily/operations.ts';
import { askedIn, type FeedbackDeps, nameOf } from './asking-operations.ts';
import { overBlocks, resultBlocks } from './blocks.ts';
import { opinionKey, quarterOf, tallyOf } from './core/round.ts';
import { findProductOperations, listOpinions, lockOver, type Round, saveClosed } from './store.ts';

/**
 * Ends the rounds whose week is over: product operations reads what was said, and why people left the ritual or put it
 * off, without names; where it has no channel,
 * whoever set the ritual up does.
 */
export async function closeRounds(deps: FeedbackDeps, workspaceId: string): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const now = await companyNow(tx, workspaceId);
    for (const round of await lockOver(tx, workspaceId, now)) await close(tx, deps, workspaceId, round, now);
  });
}

async function close(
  tx: Tx,
  { rituals }: FeedbackDeps,
  workspaceId: string,
  round: Round,
  now: Temporal.Instant,
): Promise<void> {
  const opinions = await listOpinions(tx, round.id);
  const name = nameOf(rituals, round.ritual);
  const silent = opinions.flatMap(({ personId, verdict }) => (verdict === null ? [personId] : []));
  const keys = silent.map((personId) => opinionKey(round.id, personId));
  await unsayUnsent(tx, workspaceId, keys, 'the question about the ritual is closed');
  for (const key of keys) await resay(tx, workspaceId, key, overBlocks(name));
  const { timezone, ritual, cadenceId, askedAt } = round;
  const quarter = quarterOf(askedAt.toZonedDateTimeISO(timezone).toPlainDate());
  const asked = await askedIn(
    tx,
    rituals,
    workspaceId,
    { id: cadenceId, ritual, timezone },
    { quarter, until: now },
  );
  const since = quarter.from.toZonedDateTime(timezone).toInstant();
  const isOfIt = (row: { cadenceId: number }) => row.cadenceId === cadenceId;
  const left = (await leavingsOf(tx, workspaceId, since)).filter(isOfIt);
  const snoozes = (await snoozesOf(tx, workspaceId, since)).filter(isOfIt);
  const channelId = await findProductOperations(tx, workspaceId);
  const to =
    channelId !== null ? { channelId } : round.createdBy === null ? null : { personId: round.createdBy };
  const messageId =
    to === null
      ? null
      : await tell(tx, {
          workspaceId,
          dedupeKey: `ritual-opinions:${round.id}`,
          to,
          content: resultBlocks({
            ...{ cadenceId, key: round.key, name, channel: round.channel, quarter: round.quarter },
            figures: figuresOf(asked),
            left: left.map(({ reason }) => reason),
            snoozes,
            tally: tallyOf(opinions.map(({ verdict }) => verdict)),
            said: opinions.flatMap(({ verdict, words }) =>
              verdict === null || words === null ? [] : [{ verdict, words }],
            ),
          }),
          dueAt: now,
        });
  await saveClosed(tx, round.id, { at: now, messageId });
}
