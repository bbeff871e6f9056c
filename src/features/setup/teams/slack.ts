import type { ModalView } from '@slack/types';
import type { Result } from '../../../platform/core/result.ts';
import { within } from '../../../platform/core/within.ts';
import type { Caller, Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Waking } from '../../../platform/waking.ts';
import type { Actor } from '../../people/core/person.ts';
import type { UserGroup } from '../../people/core/slack-user.ts';
import { admit, type PeopleDeps } from '../../people/operations.ts';
import { pickedPeople } from '../../people/picking.ts';
import { teamActions } from '../guide/actions.ts';
import type { GuideDeps } from '../guide/guide.ts';
import { showStep } from '../guide/showing.ts';
import { refusalFor } from '../operations.ts';
import { createModalId, previewModal } from './blocks.ts';
import { listed } from './core/words.ts';
import {
  changeModal,
  changeModalId,
  pickModal,
  pickModalId,
  readingModal,
  removingModal,
} from './form-blocks.ts';
import { readChange, readCreate, readLeaveOutPress, readPickForm, readTeamPress } from './input.ts';
import { changeProposed, createTeams, leaveOut, propose, readPreview } from './operations.ts';
import type { Created } from './preview.ts';
import { type Picks, readTeams } from './reading.ts';
import { readMade, removeTeam } from './removing-operations.ts';

type TeamDeps = PeopleDeps & Waking & GuideDeps;

const title = 'Teams from Slack';
/** A press in a modal has no trigger to lose, but whoever pressed waits for what they see. */
const groupsPatienceMs = 4_000;

/** The second step of the guided path: all of it stands in the modal of that step, one view after another. */
export function registerTeamsFromSlack(slack: Registry, deps: TeamDeps): void {
  slack.press(teamActions.pick, async (press) => await pick(deps, press));
  slack.press(teamActions.preview, async (press) => await backToPreview(deps, press));
  slack.press(teamActions.change, async (press) => await showTeam(deps, press));
  slack.press(teamActions.leaveOut, async (press) => await leaveTeamOut(deps, press));
  slack.press(teamActions.removing, async (press) => await showMade(deps, press));
  slack.press(teamActions.remove, async (press) => await remove(deps, press));
  slack.submission(pickModalId, async (submission) => await read(deps, submission));
  slack.submission(changeModalId, async (submission) => await keepTeam(deps, submission));
  slack.submission(createModalId, async (submission) => await create(deps, submission));
}

async function admitAdmin(deps: TeamDeps, caller: Caller): Promise<Result<Actor>> {
  const actor = await admit(deps, caller);
  return actor.ok ? (refusalFor(actor.value) ?? actor) : actor;
}

