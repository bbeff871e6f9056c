import type { ModalView } from '@slack/types';
import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import { readRegister } from '../ownership/bringing-in.ts';
import type { Actor } from '../people/core/person.ts';
import { importActions, importModals } from './actions.ts';
import { loadingModal, titleOf } from './blocks.ts';
import { sortByRegister } from './core/already.ts';
import { channelSheet, type Proposal, proposeFrom, type ToldChannel } from './core/channels.ts';
import type { ImportSource } from './core/import.ts';
import { starterSheet, starters } from './core/starter-list.ts';
import { admitAdmin, type ImportsDeps } from './deps.ts';
import { channelsModal, starterModal } from './lists-blocks.ts';
import { covering, redrawing } from './pressing.ts';
import { takeUp } from './showing.ts';

/** Tells Slack's side of the two lists that are made here: from channels, and the starter list. */
export function registerLists(slack: Registry, deps: ImportsDeps): void {
  slack.press(importActions.channels, async (press) => {
    await offer(deps, press, async () => {
      const { offered, had } = await sortChannels(deps, press.workspaceId);
      return channelsModal(offered, had);
    });
  });
  slack.press(importActions.starter, async (press) => {
    await offer(deps, press, async () => {
      const { offered, had } = await sortStarters(deps, press.workspaceId);
      return starterModal(offered, had);
    });
  });
  slack.submission(importModals.channels, async (submission) => {
    const picked = new Set(submission.lists['channels'] ?? []);
    return await take(deps, submission, 'channels', async () => {
      const proposals = await readProposals(deps);
      return channelSheet(proposals.filter(({ slackId }) => picked.has(slackId)));
    });
  });
  slack.submission(importModals.starter, async (submission) => {
    const picked = new Set(Object.values(submission.lists).flat());
    const [first] = Object.keys(submission.lists);
    if (picked.size === 0 && first !== undefined) return { errors: { [first]: 'Tick one at least.' } };
    return await take(deps, submission, 'starter', async () =>
      starterSheet(starters.filter(({ key }) => picked.has(key))),
    );
  });
}

async function offer(
  deps: ImportsDeps,
  press: Press,
  build: (actor: Actor) => Promise<ModalView>,
): Promise<void> {
  await (press.actionId.includes('/within') ? redrawing : covering)(deps, press, build);
}

async function take(
  deps: ImportsDeps,
  submission: Submission,
  source: ImportSource,
  sheet: () => Promise<ReturnType<typeof starterSheet>>,
): Promise<SubmissionAnswer> {
  const actor = await admitAdmin(deps, submission);
  if (!actor.ok) return { push: notice(titleOf('rocks'), plain(actor.words)) };
  const { workspaceId } = submission;
  return {
    view: loadingModal('rocks', 'Making a preview …'),
    later: async () =>
      await takeUp(deps, workspaceId, actor.value, {
        kind: 'rocks',
        source,
        name: null,
        sheet: await sheet(),
      }),
  };
}

async function readProposals({ directory }: ImportsDeps): Promise<Proposal[]> {
  const told: ToldChannel[] = [];
  for await (const page of directory.channels())
    for (const { slackId, name, isPrivate, isArchived, story } of page)
      if (!isPrivate && !isArchived)
        told.push({ slackId, name, topic: story?.topic ?? '', purpose: story?.purpose ?? '' });
  return proposeFrom(told);
}

/** All names of the register's rocks, retired ones too: nothing is proposed that was let go of. */
async function takenNames({ db }: ImportsDeps, workspaceId: string): Promise<string[]> {
  const rocks = await readRegister(db, workspaceId);
  return rocks.flatMap(({ key, state }) => [key, state.name, ...state.aliases]);
}

async function sortChannels(deps: ImportsDeps, workspaceId: string) {
  const taken = await takenNames(deps, workspaceId);
  return sortByRegister(await readProposals(deps), ({ name }) => [name], taken);
}

async function sortStarters(deps: ImportsDeps, workspaceId: string) {
  const taken = await takenNames(deps, workspaceId);
  return sortByRegister(starters, ({ name, names }) => [name, ...names], taken);
}
