import { stampOf } from '../../../platform/core/stamp.ts';
import type { Caller, CommandCall, ModalOrReply } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { commandWithModal } from '../../people/admitting.ts';
import type { Actor } from '../../people/core/person.ts';

import { dropModal, type OkrKind } from './drop-blocks.ts';
import { listOwnObjectives } from './form-store.ts';
import { type EditingDeps, handled } from './forms.ts';
import { type Asked, idOf } from './input.ts';
import { addKeyResultModal, editKeyResultModal } from './key-result-blocks.ts';
import { addObjectiveModal, editObjectiveModal, whatModal } from './objective-blocks.ts';
import { findMeant, reach } from './reaching.ts';
import { newKeyResult, promisedWords, readKeyResult, readNewObjective, readObjective } from './reading.ts';

/** `/okr add`: asks what is added where both can be, else opens the form of an objective. */
export async function openAdd(
  deps: EditingDeps,
  call: CommandCall,
  kind: OkrKind | null,
): Promise<Content | undefined> {
  return await commandWithModal(deps, call, async (actor) => {
    const own = kind === 'objective' ? [] : await listOwnObjectives(deps.db, call.workspaceId, actor);
    if (own.length > 0) return { modal: whatModal(own) };
    if (kind === 'key-result')
      return { reply: plain('You have no objective in an open cycle yet. `/okr add objective` begins one.') };
    return await newObjective(deps, call, actor);
  });
}

/** What was picked in the first form opens the next one in its place. */
export const sendWhat = handled('Add to the OKRs', async (deps, submission, actor) => {
  const { what } = submission.values;
  const id = idOf(what);
  if (what !== 'objective' && id === null) return { errors: { what: 'Pick what you add.' } };
  const next =
    id === null ? await newObjective(deps, submission, actor) : await newResult(deps, submission, actor, id);
  return { view: 'modal' in next ? next.modal : notice('Add to the OKRs', next.reply) };
});

async function newObjective(deps: EditingDeps, { workspaceId }: Caller, actor: Actor): Promise<ModalOrReply> {
  const form = await readNewObjective(deps.db, workspaceId, actor);
  return form.ok
    ? { modal: addObjectiveModal(form.value.filled, form.value.choices) }
    : { reply: plain(form.words) };
}

async function newResult(
  deps: EditingDeps,
  { workspaceId }: Caller,
  actor: Actor,
  objectiveId: number,
): Promise<ModalOrReply> {
  const of = { kind: 'objective', id: objectiveId } as const;
  const reached = await reach(deps.db, workspaceId, actor, of, 'add a key result');
  if (!reached.ok) return { reply: plain(reached.words) };
  const { id, entry } = reached.value.objective;
  return {
    modal: addKeyResultModal({ id, title: entry.title }, newKeyResult(actor), { note: null, step: 1 }),
  };
}

/** `/okr add KEY`, `edit KEY` and `drop KEY`, for who may: they are checked again when they send the form off. */
export async function openMeant(
  deps: EditingDeps,
  call: CommandCall,
  asked: Asked,
): Promise<Content | undefined> {
  return await commandWithModal(deps, call, async (actor) => {
    const { verb } = asked;
    const kind = verb === 'add' ? 'objective' : asked.kind;
    const meant = await findMeant(deps.db, call.workspaceId, actor, { ...asked, kind });
    if (!meant.ok) return { reply: plain(await words(deps, call, actor, asked, meant.words)) };
    if (verb === 'add') return await newResult(deps, call, actor, meant.value.id);
    const reached = await reach(deps.db, call.workspaceId, actor, meant.value, 'edit');
    if (!reached.ok) return { reply: plain(reached.words) };
    if (verb === 'drop') return { modal: dropModal(meant.value) };
    const { objective, keyResult } = reached.value;
    if (keyResult === null) {
      const { filled, choices } = await readObjective(deps.db, call.workspaceId, actor, objective);
      return { modal: editObjectiveModal(objective, filled, choices, stampOf(objective.entry)) };
    }
    const { id, key, entry } = keyResult;
    const filled = await readKeyResult(deps.db, call.workspaceId, entry);
    const shown = { id, key, objective: objective.entry.title, promised: promisedWords(entry) };
    return { modal: editKeyResultModal(shown, filled, stampOf(entry)) };
  });
}

/** Nothing is added to a key result: who tries that means to edit it. */
async function words(
  deps: EditingDeps,
  { workspaceId }: Caller,
  actor: Actor,
  { verb, text }: Asked,
  otherwise: string,
): Promise<string> {
  if (verb !== 'add') return otherwise;
  const other = await findMeant(deps.db, workspaceId, actor, { verb, kind: 'key-result', text });
  const key = inline(text);
  return other.ok
    ? `*${inline(other.value.title)}* is a key result. \`/okr edit ${key}\` changes it; key results are added to an objective.`
    : `${otherwise} \`/okr add objective\` begins a new one.`;
}
