import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Waking } from '../../platform/waking.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { actionsBlocks, doneAction } from './blocks.ts';
import { type ActionFinished, finishAction, readActions } from './operations.ts';

export type ActionDeps = PeopleDeps & Waking & { onActionFinished: readonly ActionFinished[] };

/** Tells Slack's side of `/cairn actions` and its `Done`. */
export function registerActions(slack: Registry, deps: ActionDeps): void {
  slack.command({
    noun: 'actions',
    usage: [{ typed: '/cairn actions', does: 'what you do for others, and others for you' }],
    run: async (call) => await list(deps, call),
  });
  slack.press(doneAction, async (press) => await finish(deps, press));
}

async function list(deps: ActionDeps, call: CommandCall): Promise<Content> {
  if (call.words.length > 0) return unknownVerb('actions', call, ['help']);
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  return actionsBlocks(await readActions(deps.db, call.workspaceId, actor.value));
}

async function finish(deps: ActionDeps, press: Press): Promise<void> {
  const { workspaceId } = press;
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const done = await finishAction(deps.db, workspaceId, actor.value, { id }, deps.onActionFinished);
  if (done.ok) deps.wake();
  // Pressed twice, it is as they want it: the list says so.
  else if (done.code !== 'already-done') await press.reply(plain(done.words));
  await press.reply(actionsBlocks(await readActions(deps.db, workspaceId, actor.value)), { replace: true });
}
