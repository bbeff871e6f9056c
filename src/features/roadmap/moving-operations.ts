import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { unsay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { beside, changeItem, changeOf, type ItemChange, markOwners, recordItem } from './changing.ts';
import { datesAfter } from './core/due.ts';
import type { Horizon } from './core/item.ts';
import { askAfterDays, outcomeKey } from './core/outcome.ts';
import type { ItemState } from './core/state.ts';
import { horizonWords } from './core/words.ts';
import { dateRefusal, datesOf, keepSlip, type Saved } from './editing-operations.ts';
import { updateItem } from './store.ts';

/** Where an item goes. `due`: an ISO date, in now alone; `why`: for what is stopped, and for a later date. */
export type Move = { to: Horizon; due: string | null; why: string | null };

/**
 * Moves an item to another horizon. `form`: the stamp of the item that a form was filled with, and its first field; null: no
 * form was. Refuses where it is already; stopping without a reason; and, as an edit does, dates that cannot be and a later date without its words.
 */
export async function moveItem(
  db: Database,
  workspaceId: string,
  actor: Actor,
  itemId: number,
  { to, due, why }: Move,
  form: { of: string; field: string } | null,
): Promise<Result<Saved & { from: Horizon; dueOn: string | null }>> {
  return await changeItem(db, workspaceId, actor, itemId, form, async (change) => {
    const { item, today } = change;
    const from = item.state.horizon;
    if (from === to) return sameRefusal(item.state, item.key, form?.field);
    if (to === 'stopped' && why === null)
      return beside('why', refused('why-stopped', 'A sentence is enough: why is it stopped?'));
    const dates = datesAfter(datesOf(item), { horizon: to, wanted: due, why, today });
    if (!dates.ok) return dateRefusal(dates);
    const state: ItemState = {
      ...item.state,
      horizon: to,
      ...{ due_on: dates.dates.due, first_due_on: dates.dates.first, slips: dates.dates.slips },
      why_stopped: to === 'stopped' ? why : null,
      // What is shipped anew may move the number anew.
      ...{ outcome: null, outcome_words: null },
    };
    await keepMove(change, state, dates.dates.last, dates.slip, why);
    const dueOn = to === 'now' ? state.due_on : null;
    return accepted({ id: itemId, key: item.key, title: state.title, horizon: to, from, dueOn });
  });
}

/** Where it is already: nothing to move. `field`: of the form beside which it is said. */
export function sameRefusal({ title, horizon }: ItemState, key: string, field?: string): Refusal {
  const where = horizon === 'shipped' || horizon === 'stopped' ? horizon : `in ${horizon}`;
  if (field !== undefined) return beside(field, refused('same', `It is ${where} already. Pick another one.`));
  const words = `*${inline(title)}* is ${where} already. \`/roadmap edit ${key}\` changes what it says.`;
  return refused('same', words);
}

async function keepMove(
  change: ItemChange,
  state: ItemState,
  lastDueOn: string | null,
  slip: { from: string; to: string } | null,
  why: string | null,
): Promise<void> {
  const { tx, workspaceId, at, item } = change;
  const { supportsOn } = item;
  const askAt = state.horizon === 'shipped' ? at.add({ hours: 24 * askAfterDays }) : null;
  await updateItem(tx, workspaceId, item.id, state, { supportsOn, lastDueOn }, { movedAt: at, askAt });
  const { due_on: due, slips } = item.state;
  const told = slip === null ? state : { ...state, slips };
  const what = state.horizon === 'shipped' || state.horizon === 'stopped' ? state.horizon : 'moved';
  await recordItem(change, item.id, what, changeOf(item.state, told) ?? {});
  if (slip !== null)
    await keepSlip(change, slip, why, { due, slips }, { due: state.due_on, slips: state.slips });
  if (item.asked > 0)
    await unsay(
      tx,
      workspaceId,
      [outcomeKey(item.id, item.asked)],
      `This is not asked any more: ${inline(item.state.title)} is ${horizonWords[state.horizon].toLowerCase()} now.`,
    );
  await markOwners(change, state.owner_id);
}
