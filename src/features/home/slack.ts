import type { Caller, Press, Registry } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { homeNotice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit } from '../people/operations.ts';
import { pageAction } from './blocks.ts';
import { keepHome, turnPage } from './operations.ts';
import { type PublishingDeps, showHome } from './publishing.ts';

export type HomeDeps = PublishingDeps & Waking;

/**
 * Tells Slack's side of Home. Its other buttons are those of the features' messages: they do the same here, and
 * what they change counts the Home up.
 */
export function registerHome(slack: Registry, deps: HomeDeps): void {
  slack.homeOpened(async (caller) => await open(deps, caller));
  slack.press(pageAction, async (press) => await turn(deps, press));
}

async function open(deps: HomeDeps, caller: Caller): Promise<void> {
  const actor = await admit(deps, caller);
  if (!actor.ok) return await deps.publish(caller.slackUserId, homeNotice(plain(actor.words)));
  await keepHome(deps.db, caller.workspaceId, actor.value);
  await show(deps, caller.workspaceId, actor.value);
}

async function turn(deps: HomeDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await turnPage(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
  await show(deps, press.workspaceId, actor.value);
}

/** At once, past the heartbeat, which may be busy with messages; one that is being published comes once more. */
async function show(deps: HomeDeps, workspaceId: string, actor: Actor): Promise<void> {
  if (!(await showHome(deps, workspaceId, actor.id))) deps.wake();
}
