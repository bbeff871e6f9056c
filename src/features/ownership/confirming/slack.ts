import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Result } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Caller, Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { actions, button, type Content, section } from '../../../platform/slack/elements.ts';
import { textField } from '../../../platform/slack/fields.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Waking } from '../../../platform/waking.ts';
import { registerLaterMenu } from '../../check-ins/leaving/slack.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit, type PeopleDeps } from '../../people/operations.ts';
import type { RockCard } from '../core/rock.ts';
import { longest } from '../core/rock-fields.ts';
import { findCard } from '../lookup-store.ts';
import type { Moving } from '../moved.ts';
import { readReason } from '../register/input.ts';
import { askedBlocks, confirmActions, confirmedBlocks } from './blocks.ts';
import { readOne, readPage } from './input.ts';
import { leaveAudit, snoozeAudit } from './leaving-operations.ts';
import { type Confirmed, confirmAll, confirmRock, leaveRock, listToConfirm } from './operations.ts';

export type ConfirmingDeps = PeopleDeps & Waking & Moving;

const leaveModalId = 'rock:leave-form';
const idOf = z.object({ rock: z.int().positive() });

/** Tells Slack's side of confirming: the buttons of the audit's message, and of the list that it shows. */
export function registerConfirming(slack: Registry, deps: ConfirmingDeps): void {
  slack.press(confirmActions.all, async (press) => {
    await withActor(deps, press, async (actor) => {
      const { occurrenceId } = readPage(press.value);
      return said(deps, await confirmAll(deps.db, press.workspaceId, actor, occurrenceId));
    });
  });
  slack.press(confirmActions.show, async (press) => {
    const isTurned = press.actionId.includes('/');
    await withActor(
      deps,
      press,
      async (actor) => await showMine(deps, press, actor, readPage(press.value)),
      isTurned,
    );
  });
  slack.press(confirmActions.one, async (press) => {
    await withActor(
      deps,
      press,
      async (actor) => {
        const { rockId, ...page } = readOne(press.value);
        const confirmed = await confirmRock(deps.db, press.workspaceId, actor, rockId);
        if (confirmed.ok) deps.wake();
        // What has moved since is gone from the list; the words say where to.
        const list = await showMine(deps, press, actor, page);
        return confirmed.ok ? list : noted(confirmed.words, list);
      },
      true,
    );
  });
  slack.press(confirmActions.leave, async (press) => {
    const said = await press.openModal(async () => {
      const actor = await admit(deps, press);
      if (!actor.ok) return { reply: plain(actor.words) };
      const card = await findCard(deps.db, press.workspaceId, idInput.parse(press.value), actor.value.id);
      if (card === undefined || card.owner?.id !== actor.value.id)
        return { reply: plain('That rock is not yours any more. Nothing is asked of you.') };
      return { modal: leaveModal(card) };
    });
    if (said !== undefined) await press.reply(said);
  });
  registerLaterMenu(slack, deps, confirmActions.later, {
    snooze: async (actor, workspaceId, asked) => await snoozeAudit(deps.db, workspaceId, actor, asked),
    leave: async (actor, workspaceId, asked) => await leaveAudit(deps.db, workspaceId, actor, asked),
  });
  slack.submission(leaveModalId, async (submission) => await leave(deps, submission));
}

/** Confirms all that the actor owns, or one rock, and says what it did. */
export async function answerConfirm(
  deps: ConfirmingDeps,
  workspaceId: string,
  actor: Actor,
  card: RockCard | null,
): Promise<Content> {
  const confirmed =
    card === null
      ? await confirmAll(deps.db, workspaceId, actor)
      : await confirmRock(deps.db, workspaceId, actor, card.id);
  return said(deps, confirmed);
}

function said(deps: ConfirmingDeps, confirmed: Result<Confirmed>): Content {
  if (!confirmed.ok) return plain(confirmed.words);
  deps.wake();
  const { names, total, isOver } = confirmed.value;
  return confirmedBlocks(names.length, total, isOver);
}

function noted(words: string, list: Content): Content {
  return { text: `${words}\n${list.text}`, blocks: [section(words), ...list.blocks] };
}

async function showMine(
  deps: ConfirmingDeps,
  { workspaceId }: Caller,
  actor: Actor,
  page: { occurrenceId: number | null; offset: number },
): Promise<Content> {
  const shown = await listToConfirm(deps.db, workspaceId, actor, page);
  return askedBlocks(shown, await companyNow(deps.db, workspaceId), actor.timezone);
}

async function withActor(
  deps: ConfirmingDeps,
  press: Press,
  answer: (actor: Actor) => Promise<Content>,
  replace = false,
): Promise<void> {
  const actor = await admit(deps, press);
  await press.reply(actor.ok ? await answer(actor.value) : plain(actor.words), {
    replace: actor.ok && replace,
  });
}

function leaveModal(card: RockCard): ModalView {
  const plainText = (text: string) => ({ type: 'plain_text', text, emoji: false }) as const;
  return {
    type: 'modal',
    callback_id: leaveModalId,
    private_metadata: JSON.stringify({ rock: card.id }),
    title: plainText('Not mine any more'),
    submit: plainText('Leave it unowned'),
    close: plainText('Back'),
    blocks: [
      section(`If you know who carries *${inline(card.name)}*, hand it over: they get it with its context.`),
      actions(
        button('Hand off', 'handoff:start', String(card.id), 'primary'),
        button('Set it down', 'rock:set-down', String(card.id)),
      ),
      textField({
        blockId: 'reason',
        label: 'Or leave it unowned. Why?',
        hint: 'Everybody who asks for it reads that nobody owns it.',
        limit: longest.reason,
        isLong: true,
      }),
    ],
  };
}

async function leave(deps: ConfirmingDeps, submission: Submission): Promise<SubmissionAnswer> {
  const title = 'Not mine any more';
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  const reason = readReason(submission);
  if (!reason.ok) return { errors: { reason: reason.words } };
  const { rock } = idOf.parse(JSON.parse(submission.metadata));
  const left = await leaveRock(deps, submission.workspaceId, actor.value, rock, reason.value);
  if (!left.ok) return { view: notice(title, plain(left.words)) };
  deps.wake();
  return {
    view: notice(title, plain(`Nobody owns *${inline(left.value.name)}* now. Thank you for saying so.`)),
  };
}
