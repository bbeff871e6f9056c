import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { readActions } from '../actions/operations.ts';
import { readAway } from '../away/operations.ts';
import { listOwedCheckIns } from '../check-ins/operations.ts';
import { listWaitingApart } from '../handoffs/list-operations.ts';
import { readBackpack, readLoadFor } from '../ownership/load/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { countOf, type Home, pageLength, pageOf } from './core/home.ts';
import { keepOpened, savePage } from './store.ts';

/** As many handoffs of each side as a Home shows; `/handoff` has more of them, and the rest is counted. */
const mostHandoffs = 5;

/** What the actor's Home says now, with the wanted page of their backpack, or its last one. */
export async function readHome(
  db: Database,
  workspaceId: string,
  actor: Actor,
  wantedPage: number,
): Promise<Home> {
  const checkIns = await listOwedCheckIns(db, workspaceId, actor);
  const { mine: work } = await readActions(db, workspaceId, actor);
  const { forActor, forOthers } = await listWaitingApart(db, workspaceId, actor, mostHandoffs);
  const part = (offset: number) => readBackpack(db, workspaceId, actor, { offset, limit: pageLength });
  const wanted = await part((wantedPage - 1) * pageLength);
  const page = pageOf(countOf(wanted), wantedPage);
  // Meanwhile there may be fewer rocks than there were when the page was turned.
  const backpack = page.number === wantedPage ? wanted : await part(page.offset);
  const carries = backpack.counts.owner + backpack.counts.carrier > 0;
  const load = carries ? await readLoadFor(db, workspaceId, actor, actor.id) : null;
  const away = await readAway(db, workspaceId, actor);
  return { checkIns, work, forActor, forOthers, backpack, page, load, away };
}

/** Keeps that the actor looks at their Home: from now on it is published whenever it changes. */
export async function keepHome(db: Database, workspaceId: string, actor: Actor): Promise<void> {
  await inTransaction(db, async (tx) => keepOpened(tx, workspaceId, actor.id));
}

/** Turns the actor's Home to another page. */
export async function turnPage(db: Database, workspaceId: string, actor: Actor, page: number): Promise<void> {
  await inTransaction(db, async (tx) => savePage(tx, workspaceId, actor.id, page));
}
