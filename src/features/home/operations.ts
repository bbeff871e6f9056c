import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { readActions } from '../actions/operations.ts';
import { readAway } from '../away/operations.ts';
import { historyOf } from '../check-ins/history-operations.ts';
import { listOwedCheckIns } from '../check-ins/operations.ts';
import { decisionsOf } from '../decisions/reading-operations.ts';
import { listWaitingApart } from '../handoffs/list-operations.ts';
import type { OptionalScope } from '../health/core/optional-scopes.ts';
import { listOkrs } from '../okrs/reading/operations.ts';
import { readBackpack, readLoadFor } from '../ownership/load/operations.ts';
import { owedProposals } from '../ownership/proposals/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { latestMinutes, owedQuestions } from '../reviews/home-operations.ts';
import type { StepReader } from '../setup/guide/guide.ts';
import { readAdminPart } from './admin-operations.ts';
import { countOf, type Home, type OwnKeyResult, pageLength, pageOf } from './core/home.ts';
import { type NameOfRitual, ritualsOf } from './rituals-operations.ts';
import { keepOpened, savePage } from './store.ts';

/** As many open decisions as a Home shows; one more says that there are more. */
export const mostDecisions = 3;
/** As many handoffs of each side as a Home shows; `/handoff` has more of them, and the rest is counted. */
const mostHandoffs = 5;

/** What a Home says besides what is in the database: how rituals are called, and what is off for want of a scope. */
export type Surroundings = {
  nameOf: NameOfRitual;
  off: readonly OptionalScope[];
  /** Of the guided path of `/cairn setup`. */
  steps: readonly StepReader[];
};

/** What the actor's Home says now, with the wanted page of their backpack, or its last one. */
export async function readHome(
  db: Database,
  workspaceId: string,
  actor: Actor,
  wantedPage: number,
  { nameOf, off, steps }: Surroundings,
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
  return {
    now: await companyNow(db, workspaceId),
    zone: actor.timezone,
    ...{ checkIns, work, forActor, forOthers, backpack, page, load, away },
    proposals: await owedProposals(db, workspaceId, actor.id),
    decisions: await decisionsOf(db, workspaceId, actor, mostDecisions),
    questions: await owedQuestions(db, workspaceId, actor.id),
    keyResults: await keyResultsOf(db, workspaceId, actor),
    rituals: await ritualsOf(db, workspaceId, actor, nameOf),
    minutes: await latestMinutes(db, workspaceId, actor.id),
    admin: actor.isAdmin ? await readAdminPart(db, workspaceId, actor, { off, steps }) : null,
  };
}

/** What the actor owns in the cycles of the day, with how sure they were each time. */
async function keyResultsOf(db: Database, workspaceId: string, actor: Actor): Promise<OwnKeyResult[]> {
  const listed = await listOkrs(db, workspaceId, actor, {
    of: { kind: 'person', person: actor, isAsker: true },
    cycle: null,
  });
  const own = listed.ok ? listed.value.objectives.flatMap(({ keyResults }) => keyResults) : [];
  const mine = own.filter(({ owner, state }) => owner?.id === actor.id && state === 'active');
  const past = await historyOf(
    db,
    workspaceId,
    mine.map(({ id }) => id),
  );
  return mine.map((keyResult) => ({
    keyResult,
    confidences: (past.get(keyResult.id) ?? []).map(({ confidence }) => confidence),
  }));
}

/** Keeps that the actor looks at their Home: from now on it is published whenever it changes. */
export async function keepHome(db: Database, workspaceId: string, actor: Actor): Promise<void> {
  await inTransaction(db, async (tx) => keepOpened(tx, workspaceId, actor.id));
}

/** Turns the actor's Home to another page. */
export async function turnPage(db: Database, workspaceId: string, actor: Actor, page: number): Promise<void> {
  await inTransaction(db, async (tx) => savePage(tx, workspaceId, actor.id, page));
}
