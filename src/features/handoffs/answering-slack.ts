import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import { dropModal } from '../actions/blocks.ts';
import { finishAction, readDroppable } from '../actions/operations.ts';
import { admitting, pressWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { handOver } from './ask-operations.ts';
import { inList } from './blocks.ts';
import {
  briefModal,
  briefModalId,
  declineModal,
  declineModalId,
  suggestModal,
  suggestModalId,
} from './brief-blocks.ts';
import { checkStep, offerAgain, readBrief, suggestChanges } from './brief-operations.ts';
import { readHandoffId, readRewriteModal, textOf } from './input.ts';
import { handoffsBlocks } from './list-blocks.ts';
import { findForWriting, readHandoffs } from './list-operations.ts';
import { returnLoan } from './loan-operations.ts';
import { acceptHandoff, declineHandoff, withdrawHandoff } from './operations.ts';
import { type HandoffDeps, pressStep, submitStep } from './presses.ts';
import { rewriteModal, rewriteModalId } from './writing-blocks.ts';

/** Tells Slack's side of the buttons and modals by which handoffs that exist are answered, changed and ended. */
export function registerAnswering(slack: Registry, deps: HandoffDeps): void {
  const { db } = deps;
  slack.press('handoff:read', async (press) => await openBrief(deps, press));
  for (const step of ['decline', 'suggest'] as const) {
    slack.press(`handoff:${step}`, async (press) => {
      await pressWithModal(deps, press, async (actor, id) => {
        const handoff = await checkStep(db, press.workspaceId, actor, id, step);
        if (!handoff.ok) return { reply: plain(handoff.words) };
        return { modal: step === 'decline' ? declineModal(handoff.value) : suggestModal(handoff.value) };
      });
    });
  }
  for (const [action, step] of [
    ['handoff:edit', 'offer-again'],
    ['handoff:hand-over', 'hand-over'],
  ] as const) {
    slack.press(action, async (press) => {
      await pressWithModal(deps, press, async (actor, id) => {
        const handoff = await checkStep(db, press.workspaceId, actor, id, step);
        return handoff.ok ? { modal: rewriteModal(handoff.value) } : { reply: plain(handoff.words) };
      });
    });
  }
  slack.press('handoff:withdraw', async (press) => {
    const withdraw = (actor: Actor, id: number) => withdrawHandoff(db, press.workspaceId, actor, id);
    await showList(deps, press, await pressStep(deps, press, withdraw, 'already-withdrawn'));
  });
  slack.press('handoff:return', async (press) => {
    const giveBack = (actor: Actor, id: number) => returnLoan(db, press.workspaceId, actor, id);
    await showList(deps, press, await pressStep(deps, press, giveBack, 'already-returned'));
  });
  slack.press('handoff:done', async (press) => {
    const done = (actor: Actor, handoffId: number) =>
      finishAction(db, press.workspaceId, actor, { handoffId }, deps.onActionEnded);
    await pressStep(deps, press, done, 'already-done');
  });
  slack.press('handoff:drop', async (press) => {
    await pressWithModal(deps, press, async (actor, handoffId) => {
      const action = await readDroppable(db, press.workspaceId, actor, { handoffId });
      return action.ok ? { modal: dropModal(action.value, actor.id) } : { reply: plain(action.words) };
    });
  });

  slack.submission(
    briefModalId,
    admitting(deps, 'Handoff', async (submission) => {
      const id = readHandoffId(submission);
      return await submitStep(deps, submission, 'Handoff', (actor) =>
        acceptHandoff(db, submission.workspaceId, actor, id),
      );
    }),
  );
  slack.submission(
    declineModalId,
    admitting(deps, 'Handoff', async (submission) => {
      const id = readHandoffId(submission);
      const reason = textOf(submission, 'reason');
      return await submitStep(deps, submission, 'Handoff', (actor) =>
        declineHandoff(db, submission.workspaceId, actor, id, reason),
      );
    }),
  );
  slack.submission(
    suggestModalId,
    admitting(deps, 'Handoff', async (submission) => {
      const words = textOf(submission, 'words');
      if (words === null) return { errors: { words: 'A sentence is enough: what is missing or wrong?' } };
      return await submitStep(deps, submission, 'Handoff', (actor) =>
        suggestChanges(db, submission.workspaceId, actor, readHandoffId(submission), words),
      );
    }),
  );
  slack.submission(
    rewriteModalId,
    admitting(deps, 'Handoff', (submission) => rewrite(deps, submission)),
  );
}

async function openBrief(deps: HandoffDeps, press: Press): Promise<void> {
  await pressWithModal(deps, press, async (actor, handoffId) => {
    const brief = await readBrief(deps.db, press.workspaceId, actor, handoffId);
    if (!brief.ok) return { reply: plain(brief.words) };
    const { handoff, mayAccept, undone } = brief.value;
    return { modal: briefModal(handoff, mayAccept, undone) };
  });
}

/** Pressed in the list of `/handoff`, the answer is the list as it is then. */
async function showList(deps: HandoffDeps, press: Press, actor: Actor | undefined): Promise<void> {
  if (actor === undefined || !press.actionId.endsWith(`/${inList}`)) return;
  const lists = await readHandoffs(deps.db, press.workspaceId, actor);
  await press.reply(handoffsBlocks(lists, actor.id), { replace: true });
}

/** The brief of what was asked for, or is offered again; which of the two, the handoff says. */
async function rewrite(deps: HandoffDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const id = readHandoffId(submission);
  const handoff = await findForWriting(deps.db, workspaceId, id);
  if (handoff === undefined) return { push: notice('Handoff', plain('That handoff is not there any more.')) };
  const input = readRewriteModal(submission, handoff.kind);
  if ('errors' in input) return input;
  return await submitStep(
    deps,
    submission,
    'Handoff',
    (actor) =>
      handoff.state === 'asked'
        ? handOver(deps.db, workspaceId, actor, id, input)
        : offerAgain(deps.db, workspaceId, actor, id, input),
    (code) => (code === 'past' || code === 'long' ? 'until' : null),
  );
}
