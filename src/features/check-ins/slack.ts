import type {
  CommandCall,
  ModalOrReply,
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
import { admit, type PeopleDeps } from '../people/operations.ts';
import { checkInModal, modalId } from './blocks.ts';
import { isComplete, itemsToAsk, type Prompt } from './core/check-in.ts';
import { type Answers, readAnswers } from './input.ts';
import { answerCheckIn, findWaiting, readPrompt } from './operations.ts';

export type CheckInDeps = PeopleDeps & Waking;

/** Tells Slack's side of `/checkin`, its button and its modal. */
export function registerCheckIns(slack: Registry, deps: CheckInDeps): void {
  slack.command({
    noun: 'checkin',
    usage: [{ typed: '/checkin', does: 'answer your check-in now' }],
    run: async (call) => await openWaiting(deps, call),
  });
  slack.press('check-in:open', async (press) => await openPrompt(deps, press));
  slack.submission(modalId, async (submission) => await keepAnswers(deps, submission));
}

async function openWaiting(deps: CheckInDeps, call: CommandCall): Promise<Content | undefined> {
  if (call.words.length > 0) return unknownVerb('checkin', call, ['help']);
  return await call.openModal(async () => {
    const actor = await admit(deps, call);
    if (!actor.ok) return { reply: plain(actor.words) };
    const prompt = await findWaiting(deps.db, call.workspaceId, actor.value);
    if (prompt === undefined)
      return { reply: plain('Nothing waits for you. I will ask when the next check-in begins.') };
    return { modal: checkInModal(prompt) };
  });
}

async function openPrompt(deps: CheckInDeps, press: Press): Promise<void> {
  const said = await press.openModal(async (): Promise<ModalOrReply> => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const occurrenceId = idInput.parse(press.value);
    const prompt = await readPrompt(deps.db, press.workspaceId, actor.value, occurrenceId);
    return prompt.ok ? { modal: checkInModal(prompt.value) } : { reply: plain(prompt.words) };
  });
  if (said !== undefined) await press.reply(said);
}

/** What is left to answer, or, of a change, what comes behind the answers of this step. */
function nextStep(prompt: Prompt, { answers, isChange }: Answers): SubmissionAnswer {
  if (!isComplete(prompt.items)) return { view: checkInModal(prompt) };
  const last = answers.at(-1)?.keyResultId ?? null;
  const isMore = isChange && itemsToAsk(prompt.items, last).length > 0;
  return isMore ? { view: checkInModal(prompt, last) } : 'close';
}

async function keepAnswers(deps: CheckInDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Check in', plain(actor.words)) };
  const read = readAnswers(submission);
  if ('errors' in read) return read;
  const kept = await answerCheckIn(deps.db, submission.workspaceId, actor.value, read);
  if (!kept.ok) return { push: notice('Check in', plain(kept.words)) };
  deps.wake();
  return nextStep(kept.value, read);
}
