import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Waking } from '../../platform/waking.ts';
import { commandWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { accountActions, standingBlocks, unknownAccountBlocks } from './account-blocks.ts';
import { findMeant, readAccounts, readMine, readStanding } from './account-operations.ts';
import { addAccount } from './changing-operations.ts';
import { findPageAction, foundBlocks } from './find-blocks.ts';
import { findConversations } from './finding-operations.ts';
import { openEdit, openLog, registerForms } from './forms-slack.ts';
import { readFindPage, readName, readQuestion, verbs } from './input.ts';
import { accountsBlocks, accountsPageAction, mineBlocks } from './list-blocks.ts';
import { registerQueue } from './queue-slack.ts';

export type ResearchDeps = PeopleDeps & Waking;

const usage = [
  { typed: '/research', does: 'the accounts that you wait for, and your last conversations' },
  { typed: '/research log', does: 'writes a conversation down; `log Acme` begins with the account' },
  { typed: '/research ask Acme', does: 'whether they should be left in peace, and who waits' },
  { typed: '/research find price list', does: 'looks through all notes; quotes find a phrase' },
  { typed: '/research accounts', does: 'all accounts; `edit Acme` changes its name and its rest' },
];

/** Tells Slack's side of `/research`. */
export function registerResearch(slack: Registry, deps: ResearchDeps): void {
  slack.command({ noun: 'research', usage, run: async (call) => await answerResearch(deps, call) });
  slack.press(accountActions.ask, async (press) => await showAccount(deps, press));
  slack.press(accountActions.add, async (press) => await add(deps, press));
  slack.press(findPageAction, async (press) => await turnFound(deps, press));
  slack.press(accountsPageAction, async (press) => await turnAccounts(deps, press));
  registerForms(slack, deps);
  registerQueue(slack, deps);
}

async function answerResearch(deps: ResearchDeps, call: CommandCall): Promise<Content | undefined> {
  const question = readQuestion(call.words);
  if (question?.verb === 'log')
    return await commandWithModal(deps, call, async (actor) => {
      return await openLog(deps, call.workspaceId, actor, question.account);
    });
  if (question?.verb === 'edit')
    return await commandWithModal(deps, call, async (actor) => {
      return await openEdit(deps, call.workspaceId, actor, question.account);
    });
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  const { workspaceId } = call;
  switch (question?.verb) {
    case undefined:
      return unknownVerb('research', call, verbs);
    case 'mine': {
      const mine = await readMine(deps.db, workspaceId, actor.value);
      return mine.ok ? mineBlocks(mine.value, actor.value) : plain(mine.words);
    }
    case 'accounts':
      return await showAccounts(deps, workspaceId, actor.value, 0);
    case 'find':
      return await showFound(deps, workspaceId, actor.value, question.typed, 0);
    case 'ask':
      return await ask(deps, workspaceId, actor.value, question.account);
  }
}

async function ask({ db }: ResearchDeps, workspaceId: string, actor: Actor, typed: string): Promise<Content> {
  if (typed === '')
    return plain('Say which account: `/research ask Acme Bank`. `/research accounts` lists them.');
  const meant = await findMeant(db, workspaceId, actor, typed);
  if (!meant.ok) return plain(meant.words);
  if ('near' in meant.value) return unknownAccountBlocks(typed, meant.value.near, 'name' in readName(typed));
  const standing = await readStanding(db, workspaceId, actor, meant.value.account.id);
  return standing.ok ? standingBlocks(standing.value, actor) : plain(standing.words);
}

async function showAccount({ db, ...deps }: ResearchDeps, press: Press): Promise<void> {
  const actor = await admit({ db, ...deps }, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const standing = await readStanding(db, press.workspaceId, actor.value, id);
  await press.reply(standing.ok ? standingBlocks(standing.value, actor.value) : plain(standing.words), {
    replace: true,
  });
}

async function add(deps: ResearchDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const name = readName(press.value);
  if ('words' in name) return await press.reply(plain(name.words));
  const added = await addAccount(deps.db, press.workspaceId, actor.value, name.name);
  await press.reply(added.ok ? standingBlocks(added.value, actor.value, 'Added.') : plain(added.words), {
    replace: true,
  });
}

async function showFound(
  { db }: ResearchDeps,
  workspaceId: string,
  actor: Actor,
  typed: string,
  page: number,
): Promise<Content> {
  const found = await findConversations(db, workspaceId, actor, typed, page);
  return found.ok ? foundBlocks(found.value) : plain(found.words);
}

async function turnFound(deps: ResearchDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { typed, page } = readFindPage(press);
  await press.reply(await showFound(deps, press.workspaceId, actor.value, typed, page), { replace: true });
}

async function showAccounts(
  { db }: ResearchDeps,
  workspaceId: string,
  actor: Actor,
  page: number,
): Promise<Content> {
  const accounts = await readAccounts(db, workspaceId, actor, page);
  return accounts.ok ? accountsBlocks(accounts.value) : plain(accounts.words);
}

async function turnAccounts(deps: ResearchDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const page = idInput.parse(press.value);
  await press.reply(await showAccounts(deps, press.workspaceId, actor.value, page), { replace: true });
}
