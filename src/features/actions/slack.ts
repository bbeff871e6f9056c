import { z } from 'zod';
import type {
  CommandCall,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { pressWithModal } from '../people/admitting.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import {
  actionsBlocks,
  doneAction,
  doneTodayAction,
  dropAction as dropButton,
  dropModal,
  dropModalId,
} from './blocks.ts';
import { type ActionEnded, dropAction, finishAction, readActions, readDroppable } from './operations.ts';

export type ActionDeps = PeopleDeps & Waking & { onActionEnded: readonly ActionEnded[] };

const metadata = z.object({ action: z.int().positive() });

/** Tells Slack's side of `/cairn actions`, its `Done` and its `No longer needed`. */
export function registerActions(slack: Registry, deps: ActionDeps): void {
  slack.command({
    noun: 'actions',
    usage: [{ typed: '/cairn actions', does: 'what you do for others, and others for you' }],
    run: async (call) => await list(deps, call),
  });
  slack.press(doneAction, async (press) => await finish(deps, press));
  slack.press(doneTodayAction, async (press) => await finishToday(deps, press));
  slack.press(dropButton, async (press) => await askWhy(deps, press));
  slack.submission(dropModalId, (submission) => drop(deps, submission));
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
  const done = await finishAction(deps.db, workspaceId, actor.value, { id }, deps.onActionEnded);
  if (done.ok) deps.wake();
  // Pressed twice, it is as they want it: the list says so.
  else if (done.code !== 'already-done') await press.reply(plain(done.words));
  await press.reply(actionsBlocks(await readActions(deps.db, workspaceId, actor.value)), { replace: true });
}

/** The message of the day follows by itself: it is not replaced, since other things may wait in it. */
async function finishToday(deps: ActionDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const done = await finishAction(deps.db, press.workspaceId, actor.value, { id }, deps.onActionEnded);
  if (done.ok) deps.wake();
  else await press.reply(plain(done.words));
}

async function askWhy(deps: ActionDeps, press: Press): Promise<void> {
  await pressWithModal(deps, press, async (actor, id) => {
    const action = await readDroppable(deps.db, press.workspaceId, actor, { id });
    return action.ok ? { modal: dropModal(action.value, actor.id) } : { reply: plain(action.words) };
  });
}

async function drop(deps: ActionDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId, values } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Action', plain(actor.words)) };
  const id = metadata.parse(JSON.parse(submission.metadata)).action;
  const why = values['why']?.trim() ?? '';
  if (why === '') return { errors: { why: 'A sentence is enough: why is it not needed any more?' } };
  const dropped = await dropAction(deps.db, workspaceId, actor.value, { id }, why, deps.onActionEnded);
  if (dropped.ok) deps.wake();
  // Sent off twice, it is as they want it.
  else if (dropped.code !== 'already-dropped') return { push: notice('Action', plain(dropped.words)) };
  return 'close';
}
