import type { Operation } from '../../../permission/permissions.ts';
import { type Result, refused } from '../../../platform/core/result.ts';
import type { Caller, CommandCall, ModalOrReply, Press, Registry } from '../../../platform/slack/calls.ts';
import { spoken, type Word } from '../../../platform/slack/command-text.ts';
import { plain, unknownVerb } from '../../../platform/slack/commands.ts';
import { type Content, context } from '../../../platform/slack/elements.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit, whoIsMeant } from '../../people/operations.ts';
import { answerBlocks, cardBlocks } from '../blocks.ts';
import type { ListSubject, RockCard } from '../core/rock.ts';
import { storyBlocks } from '../history/blocks.ts';
import { readStory } from '../history/operations.ts';
import { findRock, listRocksAbout } from '../lookup-operations.ts';
import { findCard } from '../lookup-store.ts';
import type { AddForm } from '../misses/slack.ts';
import { takeRock } from '../operations.ts';
import { changeRefusal } from './changing.ts';
import { readName } from './core/entry.ts';
import { type FormDeps, sendAdd, sendEdit, sendMerge, sendRetire, sendSetDown, sendSplit } from './forms.ts';
import { readVerb, type Verb, verbs } from './input.ts';
import {
  addModal,
  editModal,
  emptyForm,
  mergeModal,
  retireModal,
  rockModals,
  setDownModal,
  splitModal,
} from './modal-blocks.ts';
import { answerProposal } from './operations.ts';
import { proposalActions } from './proposal-blocks.ts';
import { readEmptyChoices, readForm } from './reading.ts';
import { findTeam } from './store.ts';

/** Confirming is another part of the register. */
export type RegisterDeps = FormDeps & {
  confirm(workspaceId: string, actor: Actor, card: RockCard | null): Promise<Content>;
};

const usage = [
  { typed: '/rock add payments', does: 'put a rock into the register' },
  { typed: '/rock edit payments', does: 'its names, links, backups, team, importance, who sees it' },
  { typed: '/rock take payments', does: 'carry what nobody carries' },
  { typed: '/rock set-down payments', does: 'choose not to carry it now: why, and when to look again' },
  { typed: '/rock split payments', does: 'make two of one; `merge` makes one of two' },
  { typed: '/rock retire payments', does: 'it is over; its names still lead to a note' },
  { typed: '/rock confirm', does: 'say that all of yours are still yours, or one: `/rock confirm payments`' },
  { typed: '/rock history payments', does: 'who carried it, since when, and why it moved' },
  { typed: '/rock list', does: 'the register; also `mine`, `@ana`, `#checkout`, a team' },
];

/** Tells Slack's side of `/rock`. */
export function registerRegister(slack: Registry, deps: RegisterDeps): void {
  slack.command({ noun: 'rock', usage, run: async (call) => await answerRock(deps, call) });
  const forms = {
    [rockModals.add]: sendAdd,
    [rockModals.edit]: sendEdit,
    [rockModals.setDown]: sendSetDown,
    [rockModals.retire]: sendRetire,
    [rockModals.merge]: sendMerge,
    [rockModals.split]: sendSplit,
  };
  for (const [callbackId, send] of Object.entries(forms))
    slack.submission(callbackId, async (submission) => await send(deps, submission));
  slack.press(proposalActions.mine, async (press) => await answerWhose(deps, press, true));
  slack.press(proposalActions.notMine, async (press) => await answerWhose(deps, press, false));
  slack.press('rock:set-down', async (press) => {
    const said = await press.openModal(async () => {
      const actor = await admit(deps, press);
      if (!actor.ok) return { reply: plain(actor.words) };
      const id = idInput.safeParse(press.value);
      const card = id.success
        ? await findCard(deps.db, press.workspaceId, id.data, actor.value.id)
        : undefined;
      return card === undefined
        ? { reply: plain(gone) }
        : await modalOf(deps, press, actor.value, card, 'set-down');
    });
    if (said !== undefined) await press.reply(said);
  });
}

const gone = 'That rock is not in the register any more.';

async function answerRock(deps: RegisterDeps, call: CommandCall): Promise<Content | undefined> {
  const typed = readVerb(call.words);
  // A form has to be opened at once: the one who asks is checked on the way to it.
  if (typed !== null && isForm(typed.verb) && (typed.verb === 'add' || typed.text !== ''))
    return await call.openModal(async () => await formOf(deps, call, typed));
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (call.words.length === 0) return await showMine(deps, call, actor.value);
  if (typed === null) return unknownVerb('rock', call, verbs);
  const { verb, rest, text } = typed;
  if (verb === 'list') return await showList(deps, call, actor.value, rest);
  if (verb === 'confirm' && text === '') return await deps.confirm(call.workspaceId, actor.value, null);
  if (text === '') return plain(`Which rock? For example \`/rock ${verb} payments\`.`);
  const card = await findRock(deps.db, call.workspaceId, text, actor.value.id);
  if (!card.ok) return plain(card.words);
  return await act(deps, call, actor.value, card.value, verb);
}

const forms: readonly Verb[] = ['add', 'edit', 'set-down', 'split', 'merge', 'retire'];

function isForm(verb: Verb): boolean {
  return forms.includes(verb);
}

async function formOf(
  deps: RegisterDeps,
  call: CommandCall,
  { verb, text }: { verb: Verb; text: string },
): Promise<ModalOrReply> {
  const actor = await admit(deps, call);
  if (!actor.ok) return { reply: plain(actor.words) };
  if (verb === 'add') return await openAdd(deps, call, actor.value, text);
  const card = await findRock(deps.db, call.workspaceId, text, actor.value.id);
  if (!card.ok) return { reply: plain(card.words) };
  return await modalOf(deps, call, actor.value, card.value, verb);
}

