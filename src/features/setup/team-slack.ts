import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { pickedPeople } from '../people/picking.ts';
import { teamsAction } from './blocks.ts';
import { readTeamForm } from './input.ts';
import { refusalFor } from './operations.ts';
import { pickTeamModal, pickTeamModalId, teamModal, teamModalId, teamSaved } from './team-blocks.ts';
import { changeTeam, readTeam, readTeams } from './team-operations.ts';

type TeamDeps = PeopleDeps & Waking;

const title = "A team's members";

/** A team is picked first, then the same modal asks who is in it. */
export function registerTeams(slack: Registry, deps: TeamDeps): void {
  slack.press(teamsAction, async (press) => await openTeams(deps, press));
  slack.submission(pickTeamModalId, async (submission) => await showTeam(deps, submission));
  slack.submission(teamModalId, async (submission) => await saveTeam(deps, submission));
}

async function openTeams(deps: TeamDeps, press: Press): Promise<void> {
  const refusal = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const teams = await readTeams(deps.db, press.workspaceId, actor.value);
    return teams.ok ? { modal: pickTeamModal(teams.value) } : { reply: plain(teams.words) };
  });
  if (refusal !== undefined) await press.reply(refusal);
}

async function showTeam(deps: TeamDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const id = idInput.safeParse(submission.values['team']);
  if (!id.success) return { errors: { team: 'Pick a team.' } };
  const team = await readTeam(deps.db, submission.workspaceId, actor.value, id.data);
  return team.ok ? { view: teamModal(team.value) } : { push: notice(title, plain(team.words)) };
}

async function saveTeam(deps: TeamDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const problem = refusalFor(actor.value);
  if (problem !== null) return { push: notice(title, plain(problem.words)) };
  const form = readTeamForm(submission);
  const members = await pickedPeople(deps, workspaceId, form.members, 'are in teams');
  if (!members.ok) return { errors: { members: members.words } };
  const lead = await pickedPeople(deps, workspaceId, form.lead === null ? [] : [form.lead], 'lead teams');
  if (!lead.ok) return { errors: { lead: lead.words } };
  const saved = await changeTeam(deps.db, workspaceId, actor.value, idInput.parse(submission.metadata), {
    leadId: lead.value[0]?.id ?? null,
    memberIds: members.value.map(({ id }) => id),
  });
  if (!saved.ok) return { push: notice(title, plain(saved.words)) };
  deps.wake();
  return { view: notice(title, teamSaved(saved.value)) };
}
