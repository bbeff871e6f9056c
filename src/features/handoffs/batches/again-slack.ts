import type { Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { admitting, pressWithModal } from '../../people/admitting.ts';
import { admit, meet } from '../../people/operations.ts';
import { offerAgain, readReofferable } from './again-operations.ts';
import { readAgain } from './input.ts';
import { againAction } from './message-blocks.ts';
import { againModal, againModalId } from './modal-blocks.ts';
import type { BatchDeps } from './slack.ts';

const title = 'Offer to another';

/** Tells Slack's side of rocks that are offered once more, to somebody else. */
export function registerAgain(slack: Registry, deps: BatchDeps): void {
  slack.press(againAction, async (press) => await open(deps, press));
  slack.submission(
    againModalId,
    admitting(deps, title, (submission) => offer(deps, submission)),
  );
}

async function open(deps: BatchDeps, press: Press): Promise<void> {
  await pressWithModal(deps, press, async (actor, handoffId) => {
    const move = await readReofferable(deps.db, press.workspaceId, actor, handoffId);
    return move.ok ? { modal: againModal(move.value) } : { reply: plain(move.words) };
  });
}

async function offer(deps: BatchDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { handoffId, to } = readAgain(submission);
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const person = to === null ? undefined : await meet(deps, submission.workspaceId, to);
  if (person === undefined) return { errors: { to: 'I cannot find that person in this workspace.' } };
  const offered = await offerAgain(deps.db, submission.workspaceId, actor.value, handoffId, person.id);
  if (!offered.ok) return { push: notice(title, plain(offered.words)) };
  deps.wake();
  return 'close';
}
