import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { confirmIn } from '../confirming/operations.ts';
import { answerAudits } from '../confirming/showing-operations.ts';
import { lockRocks } from '../locking.ts';
import { type Moving, tellMoved } from '../moved.ts';
import { leaveUnowned } from '../operations.ts';
import { type Listed, type Standing, split } from './core/proposal.ts';
import { recountProposals } from './following-operations.ts';
import { countAnsweredOfTeam } from './progress-store.ts';
import { findProposalOf, listLeft, listOwedBy, lockProposals, saveSuggested } from './store.ts';

type Deps = { db: Database } & Moving;

/** What one press or form has said, and what is left of the question after it. */
export type Answered = { mine: number; notMine: number; left: readonly Listed[] };

/** Of a page: the stints that it showed and those that were ticked; `all` of the question, or none of it. */
export type Said =
  | { kind: 'all' }
  | { kind: 'none'; reason: string; suggested: Person | null }
  | {
      kind: 'page';
      shown: readonly number[];
      ticked: readonly number[];
      reason: string | null;
      suggested: Person | null;
    };

/** What of a question the actor has said nothing about; refuses what was asked of somebody else or is answered. */
export async function readProposal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  id: number,
): Promise<Result<{ left: readonly Listed[]; standing: Standing }>> {
  const proposal = await findProposalOf(db, workspaceId, id, actor.id);
  if (proposal === undefined) return asksSomebodyElse;
  const left = await listLeft(db, id);
  return left.length === 0 ? nothingLeft(proposal.standing) : accepted({ left, standing: proposal.standing });
}

/** What waits for the actor's answer. */
export async function owedProposals(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<{ id: number; standing: Standing }[]> {
  return await listOwedBy(db, workspaceId, personId);
}

/** Of a team, members and lead: how many were asked, and how many have answered all of it. */
export async function answeredOfTeam(
  db: Database,
  workspaceId: string,
  teamId: number,
): Promise<{ asked: number; answered: number }> {
  return await countAnsweredOfTeam(db, workspaceId, teamId);
}

/**
 * What is theirs is confirmed; what is not becomes a gap that everybody sees, with the reason, and with who carries it as
 * they think. What was answered, undone or moved meanwhile is left as it is. Nothing is theirs by silence.
 */
export async function answerProposals(
  { db, ...moving }: Deps,
  workspaceId: string,
  actor: Actor,
  id: number,
  said: Said,
): Promise<Result<Answered>> {
  return await inTransaction(db, async (tx) => {
    const before = await readProposal(tx, workspaceId, actor, id);
    if (!before.ok) return before;
    await lockRocks(
      tx,
      workspaceId,
      before.value.left.map(({ rockId }) => rockId),
    );
    await lockProposals(tx, workspaceId);
    // What came first counts: another device may have answered before the locks.
    const now = await readProposal(tx, workspaceId, actor, id);
    if (!now.ok) return now;
    const { mine, notMine } = partsOf(said, now.value.left);
    const reason = said.kind === 'all' ? null : said.reason;
    const suggested = said.kind === 'all' ? null : said.suggested;
    if (notMine.length > 0 && reason === null)
      return { ...refused('no-reason', 'Say in a sentence why those are not yours.'), field: 'reason' };
    if (suggested?.id === actor.id)
      return {
        ...refused('yourself', 'That is you. Tick what is yours, or leave this empty.'),
        field: 'suggested',
      };
    if (mine.length + notMine.length === 0) return nothingLeft(now.value.standing);
    await confirmIn(
      tx,
      workspaceId,
      actor,
      mine.map(({ rockId }) => rockId),
    );
    await refuseRocks(tx, moving, workspaceId, actor, { notMine, reason, suggested });
    await record(tx, workspaceId, actor, id, { mine, notMine, reason, suggested });
    await recountProposals(tx, workspaceId, actor.id);
    return accepted({ mine: mine.length, notMine: notMine.length, left: await listLeft(tx, id) });
  });
}

function partsOf(
  said: Said,
  left: readonly Listed[],
): { mine: readonly Listed[]; notMine: readonly Listed[] } {
  if (said.kind === 'all') return { mine: left, notMine: [] };
  if (said.kind === 'none') return { mine: [], notMine: left };
  return split(left, said.shown, said.ticked);
}

type Refused = { notMine: readonly Listed[]; reason: string | null; suggested: Person | null };

async function refuseRocks(
  tx: Tx,
  moving: Moving,
  workspaceId: string,
  actor: Actor,
  { notMine, reason, suggested }: Refused,
): Promise<void> {
  if (notMine.length === 0) return;
  const at = await companyNow(tx, workspaceId);
  const doer = { kind: 'person', personId: actor.id } as const;
  for (const { rockId } of notMine.toSorted((one, other) => one.rockId - other.rockId)) {
    await leaveUnowned(tx, { workspaceId, rockId, at, doer, ended: 'given-up', reason });
    await tellMoved(moving, tx, { workspaceId, rockId, why: 'left', at, doer });
  }
  const stints = notMine.map(({ stintId }) => stintId);
  await saveSuggested(tx, stints, suggested?.id ?? null);
  await answerAudits(tx, workspaceId, actor.id);
}

async function record(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  id: number,
  { mine, notMine, reason, suggested }: Refused & { mine: readonly Listed[] },
): Promise<void> {
  const ids = (listed: readonly Listed[]) => listed.map(({ rockId }) => rockId);
  await recordEvent(tx, {
    workspaceId,
    at: await companyNow(tx, workspaceId),
    doer: { kind: 'person', personId: actor.id },
    type: 'proposals.answered',
    subject: { kind: 'proposal', id },
    before: null,
    after: { mine: ids(mine), notMine: ids(notMine), reason, suggested: suggested?.id ?? null },
  });
}

const asksSomebodyElse = refused('not-yours', 'That was asked of somebody else.');

function nothingLeft({ listed }: Standing): Refusal {
  return listed === 0
    ? refused('taken-back', 'Nothing of that is listed as yours any more, so nothing is asked of you.')
    : refused('answered', 'You have answered that already. Thank you.');
}
