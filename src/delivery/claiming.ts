import type { Database, Tx } from '../platform/db/database.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { openBudget, rateOf, spend } from './budget-store.ts';
import { type Claimed, foreseeEdit, hasEdits, lease, leaseEdits, sweep } from './claim-store.ts';
import { affordable, type Candidate, type Ended, headsOf, waitForToken } from './core/claiming.ts';
import { type DayOff, decideNudge } from './core/nudges.ts';
import type { Limits } from './limits.ts';
import { endWaiting, foreseeNext, moveNudges, readNudges, scanDue } from './scan-store.ts';

export type ClaimingDeps = {
  db: Database;
  workspaceId: string;
  limits: Limits;
  /** On which days nobody works; absent: there are none. */
  readDaysOff?: (db: Database, workspaceId: string) => Promise<DayOff>;
};

export type Claims = {
  claimed: Claimed[];
  /** Milliseconds of machine time until more can be claimed, as far as it can be foreseen; null: it cannot. */
  inMs: number | null;
};

/** A scan looks at some more than are wanted, since several of them may share a lane. */
const scanAtLeast = 50;
const lockedPauseMs = 100;

/**
 * Leases the messages that may go out now, `most` of them at most, one in each lane. One short transaction, which the
 * workspace's budget serialises: whatever is claimed is committed before anybody calls Slack.
 */
export async function claimPosts(deps: ClaimingDeps, most: number): Promise<Claims> {
  const { db, workspaceId, limits } = deps;
  await sweep(db, workspaceId, limits);
  return await inTransaction(db, async (tx) => {
    const rate = rateOf('posts', limits);
    const { tokens, pausedMs } = await openBudget(tx, workspaceId, 'posts', rate);
    if (pausedMs > 0) return { claimed: [], inMs: Math.ceil(pausedMs) };
    const { heads: found, ended } = headsOf(await scanDue(tx, workspaceId, Math.max(scanAtLeast, most * 2)));
    const { heads, changed } = await withoutUntimely(tx, found, deps);
    await endWaiting(tx, ended);
    const allowance = { tokens, reserve: limits.reserve, most };
    const chosen = affordable(heads, allowance);
    const claimed = await lease(
      tx,
      chosen.map(({ id }) => id),
      limits,
    );
    if (claimed.length > 0) {
      await spend(tx, workspaceId, 'posts', claimed.length);
      return { claimed, inMs: 0 };
    }
    if (ended.length + changed > 0) return { claimed, inMs: 0 };
    // Somebody else is changing them at this moment.
    if (chosen.length > 0) return { claimed, inMs: lockedPauseMs };
    const [waiting] = heads;
    const inMs =
      waiting === undefined
        ? await foreseeNext(tx, workspaceId)
        : waitForToken(waiting.beforeAnswer, allowance, rate.perSecond);
    return { claimed, inMs };
  });
}

/** The heads without nudges that are not for today: those go to another day, or end. */
async function withoutUntimely(
  tx: Tx,
  heads: Candidate[],
  { workspaceId, readDaysOff }: ClaimingDeps,
): Promise<{ heads: Candidate[]; changed: number }> {
  const nudges = await readNudges(
    tx,
    heads.filter((head) => head.isNudge).map(({ id }) => id),
  );
  if (nudges.length === 0) return { heads, changed: 0 };
  const dayOff = (await readDaysOff?.(tx, workspaceId)) ?? (() => null);
  const moves: Parameters<typeof moveNudges>[1][number][] = [];
  const ended: { id: string; ended: Ended }[] = [];
  for (const { id, now, person, ...nudge } of nudges) {
    const decision = decideNudge(nudge, person, now, dayOff);
    if (decision.kind === 'move') moves.push({ id, to: decision.to });
    if (decision.kind === 'expire') ended.push({ id, ended: { state: 'expired', reason: decision.reason } });
  }
  await moveNudges(tx, moves);
  await endWaiting(tx, ended);
  const untimely = new Set([...moves, ...ended].map(({ id }) => id));
  return { heads: heads.filter(({ id }) => !untimely.has(id)), changed: untimely.size };
}

/** Leases edits, as many as may be made now and `most` at most. */
export async function claimEdits(
  { db, workspaceId, limits }: Pick<ClaimingDeps, 'db' | 'workspaceId' | 'limits'>,
  most: number,
): Promise<Claims> {
  if (!(await hasEdits(db, workspaceId))) return { claimed: [], inMs: null };
  return await inTransaction(db, async (tx) => {
    const rate = rateOf('edits', limits);
    const { tokens, pausedMs } = await openBudget(tx, workspaceId, 'edits', rate);
    if (pausedMs > 0) return { claimed: [], inMs: Math.ceil(pausedMs) };
    const wanted = Math.min(Math.floor(tokens), most);
    if (wanted === 0) {
      return { claimed: [], inMs: waitForToken(true, { tokens, reserve: 0 }, rate.perSecond) };
    }
    const claimed = await leaseEdits(tx, workspaceId, wanted, limits);
    if (claimed.length === 0) return { claimed, inMs: await foreseeEdit(tx, workspaceId) };
    await spend(tx, workspaceId, 'edits', claimed.length);
    return { claimed, inMs: 0 };
  });
}
