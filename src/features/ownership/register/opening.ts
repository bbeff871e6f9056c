import type { Operation } from '../../../permission/permissions.ts';
import { accepted, type Result } from '../../../platform/core/result.ts';
import type { Caller, CommandCall, ModalOrReply, Press } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit } from '../../people/operations.ts';
import { normalName } from '../core/names.ts';
import type { RockCard } from '../core/rock.ts';
import { findRock } from '../lookup-operations.ts';
import { findCard, findCardsByName } from '../lookup-store.ts';
import type { AddForm } from '../misses/slack.ts';
import { unknownRock } from '../operations.ts';
import { changeRefusal } from './changing.ts';
import { readName } from './core/entry.ts';
import { addModal, editModal, emptyForm } from './entry-blocks.ts';
import type { FormDeps } from './forms.ts';
import { type Asked, readInto, type Verb } from './input.ts';
import { mergeModal, retireModal, setDownModal, splitModal } from './modal-blocks.ts';
import { readEmptyChoices, readForm } from './reading.ts';

/** The verbs that open a form of a rock that is there, and what sending it off is. */
const operations: Partial<Record<Verb, Operation>> = {
  edit: 'edit a rock',
  'set-down': 'set down, split, merge or retire a rock',
  split: 'set down, split, merge or retire a rock',
  merge: 'set down, split, merge or retire a rock',
  retire: 'set down, split, merge or retire a rock',
};

export function opensForm(verb: Verb): boolean {
  return verb === 'add' || operations[verb] !== undefined;
}

/** Opens the form of a verb at once: the one who asks is checked on the way to it. */
export async function openForm(
  deps: FormDeps,
  call: CommandCall,
  typed: Asked,
): Promise<Content | undefined> {
  return await call.openModal(async () => {
    const actor = await admit(deps, call);
    if (!actor.ok) return { reply: plain(actor.words) };
    const { verb, text } = typed;
    if (verb === 'add') return await openAdd(deps, call, actor.value, text);
    const found = await findBoth(deps, call, actor.value, typed);
    if (!found.ok) return { reply: plain(found.words) };
    const { card, into } = found.value;
    return await modalOf(deps, call, actor.value, verb, card, into);
  });
}

/** Opens the same from a button that stands beside a rock. */
export async function openSetDown(deps: FormDeps, press: Press): Promise<void> {
  const said = await press.openModal(async () => {
    const actor = await admit(deps, press);
    if (!actor.ok) return { reply: plain(actor.words) };
    const id = idInput.safeParse(press.value);
    const card = id.success ? await findCard(deps.db, press.workspaceId, id.data, actor.value.id) : undefined;
    return card === undefined
      ? { reply: plain(unknownRock.words) }
      : await modalOf(deps, press, actor.value, 'set-down', card, null);
  });
  if (said !== undefined) await press.reply(said);
}

/** The rock that is meant, and the one that it goes into, where that is said. One that is called all of it comes first. */
async function findBoth(
  { db }: FormDeps,
  { workspaceId }: Caller,
  actor: Actor,
  { verb, rest, text }: Asked,
): Promise<Result<{ card: RockCard; into: RockCard | null }>> {
  const both = verb === 'retire' || verb === 'merge' ? readInto(rest) : null;
  const isName =
    both !== null && (await findCardsByName(db, workspaceId, normalName(text), actor.id)).length > 0;
  const card = await findRock(db, workspaceId, both === null || isName ? text : both.text, actor.id);
  if (!card.ok || both === null || isName) return card.ok ? accepted({ card: card.value, into: null }) : card;
  const into = await findRock(db, workspaceId, both.into, actor.id);
  return into.ok ? accepted({ card: card.value, into: into.value }) : into;
}

/** The form for a verb, for who may send it off: they are checked again when they do. */
async function modalOf(
  deps: FormDeps,
  { workspaceId }: Caller,
  actor: Actor,
  verb: Verb,
  card: RockCard,
  into: RockCard | null,
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
      return { modal: retireModal(card, into) };
    case 'merge':
      return { modal: mergeModal(card, into) };
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
  deps: FormDeps,
  { workspaceId }: Caller,
  actor: Actor,
  name: string,
): Promise<ModalOrReply> {
  const typed = name === '' ? null : readName(name);
  if (typed !== null && !typed.ok) return { reply: plain(typed.words) };
  return await addForm(deps)({ workspaceId, actor, name, ownerId: actor.id });
}
