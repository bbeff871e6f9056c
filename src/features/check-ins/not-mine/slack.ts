import { z } from 'zod';
import type {
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { admit } from '../../people/operations.ts';
import { pickedPeople } from '../../people/picking.ts';
import type { CheckInDeps } from '../deps.ts';
import { readPrompt } from '../operations.ts';
import { actionsOfPrompt } from '../prompt-blocks.ts';
import { actionsOfDisowning, disownedBlocks, disownModal, notMineModal } from './blocks.ts';
import { answerDisowning, disown } from './operations.ts';

const metadata = z.object({ occurrence: z.int().positive() });

/** Tells Slack's side of `Not mine`, and of what the person who was named says. */
export function registerNotMine(slack: Registry, deps: CheckInDeps): void {
  slack.press(actionsOfPrompt.notMine, async (press) => await open(deps, press));
  slack.submission(notMineModal, async (submission) => await ask(deps, submission));
  slack.press(actionsOfDisowning.mine, async (press) => await answer(deps, press, true));
  slack.press(actionsOfDisowning.notMine, async (press) => await answer(deps, press, false));
}

async function open(deps: CheckInDeps, press: Press): Promise<void> {
  const said = await press.openModal(async (): Promise<ModalOrReply> => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const prompt = await readPrompt(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
    if (!prompt.ok) return { reply: plain(prompt.words) };
    const isLeft = prompt.value.items.some((item) => item.answer === null);
    return isLeft
      ? { modal: disownModal(prompt.value) }
      : { reply: plain('All of it is answered. Thank you.') };
  });
  if (said !== undefined) await press.reply(said);
}

async function ask(deps: CheckInDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId, values, lists } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Not mine', plain(actor.words)) };
  const { occurrence } = metadata.parse(JSON.parse(submission.metadata));
  const keyResultIds = (lists['which'] ?? []).map((id) => idInput.parse(id));
  if (keyResultIds.length === 0) return { errors: { which: 'Please pick at least one.' } };
  const slackId = values['who'] ?? null;
  if (slackId === null) return { errors: { who: 'Please name whoever may have it.' } };
  const people = await pickedPeople(deps, workspaceId, [slackId], 'can own a key result');
  if (!people.ok) return { errors: { who: people.words } };
  const [to] = people.value;
  if (to === undefined) return { errors: { who: 'Please name whoever may have it.' } };
  const done = await disown(deps.db, workspaceId, actor.value, {
    occurrenceId: occurrence,
    keyResultIds,
    to,
  });
  if (!done.ok && done.code === 'yourself') return { errors: { who: done.words } };
  if (!done.ok) return { push: notice('Not mine', plain(done.words)) };
  deps.wake();
  return 'close';
}

async function answer(deps: CheckInDeps, press: Press, isTheirs: boolean): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const done = await answerDisowning(deps.db, press.workspaceId, actor.value, { id, isTheirs });
  if (!done.ok) return await press.reply(plain(done.words));
  deps.wake();
  await press.reply(disownedBlocks(done.value), { replace: true });
}
