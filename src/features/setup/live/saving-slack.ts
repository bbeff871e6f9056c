import type { Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { CadenceDeps } from '../../cadences/deps.ts';
import { admit } from '../../people/operations.ts';
import { pickedChannel } from '../../people/picking.ts';
import { liveForms } from './actions.ts';
import { channelsModal, mostTeams } from './form-blocks.ts';
import { readChannelsForm, readRitualForm } from './input.ts';
import { checkRitual, readLive } from './reading-operations.ts';
import { saveRitual } from './saving-operations.ts';
import { pageOf, title } from './showing.ts';

/** The two forms in which the ritual is set up: what and when, then where. */
export function registerRitualForms(slack: Registry, deps: CadenceDeps): void {
  slack.submission(liveForms.ritual, async (submission) => await askChannels(deps, submission));
  slack.submission(liveForms.channels, async (submission) => await save(deps, submission));
}

async function askChannels(deps: CadenceDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const page = await readLive(deps, submission.workspaceId, actor.value);
  if (!page.ok) return { push: notice(title, plain(page.words)) };
  const form = readRitualForm(submission);
  if (!form.success) return { errors: { teams: `Pick at least one team, and ${mostTeams} at most.` } };
  const problems = await checkRitual(deps.db, submission.workspaceId, form.data);
  if (Object.keys(problems).length > 0) return { errors: problems };
  const chosen = page.value.teams.filter(({ id }) => form.data.teamIds.includes(id));
  return { view: channelsModal(form.data, chosen) };
}

async function save(deps: CadenceDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const { form, channels } = readChannelsForm(submission);
  const looked = await Promise.all(
    channels.map(async ({ teamId, slackId }) => ({
      teamId,
      channel: await pickedChannel(deps, workspaceId, slackId),
    })),
  );
  const errors: Record<string, string> = {};
  const teams: { teamId: number; channelId: number }[] = [];
  for (const { teamId, channel } of looked) {
    if (!channel.ok) errors[`team-${teamId}`] = channel.words;
    else if (channel.value === null) errors[`team-${teamId}`] = 'Pick a channel.';
    else teams.push({ teamId, channelId: channel.value.id });
  }
  if (Object.keys(errors).length > 0) return { errors };
  const saved = await saveRitual(deps.db, workspaceId, actor.value, { ...form, teams });
  if (saved.ok) {
    deps.wake();
    const note =
      '*It is set up.* Nobody is messaged yet: look whom it messages, rehearse it, then take one team live.';
    return { view: await pageOf(deps, submission, actor.value, note) };
  }
  if (!('problems' in saved)) return { push: notice(title, plain(saved.words)) };
  const { channels: wrong, schedule, timezone } = saved.problems;
  const [first] = teams;
  const beside = [...wrong].map(([teamId, words]) => [`team-${teamId}`, words] as const);
  const other = [schedule, timezone].filter((it) => it !== undefined).join(' ');
  if (other !== '' && first !== undefined) beside.push([`team-${first.teamId}`, other]);
  return { errors: Object.fromEntries(beside) };
}
