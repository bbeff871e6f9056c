import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Result } from '../../../platform/core/result.ts';
import type { Press, Registry } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit } from '../../people/operations.ts';
import { snoozedWords } from '../answering-blocks.ts';
import {
  type Choice,
  isLeaveReason,
  isSnoozeReason,
  type LeaveReason,
  type SnoozeReason,
} from '../core/leaving.ts';
import type { CheckInDeps } from '../deps.ts';
import { snooze } from '../snoozing-operations.ts';
import { type Left, leavingActions, leftBlocks } from './blocks.ts';
import { comeBackTo, leaveRitual } from './operations.ts';

/** What the menu below a question of some ritual does. */
type Choosing = {
  snooze(
    actor: Actor,
    workspaceId: string,
    asked: { occurrenceId: number; reason: SnoozeReason },
  ): Promise<Result<{ until: Temporal.Instant; now: Temporal.Instant }>>;
  leave(
    actor: Actor,
    workspaceId: string,
    asked: { occurrenceId: number; reason: LeaveReason },
  ): Promise<Result<Left>>;
};

/** Tells Slack's side of the menu below a check-in, and of coming back to any ritual. */
export function registerLeaving(slack: Registry, deps: CheckInDeps): void {
  registerLaterMenu(slack, deps, leavingActions.choose, {
    snooze: async (actor, workspaceId, asked) =>
      await snooze(deps.db, workspaceId, actor, { ...asked, how: 'tomorrow' }),
    leave: async (actor, workspaceId, asked) => await leaveRitual(deps.db, workspaceId, actor, asked),
  });
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

/** The same menu below the questions of any ritual: one press puts off or leaves, and says why. */
export function registerLaterMenu(
  slack: Registry,
  deps: CheckInDeps,
  actionId: string,
  choosing: Choosing,
): void {
  slack.press(actionId, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    await press.reply(await answerChoice(deps, choosing, press, actor.value));
  });
}

async function answerChoice(
  deps: CheckInDeps,
  choosing: Choosing,
  { workspaceId, value }: Press,
  actor: Actor,
): Promise<Content> {
  const { occurrenceId, choice } = readChoice(value);
  if (choice.kind === 'snooze') {
    const done = await choosing.snooze(actor, workspaceId, { occurrenceId, reason: choice.reason });
    if (!done.ok) return plain(done.words);
    deps.wake();
    return plain(snoozedWords(done.value, actor.timezone));
  }
  const done = await choosing.leave(actor, workspaceId, { occurrenceId, reason: choice.reason });
  if (!done.ok) return plain(done.words);
  deps.wake();
  return leftBlocks(done.value);
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
