import type { CommandCall, Registry } from '../../../platform/slack/calls.ts';
import { spoken, type Word } from '../../../platform/slack/command-text.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { commandWithModal, pressWithModal } from '../../people/admitting.ts';
import { admit } from '../../people/operations.ts';
import { type EditingDeps, handled } from '../editing/forms.ts';
import { closeModal, gradeModal } from './blocks.ts';
import { calibrationBlocks } from './calibration-blocks.ts';
import { howSure, howSureTogether } from './calibration-operations.ts';
import { missWords } from './core/grade.ts';
import { gradingActions, gradingModals } from './ids.ts';
import { readClose, readGrades } from './input.ts';
import { askToClose, gradeKeyResults, listToGrade, moveOn } from './operations.ts';

export const gradingUsage = [
  { typed: '/okr close 2026-Q4', does: 'grade a cycle and close it; its leads and admins' },
];

/** Whether a command closes a cycle. */
export function closesCycle([first]: readonly Word[]): boolean {
  return first?.kind === 'word' && !first.isQuoted && first.text.toLowerCase() === 'close';
}

/** Tells Slack's side of grading: its buttons and forms. */
export function registerGrading(slack: Registry, deps: EditingDeps): void {
  slack.press(gradingActions.grade, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => {
      const asked = await listToGrade(deps.db, press.workspaceId, actor, id);
      if (!asked.ok) return { reply: plain(asked.words) };
      const { cycle, rows, nextKey } = asked.value;
      return { modal: gradeModal(cycle, rows, nextKey) };
    });
  });
  slack.press(gradingActions.close, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => {
      const asked = await askToClose(deps.db, press.workspaceId, actor, { id });
      return asked.ok ? { modal: closeModal(asked.value.cycle, asked.value) } : { reply: plain(asked.words) };
    });
  });
  slack.press(gradingActions.why, async (press) => {
    const actor = await admit(deps, press);
    await press.reply(plain(actor.ok ? whyWords : actor.words));
  });
  slack.press(gradingActions.sure, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    await press.reply(calibrationBlocks(await howSure(deps.db, press.workspaceId, actor.value), 'You'));
  });
  slack.press(gradingActions.teamSure, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    const sure = await howSureTogether(deps.db, press.workspaceId, idInput.parse(press.value));
    await press.reply(sure.ok ? calibrationBlocks(sure.value, 'You all') : plain(sure.words));
  });
  slack.submission(gradingModals.grade, async (submission) => await sendGrades(deps, submission));
  slack.submission(gradingModals.close, async (submission) => await sendClose(deps, submission));
}

/** `/okr close 2026-Q4`: asks first, and says what will happen. */
export async function answerClose(deps: EditingDeps, call: CommandCall): Promise<Content | undefined> {
  const key = spoken(call.words.slice(1));
  if (key === '') return plain('Which cycle? For example `/okr close 2026-Q4`.');
  return await commandWithModal(deps, call, async (actor) => {
    const asked = await askToClose(deps.db, call.workspaceId, actor, { key });
    return asked.ok ? { modal: closeModal(asked.value.cycle, asked.value) } : { reply: plain(asked.words) };
  });
}

const sendGrades = handled('Grade', async (deps, submission, actor) => {
  const read = readGrades(submission);
  if ('errors' in read) return read;
  const kept = await gradeKeyResults(deps, submission.workspaceId, actor, read);
  if (!kept.ok) return { push: notice('Grade', plain(kept.words)) };
  if (kept.value.kind === 'lacking')
    return { errors: Object.fromEntries(kept.value.keyResultIds.map((id) => [`words/${id}`, missWords])) };
  const { cycle, rest, nextKey, isClosed } = kept.value;
  if (rest.length > 0) return { view: gradeModal(cycle, rest, nextKey) };
  const key = inline(cycle.key);
  if (!isClosed) return 'close';
  return {
    view: notice(
      'Thank you',
      plain(`That was the last one. *${key}* is closed, and its results are posted.`),
    ),
  };
});

const sendClose = handled('Close a cycle', async (deps, submission, actor) => {
  const moved = await moveOn(deps, submission.workspaceId, actor, readClose(submission));
  if (!moved.ok) return { view: notice('Close a cycle', plain(moved.words)) };
  const key = inline(moved.value.key);
  const words =
    moved.value.state === 'grading'
      ? `*${key}* is being graded. Whoever owns a key result of it is asked; \`/okr close ${key}\` closes it.`
      : `*${key}* is closed. Nothing in it changes any more.`;
  return { view: notice(moved.value.state === 'grading' ? 'Grading' : 'Closed', plain(words)) };
});

const whyWords =
  'A cycle has ended, and you answer for key results of it: as their owner, or as the backup where the owner is not in Slack. A lead, an admin or the calendar of your company started the grading. You are asked once; whoever reviews the objective can grade what you leave open.';
