import { z } from 'zod';
import type { Press, Registry } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { admit } from '../../people/operations.ts';
import { snoozedWords } from '../answering-blocks.ts';
import { type Choice, isLeaveReason, isSnoozeReason } from '../core/leaving.ts';
import type { CheckInDeps } from '../deps.ts';
import { snooze } from '../snoozing-operations.ts';
import { leavingActions, leftBlocks } from './blocks.ts';
import { comeBackTo, leaveRitual } from './operations.ts';

/** Tells Slack's side of the menu below a question, and of coming back. */
export function registerLeaving(slack: Registry, deps: CheckInDeps): void {
  slack.press(leavingActions.choose, async (press) => await choose(deps, press));
  slack.press(leavingActions.comeBack, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    const done = await comeBackTo(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
    if (!done.ok) return await press.reply(plain(done.words));
    deps.wake();
    await press.reply(
      plain(`Welcome back. \`${inline(done.value.key)}\` asks you again from its next time on.`),
    );
  });
}

async function choose(deps: CheckInDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { occurrenceId, choice } = readChoice(press.value);
  const { workspaceId } = press;
  if (choice.kind === 'snooze') {
    const asked = { occurrenceId, how: 'tomorrow', reason: choice.reason } as const;
    const done = await snooze(deps.db, workspaceId, actor.value, asked);
    if (done.ok) deps.wake();
    return await press.reply(plain(done.ok ? snoozedWords(done.value, actor.value.timezone) : done.words));
  }
  const asked = { occurrenceId, reason: choice.reason };
  const done = await leaveRitual(deps.db, workspaceId, actor.value, asked);
  if (done.ok) deps.wake();
  await press.reply(done.ok ? leftBlocks(done.value) : plain(done.words));
}

const choiceInput = z.string().regex(/^\d{1,15} (snooze|leave):[a-z]+$/);

/** What was chosen of the menu, which is input like any other. */
function readChoice(value: string): { occurrenceId: number; choice: Choice } {
  const [id = '', said = ''] = choiceInput.parse(value).split(' ');
  const reason = said.slice(said.indexOf(':') + 1);
  const occurrenceId = idInput.parse(id);
  if (said.startsWith('snooze') && isSnoozeReason(reason))
    return { occurrenceId, choice: { kind: 'snooze', reason } };
  if (said.startsWith('leave') && isLeaveReason(reason))
    return { occurrenceId, choice: { kind: 'leave', reason } };
  throw new Error('a menu gave a choice that it does not have');
}
