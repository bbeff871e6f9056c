import { claimPress, releasePress } from '../../platform/db/presses.ts';
import type { CommandCall, Press, Registry } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { type Content, context } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { answerBlocks, cardBlocks } from './blocks.ts';
import type { RockCard } from './core/rock.ts';
import { storyBlocks } from './history/blocks.ts';
import { readStory } from './history/operations.ts';
import { readQuestion } from './input.ts';
import { withLoad } from './load/blocks.ts';
import { readLoadFor } from './load/operations.ts';
import { answerQuestion, findCard } from './lookup-operations.ts';
import type { Moving } from './moved.ts';
import { unknownRock } from './operations.ts';
import { takeRock } from './take-operations.ts';

export type OwnershipDeps = PeopleDeps & Waking & Moving;

const notForAll = (card: RockCard) =>
  `Not everybody may see *${inline(card.name)}*, so it is not shared in a channel.`;

/** Tells Slack's side of `/owner` and the buttons of its answers. */
export function registerOwnership(slack: Registry, deps: OwnershipDeps): void {
  slack.command({
    noun: 'owner',
    usage: [
      { typed: '/owner payments', does: 'who owns it, and how to reach them' },
      { typed: '/owner @ana', does: 'all that she carries' },
      { typed: '/owner #checkout', does: 'what has its home in a channel' },
      { typed: '/owner https://…', does: 'whose page this is' },
      { typed: '/owner unowned', does: 'what nobody carries; `stale`: what nobody confirmed for 90 days' },
    ],
    run: async (call) => await answerOwner(deps, call),
  });
  slack.press('owner:show', async (press) => await showRock(deps, press));
  slack.press('owner:share', async (press) => await shareRock(deps, press));
  slack.press('owner:take', async (press) => await takeIt(deps, press));
  slack.press('owner:history', async (press) => await showHistory(deps, press));
}

async function answerOwner(deps: PeopleDeps, call: CommandCall): Promise<Content> {
  const question = readQuestion(call.words);
  if (question === null)
    return plain('Who owns what? Type a name after it, such as `/owner payments`, or `/owner help`.');
  const answered = await answerQuestion(deps, call, question);
  if (!answered.ok) return plain(answered.words);
  const { answer, asker } = answered.value;
  const content = answerBlocks(answer, asker);
  if (answer.kind !== 'list' || answer.about.kind !== 'person') return content;
  // For the asker's eyes alone: an answer in a channel is made without it.
  const load = await readLoadFor(deps.db, call.workspaceId, asker, answer.about.person.id);
  return load === null ? content : withLoad(content, load, answer.about.person.id);
}

async function showRock(deps: PeopleDeps, press: Press): Promise<void> {
  await withRock(deps, press, async (card, actor) => {
    await press.reply(cardBlocks(card, actor), { replace: true });
  });
}

async function shareRock(deps: PeopleDeps, press: Press): Promise<void> {
  await withRock(deps, press, async (card, actor) => {
    if (card.visibility !== 'workspace') return await press.reply(plain(notForAll(card)));
    // The post goes out through the response_url, past the outbox: the claim makes a double click one post.
    const message = press.messageTs ?? press.triggerId;
    const key = `share:${actor.slackId}:${press.channelId}:${message}:${card.id}`;
    if (!(await claimPress(deps.db, press.workspaceId, key))) return;
    const shared = cardBlocks(card);
    const blocks = [...shared.blocks, context(`Shared by ${personMention(actor)}`)];
    try {
      await press.reply({ ...shared, blocks }, { inChannel: true });
    } catch (error) {
      await releasePress(deps.db, press.workspaceId, key);
      throw error;
    }
  });
}

async function takeIt(deps: OwnershipDeps, press: Press): Promise<void> {
  await withRock(deps, press, async (card, actor) => {
    const taken = await takeRock(deps, press.workspaceId, actor, card.id);
    if (taken.ok) deps.wake();
    await press.reply(taken.ok ? cardBlocks(taken.value, actor) : plain(taken.words), { replace: taken.ok });
  });
}

async function showHistory(deps: PeopleDeps, press: Press): Promise<void> {
  await withRock(deps, press, async (card, actor) => {
    const story = await readStory(deps.db, press.workspaceId, card.id, actor.id);
    await press.reply(storyBlocks(card, story, actor.timezone));
  });
}

/** Checks the presser and the rock of this moment, whatever the message showed when it was sent. */
async function withRock(
  deps: PeopleDeps,
  press: Press,
  act: (card: RockCard, actor: Actor) => Promise<void>,
): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const rockId = idInput.safeParse(press.value);
  const card = rockId.success
    ? await findCard(deps.db, press.workspaceId, rockId.data, actor.value.id)
    : undefined;
  if (card === undefined) return await press.reply(plain(unknownRock.words));
  await act(card, actor.value);
}
