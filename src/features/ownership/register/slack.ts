import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Caller, CommandCall, Press, Registry } from '../../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { type Actor, isActor } from '../../people/core/person.ts';
import { admit, whoIsMeant } from '../../people/operations.ts';
import { cardBlocks } from '../blocks.ts';
import { normalName } from '../core/names.ts';
import type { RockCard } from '../core/rock.ts';
import { storyBlocks } from '../history/blocks.ts';
import { readStory } from '../history/operations.ts';
import { findRock } from '../lookup-operations.ts';
import { findCardsByName } from '../lookup-store.ts';
import { unknownRock } from '../operations.ts';
import { takeRock } from '../take-operations.ts';
import { bringBackRock } from './bring-back-operations.ts';
import { type FormDeps, sendAdd, sendEdit, sendMerge, sendRetire, sendSetDown, sendSplit } from './forms.ts';
import { rockModals } from './frame-blocks.ts';
import { type Asked, readRockFor, readVerb, type Verb, verbs } from './input.ts';
import { showList, showMine } from './listing.ts';
import { openForm, openSetDown, opensForm } from './opening.ts';
import { proposalActions } from './proposal-blocks.ts';
import { answerProposal } from './proposing-operations.ts';

/** Confirming is another part of the register. */
export type RegisterDeps = FormDeps & {
  confirm(workspaceId: string, actor: Actor, card: RockCard | null): Promise<Content>;
};

const usage = [
  { typed: '/rock add payments', does: 'put a rock into the register' },
  { typed: '/rock edit payments', does: 'its names, links, backups, team, importance, who sees it' },
  { typed: '/rock take payments', does: 'carry what nobody carries' },
  { typed: '/rock set-down payments', does: 'choose not to carry it now: why, and when to look again' },
  { typed: '/rock split payments', does: 'make two of one; `merge billing into payments` makes one of two' },
  {
    typed: '/rock retire payments',
    does: 'it is over; its names still lead to a note, and to where it went: `retire billing into payments`',
  },
  {
    typed: '/rock bring-back payments',
    does: 'a retired one stands in the register again, with nobody; `bring-back payments @ben` names an owner',
  },
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
  slack.press('rock:set-down', async (press) => await openSetDown(deps, press));
}

async function answerRock(deps: RegisterDeps, call: CommandCall): Promise<Content | undefined> {
  const typed = readVerb(call.words);
  if (typed !== null && opensForm(typed.verb) && (typed.verb === 'add' || typed.text !== ''))
    return await openForm(deps, call, typed);
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (call.words.length === 0) return await showMine(deps, call, actor.value);
  if (typed === null) return unknownVerb('rock', call, verbs);
  const { verb, rest, text } = typed;
  if (verb === 'list') return await showList(deps, call, actor.value, rest);
  if (verb === 'confirm' && text === '') return await deps.confirm(call.workspaceId, actor.value, null);
  if (text === '') return plain(`Which rock? For example \`/rock ${verb} payments\`.`);
  if (verb === 'bring-back') return await bringBack(deps, call, actor.value, typed);
  const card = await findRock(deps.db, call.workspaceId, text, actor.value.id);
  if (!card.ok) return plain(card.words);
  return await act(deps, call, actor.value, card.value, verb);
}

async function act(
  deps: RegisterDeps,
  { workspaceId }: Caller,
  actor: Actor,
  card: RockCard,
  verb: Verb,
): Promise<Content> {
  if (verb === 'history')
    return storyBlocks(card, await readStory(deps.db, workspaceId, card.id, actor.id), actor.timezone);
  if (verb === 'confirm') return await deps.confirm(workspaceId, actor, card);
  return done(deps, actor, await takeRock(deps, workspaceId, actor, card.id));
}

function done(deps: RegisterDeps, actor: Actor, result: Result<RockCard>): Content {
  if (!result.ok) return plain(result.words);
  deps.wake();
  return cardBlocks(result.value, actor);
}

async function bringBack(
  deps: RegisterDeps,
  { workspaceId }: Caller,
  actor: Actor,
  { rest, verb }: Asked,
): Promise<Content> {
  const { text, person } = readRockFor(rest);
  if (text === '') return plain(`Which rock? For example \`/rock ${verb} payments\`.`);
  const card = await findRetired(deps, workspaceId, actor, text);
  if (!card.ok) return plain(card.words);
  const owner = person === null ? accepted(null) : await whoIsMeant(deps, workspaceId, person);
  if (!owner.ok) return plain(owner.words);
  if (owner.value !== null && !isActor(owner.value))
    return plain(`${inline(owner.value.name)} cannot carry a rock: only full members who are in Slack can.`);
  return done(deps, actor, await bringBackRock(deps.db, workspaceId, actor, card.value.id, owner.value));
}

/** The retired rock that is called so, also where one that goes on has the same name. */
async function findRetired(
  { db }: RegisterDeps,
  workspaceId: string,
  actor: Actor,
  text: string,
): Promise<Result<RockCard>> {
  const named = await findCardsByName(db, workspaceId, normalName(text), actor.id);
  const retired = named.filter(({ state }) => state === 'retired');
  const exact = retired.find(({ key }) => key === text.toLowerCase());
  const only = exact ?? (retired.length === 1 ? retired[0] : undefined);
  if (only !== undefined) return accepted(only);
  if (retired.length === 0) return await findRock(db, workspaceId, text, actor.id);
  const keys = retired.map(({ key }) => `\`${inline(key)}\``).join(', ');
  return refused(
    'unsure',
    `Several retired rocks are called so. Type the key of the one that you mean: ${keys}.`,
  );
}

async function answerWhose(deps: RegisterDeps, press: Press, isMine: boolean): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const id = idInput.safeParse(press.value);
  if (!id.success) return await press.reply(plain(unknownRock.words));
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
