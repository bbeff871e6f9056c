import { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { claimPress } from '../../platform/db/presses.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { sayAll, unsay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { lockAccount } from './account-store.ts';
import { addOrFind } from './changing-operations.ts';
import { insertConversation, type Told } from './conversation-store.ts';
import type { Account, Standing } from './core/account.ts';
import { daysLeft } from './core/cool-down.ts';
import { goneAccount, researchRefusal, type StandingNow, standingOf } from './standing-operations.ts';
import { backBlocks } from './turn-blocks.ts';
import { closeWait, settleQueue, turnKey } from './turn-operations.ts';
import { putBack } from './wait-store.ts';

export type { Told };

/** Which account a conversation was with: one that is there, or one of this name. */
export type WithWhom = { id: number } | { name: string };

const operation = 'log and look up conversations with customers';

/**
 * Writes a conversation down, by whoever had it. Their own wait for the account ends as held; somebody else whose turn it
 * was waits again in their place when the account rests by it, and is told. `formKey` names the form: sent off twice, it
 * is kept once. Refuses a day that is still to come where the actor lives.
 */
export async function logConversation(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { account: meant, told, formKey }: { account: WithWhom; told: Told; formKey: string },
): Promise<Result<Standing>> {
  const refusal = researchRefusal(actor, operation);
  if (refusal !== null) return refusal;
  return await inTransaction(
    db,
    async (tx) => {
      const at = await companyNow(tx, workspaceId);
      const today = at.toZonedDateTimeISO(actor.timezone).toPlainDate();
      if (Temporal.PlainDate.compare(told.heldOn, today) > 0) return ahead;
      const found = 'id' in meant ? accepted(meant) : await addOrFind(tx, workspaceId, actor, meant.name, at);
      if (!found.ok) return { ...found, field: 'new-account' };
      const account = await lockAccount(tx, workspaceId, found.value.id);
      if (account === undefined) return { ...goneAccount, field: 'account' };
      if (await claimPress(tx, workspaceId, `research-log:${actor.id}:${formKey}`))
        await keep(tx, workspaceId, actor, account, told, at);
      return accepted(await standingOf(tx, workspaceId, account));
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

const ahead = {
  ...refused('ahead', 'That day is still to come. Log it when you have talked.'),
  field: 'held-on',
};

async function keep(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  account: Account,
  told: Told,
  at: Temporal.Instant,
): Promise<void> {
  const doer = { kind: 'person', personId: actor.id } as const;
  const id = await insertConversation(tx, workspaceId, {
    ...told,
    accountId: account.id,
    byId: actor.id,
    at,
  });
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'conversation.logged',
    subject: { kind: 'conversation', id },
    after: { account: account.id, on: told.heldOn.toString(), topic: told.topic },
  });
  const now = await standingOf(tx, workspaceId, account);
  const own = now.waits.find(({ person }) => person.id === actor.id);
  if (own !== undefined)
    await closeWait(tx, workspaceId, own, {
      state: 'held',
      at,
      doer,
      why: 'You have talked to them. Thank you for writing it down.',
      of: account,
    });
  await giveBack(tx, workspaceId, actor, now, id);
  await settleQueue(tx, workspaceId, account);
}

/** Somebody else talked to them in the turn of another: that one keeps their place until the account is rested again. */
async function giveBack(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  { account, last, waits, today, at }: StandingNow,
  conversationId: number,
): Promise<void> {
  const left = daysLeft(last?.on ?? null, account.coolDown, today);
  const turn = waits.find(({ state, person }) => state === 'next' && person.id !== actor.id);
  if (turn === undefined || last === null || left === 0) return;
  await putBack(tx, turn.id);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: { kind: 'person', personId: actor.id },
    type: 'research.waiting',
    subject: { kind: 'account', id: account.id },
    before: { person: turn.person.id, state: 'next' },
    after: { person: turn.person.id },
  });
  const words = 'Somebody else has talked to them meanwhile.';
  await unsay(tx, workspaceId, [turnKey(turn)], words);
  await sayAll(tx, [
    {
      workspaceId,
      personId: turn.person.id,
      key: `research-back:${turn.id}:${conversationId}`,
      at,
      content: backBlocks({ account, last, today }),
      isNudge: true,
    },
  ]);
}
