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
import { admit } from '../people/operations.ts';
import { readingsModal } from './answering-blocks.ts';
import { registerAnswering } from './answering-slack.ts';
import { isComplete, itemsToAsk, type Prompt } from './core/check-in.ts';
import { decimalMark } from './core/number.ts';
import type { CheckInDeps } from './deps.ts';
import { answerEarly, findEarly } from './early-operations.ts';
import { type Answers, readAnswers } from './input.ts';
import { registerLeaving } from './leaving/slack.ts';
import { checkInModal, modalId } from './modal-blocks.ts';
import { registerNotMine } from './not-mine/slack.ts';
import { answerCheckIn, findWaiting, readPrompt } from './operations.ts';
import { actionsOfPrompt } from './prompt-blocks.ts';

export type { CheckInDeps };

/** Tells Slack's side of `/checkin`, its buttons and its modals. */
export function registerCheckIns(slack: Registry, deps: CheckInDeps): void {
  slack.command({
    noun: 'checkin',
    usage: [{ typed: '/checkin', does: 'answer your check-in now, early too' }],
    run: async (call) => await openWaiting(deps, call),
  });
  slack.press(actionsOfPrompt.open, async (press) => await openPrompt(deps, press));
  slack.submission(modalId, async (submission) => await keep(deps, submission));
  registerAnswering(slack, deps);
  registerNotMine(slack, deps);
  registerLeaving(slack, deps);
}

async function openWaiting(deps: CheckInDeps, call: CommandCall): Promise<Content | undefined> {
  if (call.words.length > 0) return unknownVerb('checkin', call, ['help']);
  return await call.openModal(async () => {
    const actor = await admit(deps, call);
    if (!actor.ok) return { reply: plain(actor.words) };
    const { db } = deps;
    const prompt =
      (await findWaiting(db, call.workspaceId, actor.value)) ??
      (await findEarly(db, call.workspaceId, actor.value));
    if (prompt === undefined)
      return { reply: plain('Nothing waits for you. I will ask when the next check-in begins.') };
    return { modal: checkInModal(prompt, { openedAt: Date.now() }) };
  });
}

async function openPrompt(deps: CheckInDeps, press: Press): Promise<void> {
  const said = await press.openModal(async (): Promise<ModalOrReply> => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const occurrenceId = idInput.parse(press.value);
    const prompt = await readPrompt(deps.db, press.workspaceId, actor.value, occurrenceId);
    return prompt.ok
      ? { modal: checkInModal(prompt.value, { openedAt: Date.now() }) }
      : { reply: plain(prompt.words) };
  });
  if (said !== undefined) await press.reply(said);
}

/**
 * What is left to answer, or, of a change, what comes behind the answers of this step; at the end, how numbers were read
 * that could be read otherwise.
 */
function nextStep(prompt: Prompt, { answers, isChange, readings }: Answers): SubmissionAnswer {
  if (!isComplete(prompt.items)) return { view: checkInModal(prompt, { openedAt: Date.now() }) };
  const last = answers.at(-1)?.keyResultId ?? null;
  const isMore = isChange && itemsToAsk(prompt.items, last).length > 0;
  if (isMore) return { view: checkInModal(prompt, { behind: last, openedAt: Date.now() }) };
  return readings.length > 0 ? { view: readingsModal(readings) } : 'close';
}

async function keep(deps: CheckInDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Check in', plain(actor.words)) };
  const read = readAnswers(submission, decimalMark(actor.value.timezone));
  if ('errors' in read) return read;
  const { db } = deps;
  const { occurrenceId, answers, openedAt } = read;
  const seconds = openedAt === null ? null : (Date.now() - openedAt) / 1_000;
  const kept =
    occurrenceId === null
      ? await answerEarly(db, submission.workspaceId, actor.value, answers)
      : await answerCheckIn(db, submission.workspaceId, actor.value, { occurrenceId, answers, seconds });
  if (!kept.ok) return { push: notice('Check in', plain(kept.words)) };
  if (kept.value.kind === 'lacking') {
    const beside = kept.value.lacking.map(({ field, keyResultId, words }) => [
      `${field}/${keyResultId}`,
      words,
    ]);
    return { errors: Object.fromEntries(beside) };
  }
  deps.wake();
  return nextStep(kept.value.prompt, read);
}
