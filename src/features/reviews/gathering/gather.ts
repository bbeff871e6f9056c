import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { AgendaSource } from '../../playbook/core/sources.ts';
import { changedSince } from '../../roadmap/operations.ts';
import { everybody, readTreeOn } from '../../strategy/tree-operations.ts';
import type { GatheredLine } from '../core/line.ts';
import { listDrops, listNeeds, listSlippedKeyResults, listStale } from './okr-store.ts';
import { listUnowned, listWaitingHandoffs } from './ownership-store.ts';
import type { Scope } from './scope.ts';
import { intentLines, looseLines } from './strategy-lines.ts';
import { deferredLine, lateActionLine, lookAgainLine, openDecisionLine, pointLine } from './talk-lines.ts';
import { listDeferred, listLateActions, listLookAgain, listOpenDecisions } from './talk-store.ts';
import {
  dropLine,
  handoffLine,
  itemLines,
  needLine,
  slippedLine,
  staleLine,
  unownedLine,
} from './work-lines.ts';

type Gather = (db: Database, scope: Scope, now: Temporal.Instant) => Promise<GatheredLine[]>;

/** What each source gives, of what everybody in the workspace may see: an agenda stands in a channel. */
const sources: Record<AgendaSource, Gather> = {
  deferred: async (db, scope) => (await listDeferred(db, scope)).map((it) => deferredLine(it, scope.on)),
  'changed-items': async (db, scope) =>
    (await itemsOf(db, scope)).filter(({ source }) => source === 'changed-items'),
  slips: async (db, scope) => [
    ...(await itemsOf(db, scope)).filter(({ source }) => source === 'slips'),
    ...(await listSlippedKeyResults(db, scope)).map((it) => slippedLine(it, scope.on)),
  ],
  'stale-key-results': async (db, scope, now) => (await listStale(db, scope)).map((it) => staleLine(it, now)),
  'confidence-drops': async (db, scope) => (await listDrops(db, scope)).map(dropLine),
  'unowned-rocks': async (db, scope) => (await listUnowned(db, scope)).map(unownedLine),
  'waiting-handoffs': async (db, scope, now) =>
    (await listWaitingHandoffs(db, scope)).map((it) => handoffLine(it, now)),
  'open-decisions': async (db, scope) =>
    (await listOpenDecisions(db, scope)).map((it) => openDecisionLine(it, scope.on)),
  needs: async (db, scope) => (await listNeeds(db, scope)).map(needLine),
  'overdue-actions': async (db, scope) =>
    (await listLateActions(db, scope)).map((it) => lateActionLine(it, scope.on)),
  'look-again': async (db, scope) =>
    (await listLookAgain(db, scope)).map((it) => lookAgainLine(it, scope.on)),
  intents: async (db, scope) => intentLines(await treeOf(db, scope)),
  'loose-lines': async (db, scope) => looseLines(await treeOf(db, scope)),
};

async function itemsOf(db: Database, scope: Scope): Promise<GatheredLine[]> {
  const { workspaceId, teamIds, since, on } = scope;
  const changes = await changedSince(db, workspaceId, everybody, since);
  return changes
    .filter(({ item: { team, needs } }) => {
      if (teamIds.length === 0) return true;
      return [team, ...needs].some((one) => one !== null && teamIds.includes(one.id));
    })
    .flatMap((change) => itemLines(change, on));
}

async function treeOf(db: Database, { workspaceId, on }: Scope) {
  return await readTreeOn(db, workspaceId, { viewerId: everybody, on });
}

/** All that an agenda could have: the points of its page, and what its sources give. */
export async function gather(
  db: Database,
  scope: Scope,
  page: { points: readonly string[]; sources: readonly AgendaSource[] },
  now: Temporal.Instant,
): Promise<GatheredLine[]> {
  const lines: GatheredLine[] = page.points.map(pointLine);
  for (const source of page.sources) lines.push(...(await sources[source](db, scope, now)));
  return lines;
}
