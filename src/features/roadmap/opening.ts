import { nearest } from '../../platform/core/edit-distance.ts';
import type { Result } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import type { Caller, CommandCall, ModalOrReply } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { inline, shortened } from '../../platform/slack/mrkdwn.ts';
import { commandWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { type Horizon, horizons } from './core/item.ts';
import { suggestedAlignment } from './core/priority.ts';
import { addModal, editModal } from './form-blocks.ts';
import type { RoadmapDeps } from './forms.ts';
import { nearBlocks } from './list-blocks.ts';
import { moveModal } from './move-blocks.ts';
import { moveItem, sameRefusal } from './moving-operations.ts';
import type { Called } from './operations.ts';
import type { Question } from './question.ts';
import { findMeant, reach, readItem, readNewItem, supportsWhatIsInForce } from './reading.ts';
import { listNear } from './reading-store.ts';
import { movedWords } from './saved-blocks.ts';
import { scoreModal } from './score-blocks.ts';
import type { ItemRow } from './store.ts';

/** The form of a new item. */
export async function openAdd(
  { db }: RoadmapDeps,
  { workspaceId }: Caller,
  actor: Actor,
  title: string,
): Promise<ModalOrReply> {
  const { filled, choices } = await readNewItem(db, workspaceId, actor, title);
  return { modal: addModal(filled, choices) };
}

type Meant = Extract<Question, { verb: 'edit' | 'score' } | { verb: 'move' }>;

/** `/roadmap edit KEY`, `score KEY` and `move KEY`, for who may: they are checked again when they send the form off. */
export async function openMeant(
  deps: RoadmapDeps,
  call: CommandCall,
  question: Meant,
): Promise<Content | undefined> {
  return await commandWithModal(deps, call, async (actor) => {
    const meant = await findMeant(deps.db, call.workspaceId, question.verb, question.text);
    if (!meant.ok) return { reply: await unknownContent(deps, call, question, meant) };
    const { id } = meant.value;
    if (question.verb !== 'move') return await openOn(deps, call, actor, question.verb, id);
    return await openMove(deps, call, actor, id, question.to);
  });
}

/** What an unknown name may have meant: with a slip of a horizon behind it, which one; else the nearest items. */
async function unknownContent(
  { db }: RoadmapDeps,
  { workspaceId }: Caller,
  question: Meant,
  refusal: { words: string },
): Promise<Content> {
  if (question.verb === 'move' && 'last' in question && question.last !== null && question.to === null) {
    const name = question.text.slice(0, -question.last.length).trim();
    const named: Result<Called> = await findMeant(db, workspaceId, 'move', name);
    if (named.ok) {
      const guess = nearest(question.last, horizons);
      const typed = inline(shortened(question.last, 40));
      const key = inline(named.value.key);
      const mend = guess === undefined ? '' : ` Did you mean \`/roadmap move ${key} ${guess}\`?`;
      return plain(`I don't know where “${typed}” is. It is now, next, later, shipped or stopped.${mend}`);
    }
  }
  return nearBlocks(
    refusal.words,
    question.text === '' ? [] : await listNear(db, workspaceId, question.text),
  );
}

/** The form that changes an item, or the one that scores it. */
export async function openOn(
  deps: RoadmapDeps,
  { workspaceId }: Caller,
  actor: Actor,
  verb: 'edit' | 'score',
  itemId: number,
): Promise<ModalOrReply> {
  const { db } = deps;
  const reached = await reach(db, workspaceId, actor, itemId);
  if (!reached.ok) return { reply: plain(reached.words) };
  const item = reached.value;
  const { title, horizon, impact, effort, alignment } = item.state;
  const { id, key } = item;
  const stamp = stampOf(item.state);
  if (verb === 'edit') {
    const { filled, choices } = await readItem(db, workspaceId, actor, item);
    return { modal: editModal({ id, key, horizon, hasDate: hasDate(item), stamp }, filled, choices) };
  }
  const isInForce = await supportsWhatIsInForce(db, workspaceId, actor, item);
  const suggested = suggestedAlignment({ alignment, supportsWhatIsInForce: isInForce });
  return { modal: scoreModal({ id, title, stamp }, { impact, effort, alignment: suggested }) };
}

/** Moves at once what needs no words; else asks for them. `to` null: asks where to. */
export async function openMove(
  deps: RoadmapDeps,
  { workspaceId }: Caller,
  actor: Actor,
  itemId: number,
  to: Horizon | null,
): Promise<ModalOrReply> {
  const { db } = deps;
  if (to !== null && to !== 'now' && to !== 'stopped') {
    const moved = await moveItem(db, workspaceId, actor, itemId, { to, due: null, why: null }, null);
    if (moved.ok) deps.wake();
    return { reply: moved.ok ? movedWords(moved.value) : plain(moved.words) };
  }
  const reached = await reach(db, workspaceId, actor, itemId);
  if (!reached.ok) return { reply: plain(reached.words) };
  const item = reached.value;
  const { title, horizon: from } = item.state;
  if (to === from) return { reply: plain(sameRefusal(item.state, item.key).words) };
  const stamp = stampOf(item.state);
  return { modal: moveModal({ id: itemId, title, from, to, hasDate: hasDate(item), stamp }) };
}

function hasDate({ state, lastDueOn }: ItemRow): boolean {
  return lastDueOn !== null || state.first_due_on !== null;
}
