import { randomUUID } from 'node:crypto';
import type { Result } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { ModalOrReply, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Choice } from '../../platform/slack/fields.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { pressWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { accountActions, standingNotice, unknownAccountBlocks } from './account-blocks.ts';
import { findMeant, offerAccounts, readStanding } from './account-operations.ts';
import { changeAccount } from './changing-operations.ts';
import { logConversation } from './conversation-operations.ts';
import type { Account, Standing } from './core/account.ts';
import { accountSearch, editModal, logModal, queueModal, researchModals } from './form-blocks.ts';
import { readEditForm, readLogForm, readName, readQueueForm } from './input.ts';
import { queueFor } from './queue-operations.ts';
import { turnActions } from './turn-blocks.ts';

type Deps = PeopleDeps & Waking;

/** Tells how conversations are written down, how people queue, and how accounts are changed. */
export function registerForms(slack: Registry, deps: Deps): void {
  for (const action of [accountActions.log, turnActions.log])
    slack.press(
      action,
      async (press) =>
        await pressWithModal(deps, press, async (actor, id) => {
          const standing = await readStanding(deps.db, press.workspaceId, actor, id);
          if (!standing.ok) return { reply: plain(standing.words) };
          return await logForm(deps, press.workspaceId, actor, standing.value.account, '');
        }),
    );
  slack.press(
    accountActions.queue,
    async (press) =>
      await pressWithModal(deps, press, async (actor, id) => {
        const standing = await readStanding(deps.db, press.workspaceId, actor, id);
        return standing.ok ? { modal: queueModal(standing.value.account) } : { reply: plain(standing.words) };
      }),
  );
  slack.options(accountSearch, async ({ typed, ...caller }) => {
    const actor = await admit(deps, caller);
    if (!actor.ok) return [];
    const accounts = await offerAccounts(deps.db, caller.workspaceId, actor.value, typed.slice(0, 100));
    return accounts.map(({ id, name }): Choice => ({ id: String(id), name }));
  });
  slack.submission(researchModals.log, async (sent) => await saveLog(deps, sent));
  slack.submission(researchModals.queue, async (sent) => await saveQueue(deps, sent));
  slack.submission(researchModals.edit, async (sent) => await saveEdit(deps, sent));
}

/** The form of a conversation; an account that is not there yet stands in it as a new one. */
export async function openLog(
  deps: Deps,
  workspaceId: string,
  actor: Actor,
  typed: string,
): Promise<ModalOrReply> {
  if (typed === '') return await logForm(deps, workspaceId, actor, null, '');
  const meant = await findMeant(deps.db, workspaceId, actor, typed);
  if (!meant.ok) return { reply: plain(meant.words) };
  if ('account' in meant.value) return await logForm(deps, workspaceId, actor, meant.value.account, '');
  const name = readName(typed);
  return await logForm(deps, workspaceId, actor, null, 'name' in name ? name.name : '');
}

async function logForm(
  { db }: Deps,
  workspaceId: string,
  actor: Actor,
  account: Account | null,
  newAccount: string,
): Promise<ModalOrReply> {
  const now = await companyNow(db, workspaceId);
  const today = now.toZonedDateTimeISO(actor.timezone).toPlainDate();
  return { modal: logModal({ account, newAccount, today, formKey: randomUUID() }) };
}

/** The form of an account that somebody names. */
export async function openEdit(
  { db }: Deps,
  workspaceId: string,
  actor: Actor,
  typed: string,
): Promise<ModalOrReply> {
  if (typed === '')
    return {
      reply: plain('Say which account: `/research edit Acme Bank`. `/research accounts` lists them.'),
    };
  const meant = await findMeant(db, workspaceId, actor, typed);
  if (!meant.ok) return { reply: plain(meant.words) };
  if ('near' in meant.value)
    return { reply: unknownAccountBlocks(typed, meant.value.near, 'name' in readName(typed)) };
  return { modal: editModal(meant.value.account, stampOf(meant.value.account)) };
}

async function saveLog(deps: Deps, sent: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, sent);
  if (!actor.ok) return { view: notice('Conversation', plain(actor.words)) };
  const form = readLogForm(sent);
  if ('errors' in form) return form;
  const kept = await logConversation(deps.db, sent.workspaceId, actor.value, form);
  return answer(deps, actor.value, 'Conversation', kept, 'Kept.');
}

async function saveQueue(deps: Deps, sent: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, sent);
  if (!actor.ok) return { view: notice('Queue', plain(actor.words)) };
  const form = readQueueForm(sent);
  if ('errors' in form) return form;
  const kept = await queueFor(deps.db, sent.workspaceId, actor.value, form.accountId, form.topic);
  return answer(deps, actor.value, 'Queue', kept, 'You are in the queue.');
}

async function saveEdit(deps: Deps, sent: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, sent);
  if (!actor.ok) return { view: notice('Account', plain(actor.words)) };
  const form = readEditForm(sent);
  if ('errors' in form) return form;
  const kept = await changeAccount(deps.db, sent.workspaceId, actor.value, form.accountId, form);
  return answer(deps, actor.value, 'Account', kept, 'Kept.');
}

function answer(
  deps: Deps,
  actor: Actor,
  title: string,
  kept: Result<Standing>,
  said: string,
): SubmissionAnswer {
  if (kept.ok) {
    deps.wake();
    return { view: notice(title, standingNotice(kept.value, actor, said)) };
  }
  if (kept.field !== undefined) return { errors: { [kept.field]: kept.words } };
  return { view: notice(title, plain(kept.words)) };
}
