import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { spoken } from '../../platform/slack/command-text.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import type { Waking } from '../../platform/waking.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import {
  backBlocks,
  cancelAction,
  cancelledBlocks,
  knownBlocks,
  notYetBlocks,
  toldBlocks,
} from './blocks.ts';
import { cancelAbsence, comeBack, goAway, readAway } from './operations.ts';

export type AwayDeps = PeopleDeps & Waking;

/** Tells Slack's side of `/ooo`. */
export function registerAway(slack: Registry, deps: AwayDeps): void {
  slack.command({
    noun: 'ooo',
    usage: [
      { typed: '/ooo until Fri', does: 'you are away; also `24 Dec - 2 Jan`, `tomorrow`, `from Mon to Wed`' },
      { typed: '/ooo back', does: 'you are back' },
      { typed: '/ooo', does: 'when I think that you are away' },
    ],
    run: async (call) => await answer(deps, call),
  });
  slack.press(cancelAction, async (press) => await cancel(deps, press));
}

async function answer(deps: AwayDeps, call: CommandCall): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  const { workspaceId } = call;
  const text = spoken(call.words);
  if (text === '') return knownBlocks(await readAway(deps.db, workspaceId, actor.value));
  if (text.toLowerCase() === 'back') {
    const back = await comeBack(deps.db, workspaceId, actor.value);
    if (!back.ok) return plain(back.words);
    deps.wake();
    return back.value.kind === 'back'
      ? backBlocks(back.value.lastDay, back.value.today)
      : notYetBlocks(back.value);
  }
  const told = await goAway(deps.db, workspaceId, actor.value, text);
  if (!told.ok) return plain(told.words);
  deps.wake();
  return toldBlocks(told.value);
}

async function cancel(deps: AwayDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const cancelled = await cancelAbsence(deps.db, press.workspaceId, actor.value, id);
  if (cancelled.ok) deps.wake();
  await press.reply(
    cancelled.ok ? cancelledBlocks(cancelled.value.cancelled, cancelled.value.today) : plain(cancelled.words),
    { replace: cancelled.ok },
  );
}
