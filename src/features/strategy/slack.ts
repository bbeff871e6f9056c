import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { pageAction, treeBlocks } from './tree-blocks.ts';
import { readTree } from './tree-operations.ts';

export type StrategyDeps = PeopleDeps & Waking;

/** Tells Slack's side of `/strategy`. */
export function registerStrategy(slack: Registry, deps: StrategyDeps): void {
  slack.command({
    noun: 'strategy',
    usage: [
      { typed: '/strategy', does: 'vision, intents and initiatives, with the work that hangs from each' },
    ],
    run: async (call) => await answerStrategy(deps, call),
  });
  slack.press(pageAction, async (press) => await turnPage(deps, press));
}

async function answerStrategy(deps: StrategyDeps, call: CommandCall): Promise<Content | undefined> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (call.words.length > 0) return unknownVerb('strategy', call, ['help']);
  return await showTree(deps, call.workspaceId, actor.value, 0);
}

async function showTree(
  deps: StrategyDeps,
  workspaceId: string,
  actor: Actor,
  pageNumber: number,
): Promise<Content> {
  const read = await readTree(deps.db, workspaceId, actor);
  return treeBlocks(read, { pageNumber, timezone: actor.timezone, draftChanges: null });
}

async function turnPage(deps: StrategyDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const to = idInput.safeParse(press.value);
  const content = await showTree(deps, press.workspaceId, actor.value, to.success ? to.data : 0);
  await press.reply(content, { replace: true });
}
