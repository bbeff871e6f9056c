import type {
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { pressOpening } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { pickedChannel } from '../people/picking.ts';
import { editActions, mostChannels, strategyModals } from './frame-blocks.ts';
import { readStamp } from './input.ts';
import { publishedContent, publishModal } from './publish-blocks.ts';
import { markRead, publishStrategy, readHistory, readPublishing } from './publish-operations.ts';
import { historyAction, historyBlocks, readAction, readWords } from './version-blocks.ts';

type PublishingDeps = PeopleDeps & Waking;

/** Tells how versions are published, read and looked back at. */
export function registerPublishing(slack: Registry, deps: PublishingDeps): void {
  slack.press(
    editActions.publish,
    async (press) =>
      await pressOpening(deps, press, async (actor) => await openPublish(deps, press.workspaceId, actor)),
  );
  slack.submission(strategyModals.publish, async (sent) => await publish(deps, sent));
  slack.press(readAction, async (press) => await hasRead(deps, press));
  slack.press(historyAction, async (press) => await turnHistory(deps, press));
}

export async function openPublish(
  { db }: PeopleDeps,
  workspaceId: string,
  actor: Actor,
): Promise<ModalOrReply> {
  const publishing = await readPublishing(db, workspaceId, actor);
  return publishing.ok ? { modal: publishModal(publishing.value) } : { reply: plain(publishing.words) };
}

async function publish(deps: PublishingDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { workspaceId, lists } = submission;
  const said = (content: Content): SubmissionAnswer => ({ view: notice('Strategy', content) });
  const actor = await admit(deps, submission);
  if (!actor.ok) return said(plain(actor.words));
  const picked = [...new Set(lists['channels'] ?? [])].slice(0, mostChannels);
  const channels = await Promise.all(picked.map((id) => pickedChannel(deps, workspaceId, id)));
  const channelIds: number[] = [];
  for (const channel of channels) {
    if (!channel.ok) return { errors: { channels: channel.words } };
    if (channel.value !== null) channelIds.push(channel.value.id);
  }
  const stamp = readStamp(submission);
  const published = await publishStrategy(deps.db, workspaceId, actor.value, { channelIds, stamp });
  if (!published.ok)
    return published.field === undefined
      ? said(plain(published.words))
      : { errors: { [published.field]: published.words } };
  deps.wake();
  return said(publishedContent(published.value));
}

async function hasRead(deps: PublishingDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.safeParse(press.value);
  const read = await markRead(deps.db, press.workspaceId, actor.value, id.success ? id.data : 0);
  if (!read.ok) return await press.reply(plain(read.words));
  deps.wake();
  await press.reply(plain(readWords(read.value.number, read.value.isNew)));
}

export async function showHistory(
  { db }: PeopleDeps,
  workspaceId: string,
  actor: Actor,
  below: number | null,
): Promise<Content> {
  const { told, next } = await readHistory(db, workspaceId, below);
  return historyBlocks(told, next, actor.timezone);
}

async function turnHistory(deps: PublishingDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const below = idInput.safeParse(press.value);
  const content = await showHistory(deps, press.workspaceId, actor.value, below.success ? below.data : null);
  await press.reply(content, { replace: true });
}