async function act(
  deps: RegisterDeps,
  { workspaceId }: Caller,
  actor: Actor,
  card: RockCard,
  verb: Verb,
): Promise<Content> {
  if (verb === 'history')
    return storyBlocks(card, await readStory(deps.db, workspaceId, card.id), actor.timezone);
  if (verb === 'confirm') return await deps.confirm(workspaceId, actor, card);
  const taken = await takeRock(deps, workspaceId, actor, card.id);
  if (!taken.ok) return plain(taken.words);
  deps.wake();
  return cardBlocks(taken.value, actor);
}

const operations: Partial<Record<Verb, Operation>> = {
  edit: 'edit a rock',
  'set-down': 'set down, split, merge or retire a rock',
  split: 'set down, split, merge or retire a rock',
  merge: 'set down, split, merge or retire a rock',
  retire: 'set down, split, merge or retire a rock',
};

/** The form for a verb, for who may send it off: they are checked again when they do. */
async function modalOf(
  deps: RegisterDeps,
  { workspaceId }: Caller,
  actor: Actor,
  card: RockCard,
  verb: Verb,
): Promise<ModalOrReply> {
  const operation = operations[verb];
  if (operation === undefined) throw new Error(`there is no form for ${verb}`);
  const problem = await changeRefusal(deps.db, workspaceId, actor, card, operation);
  if (problem !== null) return { reply: plain(problem.words) };
  switch (verb) {
    case 'set-down': {
      const today = card.now.toZonedDateTimeISO(actor.timezone).toPlainDate();
      return { modal: setDownModal(card, today.add({ months: 3 }).toString()) };
    }
    case 'retire':
      return { modal: retireModal(card) };
    case 'merge':
      return { modal: mergeModal(card) };
    case 'edit': {
      const { filled, choices, stamp } = await readForm(deps.db, workspaceId, card);
      return { modal: editModal(card, filled, choices, stamp) };
    }
    default: {
      const { filled } = await readForm(deps.db, workspaceId, card);
      return { modal: splitModal({ ...filled, id: card.id, owner: card.owner?.slackId ?? null }) };
    }
  }
}

/** The form that adds a rock, also for a question that found nothing. */
export function addForm(deps: FormDeps): AddForm {
  return async ({ workspaceId, actor, name, ownerId }) => {
    const choices = await readEmptyChoices(deps.db, workspaceId);
    const owner = ownerId === actor.id ? actor.slackId : null;
    return { modal: addModal({ ...emptyForm, name }, choices, owner) };
  };
}

async function openAdd(
  deps: RegisterDeps,
  { workspaceId }: Caller,
  actor: Actor,
  name: string,
): Promise<ModalOrReply> {
  const typed = name === '' ? null : readName(name);
  if (typed !== null && !typed.ok) return { reply: plain(typed.words) };
  return await addForm(deps)({ workspaceId, actor, name, ownerId: actor.id });
}

async function showList(
  deps: RegisterDeps,
  call: CommandCall,
  actor: Actor,
  rest: readonly Word[],
): Promise<Content> {
  const about = await listAbout(deps, call, actor, rest);
  if (!about.ok) return plain(about.words);
  return answerBlocks(await listRocksAbout(deps.db, call.workspaceId, about.value, actor.id), actor);
}

/** `/rock` alone: what is theirs, and what can be done with it. */
async function showMine(deps: RegisterDeps, { workspaceId }: Caller, actor: Actor): Promise<Content> {
  const about: ListSubject = { kind: 'person', person: actor };
  const mine = answerBlocks(await listRocksAbout(deps.db, workspaceId, about, actor.id), actor);
  const help = '`/rock help` shows all that I can do with rocks.';
  return { text: `${mine.text}\n${help}`, blocks: [...mine.blocks, context(help)] };
}

async function listAbout(
  deps: RegisterDeps,
  { workspaceId }: Caller,
  actor: Actor,
  words: readonly Word[],
): Promise<Result<ListSubject>> {
  const [first] = words;
  if (first === undefined) return { ok: true, value: { kind: 'all' } };
  if (first.kind === 'channel')
    return {
      ok: true,
      value: { kind: 'channel', channel: { slackId: first.slackId, name: first.name ?? '' } },
    };
  if (first.kind === 'person') {
    const person = await whoIsMeant(deps, workspaceId, first);
    return person.ok ? { ok: true, value: { kind: 'person', person: person.value } } : person;
  }
  if (first.kind === 'word' && first.text.toLowerCase() === 'mine')
    return { ok: true, value: { kind: 'person', person: actor } };
  const team = await findTeam(deps.db, workspaceId, spoken(words));
  if (team !== undefined) return { ok: true, value: { kind: 'team', team } };
  return refused(
    'unknown-list',
    `There is no team called “${inline(shortened(spoken(words), 80))}”. \`/rock list\` shows all, \`mine\` yours, and \`@ana\`, \`#checkout\` or a team's name theirs.`,
  );
}

async function answerWhose(deps: RegisterDeps, press: Press, isMine: boolean): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.safeParse(press.value);
  if (!id.success) return await press.reply(plain(gone));
  const answered = await answerProposal(deps, press.workspaceId, actor.value, id.data, isMine);
  if (!answered.ok) return await press.reply(plain(answered.words));
  deps.wake();
  await press.reply(
    isMine
      ? cardBlocks(answered.value, actor.value)
      : plain(`Thank you. Nobody owns *${inline(answered.value.name)}* now.`),
    { replace: true },
  );
}