async function pick(deps: TeamDeps, press: Press): Promise<void> {
  const actor = await admitAdmin(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.redraw(pickModal(await groupsNow(deps)));
}

/** The groups that can be picked, or why there are none: what is optional must not keep the rest from being picked. */
async function groupsNow({ directory }: TeamDeps): Promise<UserGroup[] | 'unreadable' | 'silent'> {
  const asked = directory.userGroups().catch(() => 'silent' as const);
  return (await within(groupsPatienceMs, asked))?.value ?? 'silent';
}

async function read(deps: TeamDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admitAdmin(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const form = readPickForm(submission);
  if (!form.ok) return { errors: { [form.field ?? 'channels']: form.words } };
  const { groups: groupIds, ...rest } = form.value;
  return {
    view: readingModal(),
    later: async () => {
      const groups = groupIds.length === 0 ? [] : await namesOf(deps, groupIds);
      const picks: Picks = { ...rest, groups };
      const reading = await readTeams(deps, submission.workspaceId, picks);
      const proposed = await propose(deps.db, submission.workspaceId, actor.value, reading);
      return proposed.ok ? previewModal(proposed.value) : notice(title, plain(proposed.words));
    },
  };
}

/** Groups with what they are called; one that Slack does not list now is read, or refused, under its id. */
async function namesOf(deps: TeamDeps, ids: readonly string[]): Promise<Picks['groups']> {
  const known = await groupsNow(deps);
  const listedNow = typeof known === 'string' ? [] : known;
  return ids.map(
    (slackId) =>
      listedNow.find((group) => group.slackId === slackId) ?? { slackId, name: slackId, handle: '' },
  );
}

async function backToPreview(deps: TeamDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.parse(press.value);
  const preview = await readPreview(deps.db, press.workspaceId, actor.value, id);
  if (!preview.ok) return await press.reply(plain(preview.words));
  await press.redraw(previewModal(preview.value));
}

async function showTeam(deps: TeamDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { proposalId, index } = readTeamPress(press.value);
  const preview = await readPreview(deps.db, press.workspaceId, actor.value, proposalId);
  if (!preview.ok) return await press.reply(plain(preview.words));
  const team = preview.value.teams[index];
  await press.redraw(team === undefined ? previewModal(preview.value) : changeModal(proposalId, index, team));
}

async function leaveTeamOut(deps: TeamDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { isLeftOut, ...at } = readLeaveOutPress(press.value);
  const preview = await leaveOut(deps.db, press.workspaceId, actor.value, at, isLeftOut);
  if (!preview.ok) return await press.reply(plain(preview.words));
  await press.redraw(previewModal(preview.value));
}

async function keepTeam(deps: TeamDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admitAdmin(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const { proposalId, index, name, ...picked } = readChange(submission);
  if (name === '') return { errors: { name: 'What is the team called?' } };
  const members = await pickedPeople(deps, workspaceId, picked.members, 'are in teams');
  if (!members.ok) return { errors: { members: members.words } };
  const lead = await pickedPeople(deps, workspaceId, picked.lead === null ? [] : [picked.lead], 'lead teams');
  if (!lead.ok) return { errors: { lead: lead.words } };
  const preview = await changeProposed(
    deps.db,
    workspaceId,
    actor.value,
    { proposalId, index },
    { name, memberIds: members.value.map(({ id }) => id), leadId: lead.value[0]?.id ?? null },
  );
  if (preview.ok) return { view: previewModal(preview.value) };
  return preview.code === 'same-name'
    ? { errors: { name: preview.words } }
    : { push: notice(title, plain(preview.words)) };
}

async function create(deps: TeamDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admitAdmin(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const { proposal, stamp } = readCreate(submission);
  const created = await createTeams(deps.db, workspaceId, actor.value, proposal, stamp);
  if (created.ok) {
    deps.wake();
    return { view: await stepTwo(deps, workspaceId, actor.value, createdLines(created.value)) };
  }
  if (created.code === 'changed-meanwhile') {
    const preview = await readPreview(deps.db, workspaceId, actor.value, proposal);
    if (preview.ok) return { view: previewModal(preview.value, [created.words]) };
  }
  return { view: await stepTwo(deps, workspaceId, actor.value, [created.words]) };
}

function createdLines({ added, changed }: Created): string[] {
  const bold = (names: readonly string[]) =>
    listed(
      names.map((name) => `*${inline(name)}*`),
      10,
    );
  return [
    // Their names stand in the step's own line below.
    ...(added.length === 0
      ? []
      : [
          `:white_check_mark: ${added.length === 1 ? 'One team is' : `${added.length} teams are`} created. Nobody was told.`,
        ]),
    ...(changed.length === 0 ? [] : [`:white_check_mark: Changed: ${bold(changed)}.`]),
  ];
}

async function showMade(deps: TeamDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const made = await readMade(deps.db, press.workspaceId, actor.value);
  if (!made.ok) return await press.reply(plain(made.words));
  await press.redraw(removingModal(made.value));
}

async function remove(deps: TeamDeps, press: Press): Promise<void> {
  const { workspaceId } = press;
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const removed = await removeTeam(deps.db, workspaceId, actor.value, idInput.parse(press.value));
  const made = await readMade(deps.db, workspaceId, actor.value);
  if (!made.ok) return await press.reply(plain(made.words));
  if (removed.ok) deps.wake();
  const said = removed.ok ? `*${inline(removed.value.name)}* is removed again.` : removed.words;
  await press.redraw(removingModal(made.value, [said]));
}

async function stepTwo(
  deps: TeamDeps,
  workspaceId: string,
  actor: Actor,
  said: readonly string[],
): Promise<ModalView> {
  const shown = await showStep(deps, workspaceId, actor, 'people', said);
  return shown.ok ? shown.value : notice(title, plain(said.join('\n')));
}
