import type { Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { Waking } from '../../../platform/waking.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit, type PeopleDeps } from '../../people/operations.ts';
import { pickedChannel, pickedPeople } from '../../people/picking.ts';
import { settingLines } from '../blocks.ts';
import { refusalFor, settingsOf } from '../operations.ts';
import { guideActions } from './actions.ts';
import { begunContent, firstModal, firstModalId, progressContent, stepModalId } from './blocks.ts';
import { stepAfter } from './core/path.ts';
import type { GuideDeps } from './guide.ts';
import { readStep, readStepSubmission, readWhoForm } from './input.ts';
import { beginSetup, moveTo, readGuide, readOpening, sayWho } from './operations.ts';
import { showStep } from './showing.ts';

export type GuidePathDeps = PeopleDeps & Waking & GuideDeps;

const title = 'Set Cairn up';

/** The guided path: a modal for each step, which can be left and taken up again. */
export function registerGuide(slack: Registry, deps: GuidePathDeps): void {
  slack.press(guideActions.begin, async (press) => await begin(deps, press));
  slack.press(guideActions.goOn, async (press) => await goOn(deps, press));
  slack.press(guideActions.back, async (press) => await goBack(deps, press));
  slack.submission(firstModalId, async (submission) => await beginHere(deps, submission));
  slack.submission(stepModalId, async (submission) => await sendOff(deps, submission));
}

/** The message that was pressed in says from then on how far it is. */
async function begin(deps: GuidePathDeps, press: Press): Promise<void> {
  let hasBegun = false;
  const refusal = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const begun = await beginSetup(deps.db, press.workspaceId, actor.value);
    if (!begun.ok) return { reply: plain(begun.words) };
    hasBegun = true;
    deps.wake();
    const modal = await showStep(deps, press.workspaceId, begun.value, null);
    return modal.ok ? { modal: modal.value } : { reply: plain(modal.words) };
  });
  if (refusal !== undefined) await press.reply(refusal);
  else if (hasBegun && press.messageTs !== undefined) await press.reply(begunContent(), { replace: true });
}

async function goOn(deps: GuidePathDeps, press: Press): Promise<void> {
  let hasBegun = false;
  const refusal = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const opening = await readOpening(deps, press.workspaceId, actor.value);
    if (!opening.ok) return { reply: plain(opening.words) };
    if (opening.value.kind === 'first') return { modal: firstModal(opening.value) };
    hasBegun = true;
    const modal = await showStep(deps, press.workspaceId, actor.value, null);
    return modal.ok ? { modal: modal.value } : { reply: plain(modal.words) };
  });
  if (refusal !== undefined) await press.reply(refusal);
  else if (hasBegun && press.messageTs !== undefined) await press.reply(begunContent(), { replace: true });
}

async function goBack(deps: GuidePathDeps, press: Press): Promise<void> {
  const { workspaceId } = press;
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const step = readStep(press.value);
  const moved = await moveTo(deps.db, workspaceId, actor.value, step);
  if (!moved.ok) return await press.reply(plain(moved.words));
  const modal = await showStep(deps, workspaceId, actor.value, step);
  if (!modal.ok) return await press.reply(plain(modal.words));
  await press.redraw(modal.value);
}

async function beginHere(deps: GuidePathDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const begun = await beginSetup(deps.db, workspaceId, actor.value);
  if (!begun.ok) return { view: notice(title, plain(begun.words)) };
  deps.wake();
  return await show(deps, workspaceId, begun.value, null);
}

async function sendOff(deps: GuidePathDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const problem = refusalFor(actor.value);
  if (problem !== null) return { push: notice(title, plain(problem.words)) };
  const { step, stamp } = readStepSubmission(submission);
  if (step === 'who') return await sendWho(deps, submission, actor.value, stamp);
  const next = stepAfter(step);
  const moved = await moveTo(deps.db, workspaceId, actor.value, next ?? step);
  if (!moved.ok) return { view: notice(title, plain(moved.words)) };
  deps.wake();
  if (next !== null) return await show(deps, workspaceId, actor.value, next);
  const guide = await readGuide(deps, workspaceId, actor.value);
  return guide.ok
    ? { view: notice(title, { ...progressContent(guide.value) }) }
    : { view: notice(title, plain(guide.words)) };
}

async function sendWho(
  deps: GuidePathDeps,
  submission: Submission,
  actor: Actor,
  stamp: string,
): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const form = readWhoForm(submission);
  const [admins, productOperations, leaders] = await Promise.all([
    pickedPeople(deps, workspaceId, form.admins, 'can be admins'),
    pickedChannel(deps, workspaceId, form.productOperations),
    pickedChannel(deps, workspaceId, form.leaders),
  ]);
  if (!admins.ok || !productOperations.ok || !leaders.ok) {
    const read = { admins, productOperations, leaders };
    const errors = Object.entries(read).flatMap(([field, it]) => (it.ok ? [] : [[field, it.words]]));
    return { errors: Object.fromEntries(errors) };
  }
  const who = {
    adminIds: admins.value.map(({ id }) => id),
    productOperationsId: productOperations.value?.id ?? null,
    leadersId: leaders.value?.id ?? null,
  };
  const saved = await sayWho(deps.db, workspaceId, actor, who, stamp);
  if (saved.ok) {
    deps.wake();
    return await show(deps, workspaceId, actor, 'people');
  }
  if (saved.code === 'nobody-left') return { errors: { admins: saved.words } };
  if (saved.code !== 'changed-meanwhile') return { view: notice(title, plain(saved.words)) };
  // Nothing is lost: what the other has saved is said, and what was filled in stays in the fields.
  const set = settingLines(await settingsOf(deps.db, workspaceId)).slice(0, 3);
  const said = [saved.words, ...set, 'Below is what you picked: *Next* saves it in place of that.'];
  const modal = await showStep(deps, workspaceId, actor, 'who', said, form);
  return { view: modal.ok ? modal.value : notice(title, plain(modal.words)) };
}

async function show(
  deps: GuidePathDeps,
  workspaceId: string,
  actor: Actor,
  step: Parameters<typeof showStep>[3],
): Promise<SubmissionAnswer> {
  const modal = await showStep(deps, workspaceId, actor, step);
  return { view: modal.ok ? modal.value : notice(title, plain(modal.words)) };
}
