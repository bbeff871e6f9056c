import { claimPress } from '../../../platform/db/presses.ts';
import type {
  Caller,
  CommandCall,
  ModalOrReply,
  Press,
  Registry,
  Search,
} from '../../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import type { Choice } from '../../../platform/slack/fields.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Waking } from '../../../platform/waking.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit, type PeopleDeps } from '../../people/operations.ts';
import { offerRocks } from '../asking/operations.ts';
import type { Question } from '../core/rock.ts';
import { keepQuestion } from '../lookup-operations.ts';
import {
  aliasModal,
  missActions,
  missBlocks,
  missListBlocks,
  missModals,
  rockSearch,
  suggestModal,
  typedWords,
} from './blocks.ts';
import { isAddress, longestQuery } from './core/miss.ts';
import { missIdOf, saveAlias, saveSuggestion } from './forms.ts';
import { readOpenMiss, waitForAnswer } from './operations.ts';
import { listMisses, settleAsNotOurs } from './settling-operations.ts';

/** The form that adds a rock with this name; `ownerId` null leaves the owner open. */
export type AddForm = (given: {
  workspaceId: string;
  actor: Actor;
  name: string;
  ownerId: number | null;
}) => Promise<ModalOrReply>;

export type MissDeps = PeopleDeps & Waking & { addForm?: AddForm };

/** Tells Slack's side of `/cairn misses`, and of the buttons of a question that found nothing. */
export function registerMisses(slack: Registry, deps: MissDeps): void {
  slack.command({
    noun: 'misses',
    usage: [{ typed: '/cairn misses', does: 'what was asked for in vain, most asked first (for admins)' }],
    run: async (call) => await showMisses(deps, call),
  });
  slack.press(missActions.page, async (press) => await turnPage(deps, press));
  slack.press(missActions.notOurs, async (press) => await sayNotOurs(deps, press));
  slack.press(missActions.tell, async (press) => await tellLater(deps, press));
  slack.press(missActions.none, async (press) => await askOn(deps, press));
  slack.press(missActions.alias, async (press) => {
    await openFor(deps, press, async (_actor, { id, query }) => ({ modal: aliasModal(id, query) }));
  });
  slack.press(missActions.suggest, async (press) => {
    await openFor(deps, press, async (_actor, { id, query }) => ({ modal: suggestModal(id, query) }));
  });
  slack.press(missActions.take, async (press) => {
    await openFor(deps, press, (actor, { query }) => addRock(deps, press, actor, query, actor.id));
  });
  slack.press(missActions.add, async (press) => {
    await openFor(deps, press, (actor, { query }) => addRock(deps, press, actor, query, null));
  });
  slack.submission(missModals.alias, async (submission) => await saveAlias(deps, submission));
  slack.submission(missModals.suggest, async (submission) => await saveSuggestion(deps, submission));
  slack.options(rockSearch, async (search) => await offer(deps, search));
}

async function showMisses(deps: MissDeps, call: CommandCall): Promise<Content> {
  if (call.words.length > 0) return unknownVerb('cairn misses', call, ['help']);
  const actor = await admit(deps, call);
  return actor.ok ? await listFrom(deps, call, actor.value, 0) : plain(actor.words);
}

async function listFrom(
  deps: MissDeps,
  { workspaceId }: Caller,
  actor: Actor,
  offset: number,
): Promise<Content> {
  const list = await listMisses(deps.db, workspaceId, actor, offset);
  return list.ok ? missListBlocks(list.value) : plain(list.words);
}

async function turnPage(deps: MissDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const offset = idInput.safeParse(press.value);
  await press.reply(await listFrom(deps, press, actor.value, offset.success ? offset.data : 0), {
    replace: true,
  });
}

async function sayNotOurs(deps: MissDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const settled = await settleAsNotOurs(deps.db, press.workspaceId, actor.value, missIdOf(press.value));
  // Pressed twice, it is as they want it: the list that is shown anew says so.
  if (!settled.ok && settled.code !== 'settled') return await press.reply(plain(settled.words));
  deps.wake();
  await press.reply(await listFrom(deps, press, actor.value, 0), { replace: true });
}

async function tellLater(deps: MissDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const miss = await waitForAnswer(deps.db, press.workspaceId, actor.value, missIdOf(press.value));
  await press.reply(
    plain(
      miss.ok
        ? `I'll tell you as soon as somebody has settled ${typedWords(miss.value.query)}. Until then product operations sees that you wait for it.`
        : miss.words,
    ),
  );
}

/** None of the rocks that were offered is meant: the question is kept, once, and what can be done about it is shown. */
async function askOn(deps: MissDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { workspaceId, channelId } = press;
  const typed = press.value.slice(0, longestQuery);
  const key = `none:${actor.value.slackId}:${channelId}:${press.messageTs ?? press.triggerId}`;
  if (typed === '' || !(await claimPress(deps.db, workspaceId, key))) return;
  const question: Question = isAddress(typed) ? { kind: 'url', url: typed } : { kind: 'name', text: typed };
  const miss = await keepQuestion(deps.db, workspaceId, question);
  await press.reply(missBlocks(typed, miss), { replace: true });
}

/** Opens what `build` makes of a question that still waits. */
async function openFor(
  deps: MissDeps,
  press: Press,
  build: (actor: Actor, miss: { id: number; query: string }) => Promise<ModalOrReply>,
): Promise<void> {
  const refusal = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const miss = await readOpenMiss(deps.db, press.workspaceId, missIdOf(press.value));
    return miss.ok ? await build(actor.value, miss.value) : { reply: plain(miss.words) };
  });
  if (refusal !== undefined) await press.reply(refusal);
}

async function addRock(
  deps: MissDeps,
  { workspaceId }: Press,
  actor: Actor,
  name: string,
  ownerId: number | null,
): Promise<ModalOrReply> {
  if (deps.addForm !== undefined) return await deps.addForm({ workspaceId, actor, name, ownerId });
  return { reply: plain(`\`/rock add ${inline(name)}\` adds it to the register.`) };
}

async function offer(deps: MissDeps, search: Search): Promise<Choice[]> {
  const actor = await admit(deps, search);
  if (!actor.ok) return [];
  const rocks = await offerRocks(deps.db, search.workspaceId, actor.value, search.typed);
  return rocks.map(({ id, name, team }) => ({
    id: String(id),
    name: team === null ? name : `${name} · ${team}`,
  }));
}
