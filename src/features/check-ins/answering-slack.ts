import type {
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { goAway } from '../away/operations.ts';
import { admit } from '../people/operations.ts';
import {
  awayModal,
  awayModalId,
  snoozeBlocks,
  snoozedWords,
  snoozes,
  whyBlocks,
} from './answering-blocks.ts';
import type { CheckInDeps } from './deps.ts';
import { checkInModal } from './modal-blocks.ts';
import { answerNoChange, readPrompt, readWhy } from './operations.ts';
import { actionsOfPrompt } from './prompt-blocks.ts';
import { snooze } from './snoozing-operations.ts';

/** Tells Slack's side of the buttons below a question besides `Check in` and `Not mine`. */
export function registerAnswering(slack: Registry, deps: CheckInDeps): void {
  slack.press(actionsOfPrompt.noChange, async (press) => await sayNoChange(deps, press));
  slack.press(actionsOfPrompt.snooze, async (press) => await offerSnooze(deps, press));
  for (const { actionId, how } of snoozes) {
    slack.press(actionId, async (press) => {
      const actor = await admit(deps, press);
      if (!actor.ok) return await press.reply(plain(actor.words));
      const occurrenceId = idInput.parse(press.value);
      const done = await snooze(deps.db, press.workspaceId, actor.value, { occurrenceId, how });
      if (done.ok) deps.wake();
      const words = done.ok ? snoozedWords(done.value, actor.value.timezone) : done.words;
      await press.reply(plain(words), { replace: true });
    });
  }
  slack.press(actionsOfPrompt.away, async (press) => await openAway(deps, press));
  slack.submission(awayModalId, async (submission) => await keepAway(deps, submission));
  slack.press(actionsOfPrompt.why, async (press) => await tellWhy(deps, press));
}

/** Repeats what was said last time; where that cannot be, the modal opens, which says what lacks. */
async function sayNoChange(deps: CheckInDeps, press: Press): Promise<void> {
  const said = await press.openModal(async (): Promise<ModalOrReply> => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const kept = await answerNoChange(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
    if (!kept.ok) return { reply: plain(kept.words) };
    if (kept.value.kind === 'lacking')
      return { modal: checkInModal(kept.value.prompt, { openedAt: Date.now() }) };
    deps.wake();
    return { reply: plain('Thank you, you are in.') };
  });
  if (said !== undefined) await press.reply(said);
}

async function offerSnooze(deps: CheckInDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.reply(snoozeBlocks(idInput.parse(press.value)));
}

async function openAway(deps: CheckInDeps, press: Press): Promise<void> {
  const said = await press.openModal(async (): Promise<ModalOrReply> => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const prompt = await readPrompt(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
    return prompt.ok ? { modal: awayModal() } : { reply: plain(prompt.words) };
  });
  if (said !== undefined) await press.reply(said);
}

async function keepAway(deps: CheckInDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { errors: { until: actor.words } };
  const until = submission.values['until'] ?? '';
  if (until === '') return { errors: { until: 'Please pick your last day away.' } };
  const told = await goAway(deps.db, submission.workspaceId, actor.value, `until ${until}`);
  if (!told.ok) return { errors: { until: told.words } };
  deps.wake();
  return 'close';
}

async function tellWhy(deps: CheckInDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const why = await readWhy(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
  await press.reply(why.ok ? whyBlocks(why.value) : plain(why.words));
}
