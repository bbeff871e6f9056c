import type {
  CommandCall,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { pickedChannel, pickedPeople } from '../people/picking.ts';
import { savedContent, settingsAction, settingsModal, settingsModalId, setupBlocks } from './blocks.ts';
import { guideActions } from './guide/actions.ts';
import { firstContent, progressContent } from './guide/blocks.ts';
import type { GuideDeps } from './guide/guide.ts';
import { readOpening } from './guide/operations.ts';
import { registerGuide } from './guide/slack.ts';
import { readSettingsForm } from './input.ts';
import { changeSettings, readSettings, refusalFor } from './operations.ts';
import { registerTeams } from './team-slack.ts';
import { registerTeamsFromSlack } from './teams/slack.ts';

export type SetupDeps = PeopleDeps & Waking & GuideDeps;

const title = 'Set Cairn up';

/** Tells Slack's side of `/cairn setup`. */
export function registerSetup(slack: Registry, deps: SetupDeps): void {
  slack.command({
    noun: 'setup',
    usage: [
      { typed: '/cairn setup', does: 'sets Cairn up step by step (for admins)' },
      { typed: '/cairn setup settings', does: 'admins, channels, limits, API tokens, and sheets in and out' },
    ],
    run: async (call) => await showSetup(deps, call),
  });
  slack.press(settingsAction, async (press) => await openSettings(deps, press));
  slack.submission(settingsModalId, async (submission) => await saveSettings(deps, submission));
  slack.press(guideActions.page, async (press) => await showPage(deps, press));
  registerTeams(slack, deps);
  registerGuide(slack, deps);
  registerTeamsFromSlack(slack, deps);
}

async function showSetup(deps: SetupDeps, call: CommandCall): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (verbOf(call.words) === 'settings') return await settingsPage(deps, call.workspaceId, actor.value);
  const opening = await readOpening(deps, call.workspaceId, actor.value);
  if (!opening.ok) return plain(opening.words);
  if (opening.value.kind === 'begun') return progressContent(opening.value.guide);
  // Where Cairn is in use already, whoever set it up otherwise looks for what is set.
  const isUsed = !opening.value.isEmpty && opening.value.claim === null;
  return isUsed ? await settingsPage(deps, call.workspaceId, actor.value) : firstContent(opening.value);
}

function verbOf([first]: CommandCall['words']): string | null {
  return first?.kind === 'word' && !first.isQuoted ? first.text.toLowerCase() : null;
}

async function settingsPage(deps: SetupDeps, workspaceId: string, actor: Actor): Promise<Content> {
  const settings = await readSettings(deps.db, workspaceId, actor);
  if (!settings.ok) return plain(settings.words);
  const opening = await readOpening(deps, workspaceId, actor);
  return setupBlocks(settings.value, opening.ok && opening.value.kind === 'begun');
}

async function showPage(deps: SetupDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.reply(await settingsPage(deps, press.workspaceId, actor.value), { replace: true });
}

async function openSettings(deps: SetupDeps, press: Press): Promise<void> {
  const refusal = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const settings = await readSettings(deps.db, press.workspaceId, actor.value);
    return settings.ok ? { modal: settingsModal(settings.value) } : { reply: plain(settings.words) };
  });
  if (refusal !== undefined) await press.reply(refusal);
}

async function saveSettings(deps: SetupDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const problem = refusalFor(actor.value);
  if (problem !== null) return { push: notice(title, plain(problem.words)) };
  const form = readSettingsForm(submission);
  const { backpackLimit, releaseAfterHours } = form;
  const [admins, productOperations, leaders] = await Promise.all([
    pickedPeople(deps, workspaceId, form.admins, 'can be admins'),
    pickedChannel(deps, workspaceId, form.productOperations),
    pickedChannel(deps, workspaceId, form.leaders),
  ]);
  const read = { admins, productOperations, leaders, backpackLimit, releaseAfterHours };
  const errors = Object.entries(read).flatMap(([field, it]) => (it.ok ? [] : [[field, it.words]]));
  if (errors.length > 0) return { errors: Object.fromEntries(errors) };
  if (!admins.ok || !productOperations.ok || !leaders.ok || !backpackLimit.ok || !releaseAfterHours.ok) {
    throw new Error('a field that is refused has no words');
  }
  const saved = await changeSettings(deps.db, workspaceId, actor.value, {
    adminIds: admins.value.map(({ id }) => id),
    productOperationsId: productOperations.value?.id ?? null,
    leadersId: leaders.value?.id ?? null,
    backpackLimit: backpackLimit.value,
    releaseAfterHours: releaseAfterHours.value,
  });
  if (!saved.ok) {
    return saved.code === 'nobody-left'
      ? { errors: { admins: saved.words } }
      : { push: notice(title, plain(saved.words)) };
  }
  deps.wake();
  return { view: notice(title, savedContent(saved.value)) };
}
