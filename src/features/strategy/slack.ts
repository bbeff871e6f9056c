import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Waking } from '../../platform/waking.ts';
import { commandWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { countDraftChanges } from './edit-operations.ts';
import { openEdit, registerEditing } from './editing-slack.ts';
import { readQuestion, verbs } from './input.ts';
import { openPublish, registerPublishing, showHistory } from './publishing-slack.ts';
import { pageAction, treeBlocks } from './tree-blocks.ts';
import { readTree } from './tree-operations.ts';
import { showAction } from './version-blocks.ts';

export type StrategyDeps = PeopleDeps & Waking;

const usage = [
  { typed: '/strategy', does: 'vision, intents and initiatives, with the work that hangs from each' },
  { typed: '/strategy edit', does: 'for its editors: the draft; `edit trust` opens that line' },
  { typed: '/strategy publish', does: 'for its editors: what is new, and where it is posted' },
  { typed: '/strategy history', does: 'its versions, and how many of each team have read them' },
];

/** Tells Slack's side of `/strategy`. */
export function registerStrategy(slack: Registry, deps: StrategyDeps): void {
  slack.command({ noun: 'strategy', usage, run: async (call) => await answerStrategy(deps, call) });
  slack.press(pageAction, async (press) => await turnPage(deps, press, true));
  slack.press(showAction, async (press) => await turnPage(deps, press, false));
  registerEditing(slack, deps);
  registerPublishing(slack, deps);
}

async function answerStrategy(deps: StrategyDeps, call: CommandCall): Promise<Content | undefined> {
  const question = readQuestion(call.words);
  const { workspaceId } = call;
  if (question?.verb === 'edit')
    return await commandWithModal(
      deps,
      call,
      async (actor) => await openEdit(deps, call, actor, question.text),
    );
  if (question?.verb === 'publish')
    return await commandWithModal(deps, call, async (actor) => await openPublish(deps, workspaceId, actor));
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (question === null) return unknownVerb('strategy', call, verbs);
  if (question.verb === 'history') return await showHistory(deps, workspaceId, actor.value, null);
  return await showTree(deps, workspaceId, actor.value, 0);
}

async function showTree(
  { db }: StrategyDeps,
  workspaceId: string,
  actor: Actor,
  pageNumber: number,
): Promise<Content> {
  const read = await readTree(db, workspaceId, actor);
  const draftChanges = await countDraftChanges(db, workspaceId, actor);
  return treeBlocks(read, { pageNumber, timezone: actor.timezone, draftChanges });
}

/** Pages of an answer take its place; a post in a channel stays, and is answered below. */
async function turnPage(deps: StrategyDeps, press: Press, replace: boolean): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const to = idInput.safeParse(press.value);
  const content = await showTree(deps, press.workspaceId, actor.value, to.success ? to.data : 0);
  await press.reply(content, { replace });
}
