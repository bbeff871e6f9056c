import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import { registerLaterMenu } from '../check-ins/leaving/slack.ts';
import { pressWithModal } from '../people/admitting.ts';
import { admit } from '../people/operations.ts';
import { forms, press as ids } from './actions.ts';
import { answerModal } from './answer-blocks.ts';
import { readQuestions } from './answering-operations.ts';
import { minutesOf, sumWords } from './core/minutes.ts';
import { settledOnLine } from './deciding-operations.ts';
import { actionModal, closeModal, decideModal } from './form-blocks.ts';
import { type ReviewDeps, sendAction, sendAnswers, sendClose, sendDecide } from './forms.ts';
import { leaveReview, snoozeReview } from './leaving-operations.ts';
import { deferLine, readLine } from './line-operations.ts';
import { minutesForChannel } from './minutes-blocks.ts';
import { readClosing, readMinutes } from './minutes-operations.ts';
import { previewRoadmapReview } from './roadmap-review.ts';

/** Tells Slack's side of reviews: the buttons of their agendas, and the questions of a company's own rituals. */
export function registerReviews(slack: Registry, deps: ReviewDeps): void {
  slack.press(ids.decide, async (press) => await openDecide(deps, press));
  slack.press(ids.action, async (press) => {
    await pressWithModal(deps, press, async (_actor, id) => {
      const read = await readLine(deps.db, press.workspaceId, id);
      return read.ok ? { modal: actionModal(read.value.line) } : { reply: plain(read.words) };
    });
  });
  slack.press(ids.defer, async (press) => await defer(deps, press));
  slack.press(ids.close, async (press) => await openClose(deps, press));
  slack.press(ids.minutes, async (press) => {
    await pressWithModal(deps, press, async (_actor, id) => {
      const read = await readMinutes(deps.db, press.workspaceId, id);
      if (!read.ok) return { reply: plain(read.words) };
      return { modal: notice('Minutes', minutesForChannel(read.value.review, read.value.minutes)) };
    });
  });
  slack.press(ids.answer, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => {
      const read = await readQuestions(deps.db, press.workspaceId, actor, id);
      if (!read.ok) return { reply: plain(read.words) };
      const { review, questions, answers } = read.value;
      return { modal: answerModal(review, questions, answers) };
    });
  });
  registerLaterMenu(slack, deps, ids.later, {
    snooze: async (actor, workspaceId, asked) => await snoozeReview(deps.db, workspaceId, actor, asked),
    leave: async (actor, workspaceId, asked) => await leaveReview(deps.db, workspaceId, actor, asked),
  });
  slack.submission(forms.decide, async (sent) => await sendDecide(deps, sent));
  slack.submission(forms.action, async (sent) => await sendAction(deps, sent));
  slack.submission(forms.close, async (sent) => await sendClose(deps, sent));
  slack.submission(forms.answer, async (sent) => await sendAnswers(deps, sent));
}

/** `/roadmap review`: what the next one would talk about. */
export async function answerRoadmapReview(deps: ReviewDeps, call: CommandCall): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  const preview = await previewRoadmapReview(deps.db, call.workspaceId, actor.value);
  return preview.ok ? preview.value : plain(preview.words);
}

async function openDecide(deps: ReviewDeps, press: Press): Promise<void> {
  const { workspaceId } = press;
  await pressWithModal(deps, press, async (actor, id) => {
    const read = await readLine(deps.db, workspaceId, id);
    if (!read.ok) return { reply: plain(read.words) };
    const { line } = read.value;
    return { modal: decideModal(line, await settledOnLine(deps.db, workspaceId, actor, line)) };
  });
}

async function defer(deps: ReviewDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const deferred = await deferLine(deps.db, press.workspaceId, actor.value, id);
  if (!deferred.ok) return await press.reply(plain(deferred.words));
  deps.wake();
}

async function openClose(deps: ReviewDeps, press: Press): Promise<void> {
  const { db } = deps;
  const { workspaceId } = press;
  await pressWithModal(deps, press, async (_actor, id) => {
    const read = await readClosing(db, workspaceId, id);
    if (!read.ok) return { reply: plain(read.words) };
    const { review, lines } = read.value;
    return { modal: closeModal(review, lines, sumWords(minutesOf(lines))) };
  });
}
