import { z } from 'zod';
import { claimPress } from '../../../platform/db/presses.ts';
import type {
  MessageShortcut,
  Press,
  Registry,
  Said,
  Submission,
  SubmissionAnswer,
} from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { Waking } from '../../../platform/waking.ts';
import { admit, meetChannel, type PeopleDeps } from '../../people/operations.ts';
import { answerBlocks } from '../blocks.ts';
import { findOwner, lookUp } from '../lookup-operations.ts';
import { askOwner, whoIsAsked } from './ask-operations.ts';
import {
  askAction,
  askedBlocks,
  askModal,
  askModalId,
  helpLine,
  longestQuestion,
  messageBlocks,
  openBlocks,
} from './blocks.ts';
import { readWish } from './input.ts';
import { findByMessage } from './message-operations.ts';
import { answerOpenly, postAnswer } from './operations.ts';

export type AskingDeps = PeopleDeps & Waking;

/** As manifest.yml names the entry in the menu of a message. */
export const whoOwnsThis = 'who_owns_this';

/** Tells Slack's side of all ways to ask besides `/owner`. */
export function registerAsking(slack: Registry, deps: AskingDeps): void {
  slack.mentioned(async (said) => await answerMention(deps, said));
  slack.saidDirectly(async (said) => await answerDirectly(deps, said));
  slack.shortcut(whoOwnsThis, async (shortcut) => await answerShortcut(deps, shortcut));
  slack.press(askAction, async (press) => await openQuestion(deps, press));
  slack.submission(askModalId, async (submission) => await sendQuestion(deps, submission));
}

/** What is said in a channel is answered in its thread, for all to see; what is not for all goes to the speaker alone. */
async function answerMention(deps: AskingDeps, said: Said): Promise<void> {
  const { workspaceId, eventId, channelId } = said;
  if (!(await isFirst(deps, said))) return;
  const actor = await admit(deps, said);
  if (!actor.ok) return await said.replyPrivately(plain(actor.words));
  const wish = readWish(said.words);
  if (wish.kind === 'help') return await said.replyPrivately(helpLine);
  const { question, isAsked } = wish;
  const answer = await answerOpenly(deps, workspaceId, actor.value, question, isAsked);
  if (!answer.ok) return await said.replyPrivately(plain(answer.words));
  const { open, own } = answer.value;
  // Without a word of asking it may have been said to somebody else, about Cairn.
  if (open.kind === 'nothing' && !isAsked) {
    return await said.replyPrivately(own === null ? helpLine : answerBlocks(own, actor.value));
  }
  const content = openBlocks(open);
  const channel = await meetChannel(deps, workspaceId, channelId);
  if (channel === undefined) return await said.replyPrivately(content);
  await postAnswer(deps.db, {
    workspaceId,
    eventId,
    to: { channelId: channel.id },
    threadTs: said.threadTs ?? said.ts,
    content,
  });
  deps.wake();
  if (own !== null) await said.replyPrivately(answerBlocks(own, actor.value));
}

/** In the direct conversation nobody else reads along: the whole answer, with its buttons. */
async function answerDirectly(deps: AskingDeps, said: Said): Promise<void> {
  const { workspaceId, eventId, threadTs } = said;
  if (!(await isFirst(deps, said))) return;
  const actor = await admit(deps, said);
  if (!actor.ok) return await said.replyPrivately(plain(actor.words));
  const wish = readWish(said.words);
  const content = wish.kind === 'help' ? helpLine : await contentFor(wish);
  await postAnswer(deps.db, { workspaceId, eventId, to: { personId: actor.value.id }, threadTs, content });
  deps.wake();

  async function contentFor({ question, isAsked }: Extract<typeof wish, { kind: 'question' }>) {
    if (!actor.ok) return plain(actor.words);
    const ask = isAsked ? findOwner : lookUp;
    const answer = await ask(deps, workspaceId, question, actor.value.id);
    if (!answer.ok) return plain(answer.words);
    if (answer.value.kind === 'nothing' && !isAsked) return helpLine;
    return answerBlocks(answer.value, actor.value);
  }
}

/** Slack repeats an event of which it does not know whether it arrived. */
async function isFirst(deps: AskingDeps, { workspaceId, eventId }: Said): Promise<boolean> {
  return await claimPress(deps.db, workspaceId, `event:${eventId}`);
}

async function answerShortcut(deps: AskingDeps, shortcut: MessageShortcut): Promise<void> {
  const actor = await admit(deps, shortcut);
  if (!actor.ok) return await shortcut.reply(plain(actor.words));
  const found = await findByMessage(deps, shortcut.workspaceId, actor.value, shortcut);
  await shortcut.reply(messageBlocks(found, actor.value));
}

async function openQuestion(deps: AskingDeps, press: Press): Promise<void> {
  const refusal = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const rockId = idInput.safeParse(press.value);
    const whom = await whoIsAsked(deps.db, press.workspaceId, actor.value, rockId.success ? rockId.data : 0);
    if (!whom.ok) return { reply: plain(whom.words) };
    return { modal: askModal(whom.value.card, press.triggerId, whom.value.people) };
  });
  if (refusal !== undefined) await press.reply(refusal);
}

const asked = z.object({ rock: z.number().int().nonnegative(), key: z.string().min(1).max(200) });
const title = 'Ask the owner';

async function sendQuestion(deps: AskingDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  const { rock: rockId, key } = asked.parse(JSON.parse(submission.metadata));
  const question = submission.values['question']?.trim() ?? '';
  if (question === '' || question.length > longestQuestion) {
    return { errors: { question: `Please write a question, of ${longestQuestion} characters at most.` } };
  }
  const sent = await askOwner(deps.db, submission.workspaceId, actor.value, { rockId, question, key });
  if (!sent.ok) return { view: notice(title, plain(sent.words)) };
  deps.wake();
  return { view: notice(title, askedBlocks(sent.value.card, sent.value.people)) };
}
