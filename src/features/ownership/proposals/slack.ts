import type { ModalView } from '@slack/types';
import { may, rolesInWorkspace } from '../../../permission/permissions.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { Waking } from '../../../platform/waking.ts';
import { type Actor, isActor, type Person } from '../../people/core/person.ts';
import { admit, meet, type PeopleDeps } from '../../people/operations.ts';
import type { Moving } from '../moved.ts';
import { readReason } from '../register/input.ts';
import { answeredWords, proposalsActions } from './blocks.ts';
import type { Listed } from './core/proposal.ts';
import { noneModal, noneModalId, someModal, someModalId } from './forms.ts';
import { readNone, readPage } from './input.ts';
import { type Answered, answerProposals, readProposal, type Said } from './operations.ts';
import { readProgress } from './steps.ts';

export type ProposalsDeps = PeopleDeps & Waking & Moving;

const title = 'What is yours';
/** More than so many that are not theirs take longer than Slack waits for an answer to a form. */
const mostAtOnce = 15;

/** Tells Slack's side of the questions about what imports list as people's. */
export function registerProposals(slack: Registry, deps: ProposalsDeps): void {
  slack.press(proposalsActions.all, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    const id = idInput.parse(press.value);
    const answered = await answer(deps, press.workspaceId, actor.value, id, { kind: 'all' });
    await press.reply(plain(answered.ok ? doneWords(answered.value) : answered.words));
  });
  slack.press(proposalsActions.some, async (press) => await open(deps, press, someModal));
  slack.press(proposalsActions.none, async (press) => await open(deps, press, noneModal));
  slack.submission(someModalId, async (submission) => {
    const { id, ...page } = readPage(submission.metadata, submission.lists);
    const count = page.shown.filter((stint) => !page.ticked.includes(stint)).length;
    return await submit(deps, submission, { id, count, needsReason: count > 0 }, (why) => ({
      kind: 'page',
      ...page,
      ...why,
    }));
  });
  slack.submission(noneModalId, async (submission) => {
    const about = { ...readNone(submission.metadata), needsReason: true };
    return await submit(deps, submission, about, ({ reason, suggested }) => ({
      kind: 'none',
      reason: reason ?? '',
      suggested,
    }));
  });
  slack.press(proposalsActions.progress, async (press) => {
    const actor = await admit(deps, press);
    if (!actor.ok) return await press.reply(plain(actor.words));
    if (!may('set Cairn up', rolesInWorkspace(actor.value))) return await press.reply(plain(forAdmins));
    await press.reply(await readProgress(deps.db, press.workspaceId));
  });
}

const forAdmins = 'Who has answered what is for admins to see: those of Slack, and whom they name.';

async function open(
  deps: ProposalsDeps,
  press: Press,
  modalOf: (id: number, left: readonly Listed[]) => ModalView,
): Promise<void> {
  const said = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const id = idInput.parse(press.value);
    const proposal = await readProposal(deps.db, press.workspaceId, actor.value, id);
    return proposal.ok ? { modal: modalOf(id, proposal.value.left) } : { reply: plain(proposal.words) };
  });
  if (said !== undefined) await press.reply(said);
}

type Why = { reason: string | null; suggested: Person | null };

async function submit(
  deps: ProposalsDeps,
  submission: Submission,
  { id, count, needsReason }: { id: number; count: number; needsReason: boolean },
  saidOf: (why: Why) => Said,
): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  const reason = readReason(submission);
  if (needsReason && !reason.ok) return { errors: { reason: reason.words } };
  const suggested = await readSuggested(deps, submission, actor.value);
  if (!suggested.ok) return { errors: { suggested: suggested.words } };
  const said = saidOf({ reason: reason.ok ? reason.value : null, suggested: suggested.value });
  const run = async (): Promise<Result<Answered>> => await answer(deps, workspaceId, actor.value, id, said);
  const viewOf = (answered: Result<Answered>): ModalView => {
    if (!answered.ok) return notice(title, plain(answered.words));
    const { left } = answered.value;
    return said.kind === 'page' && left.length > 0
      ? someModal(id, left)
      : notice(title, plain(doneWords(answered.value)));
  };
  if (count > mostAtOnce)
    return { view: notice(title, plain('One moment …')), later: async () => viewOf(await run()) };
  const answered = await run();
  if (!answered.ok && answered.field !== undefined) return { errors: { [answered.field]: answered.words } };
  return { view: viewOf(answered) };
}

/** Who carries it, as whoever is asked thinks; nobody where the field is empty. */
async function readSuggested(
  deps: ProposalsDeps,
  { workspaceId, values }: Submission,
  actor: Actor,
): Promise<Result<Person | null>> {
  const slackId = values['suggested'] ?? null;
  if (slackId === null) return accepted(null);
  const person = await meet(deps, workspaceId, slackId);
  if (person === undefined || !isActor(person))
    return refused('unfit', 'Pick a full member of this workspace, or leave this empty.');
  if (person.id === actor.id)
    return refused('yourself', 'That is you. Tick what is yours, or leave this empty.');
  return accepted(person);
}

async function answer(
  deps: ProposalsDeps,
  workspaceId: string,
  actor: Actor,
  id: number,
  said: Said,
): Promise<Result<Answered>> {
  const answered = await answerProposals(deps, workspaceId, actor, id, said);
  if (answered.ok) deps.wake();
  return answered;
}

function doneWords({ mine, notMine, left }: Answered): string {
  const more = left.length === 0 ? '' : ` ${left.length} more wait for your answer.`;
  return `Thank you. ${answeredWords(mine, notMine)}${more}`;
}
