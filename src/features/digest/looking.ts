import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { listBlocks } from '../okrs/reading/list-blocks.ts';
import { listOkrs, showMeant } from '../okrs/reading/operations.ts';
import { keyResultBlocks, objectiveBlocks } from '../okrs/reading/show-blocks.ts';
import { cardBlocks } from '../ownership/blocks.ts';
import { teamLoads } from '../ownership/load/operations.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import { unknownRock } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { treeBlocks } from '../strategy/tree-blocks.ts';
import { readTree } from '../strategy/tree-operations.ts';
import type { Subject } from './core/digest.ts';
import { actionContent, decisionContent, itemContent, stillContent, teamContent } from './look-blocks.ts';
import { findAction, findCycleKey, findDecision, findItem } from './look-store.ts';

import { readRefusal } from './read-operations.ts';

/** Shows one thing as the actor may see it; refuses what they do not see as what is not there. */
export type LookAt = (
  db: Database,
  workspaceId: string,
  actor: Actor,
  id: number,
) => Promise<Result<Content>>;

/** What others show of their own things; absent: a few words of what the tables hold. */
export type Lookers = { lookAtDecision?: LookAt; lookAtItem?: LookAt };

const gone = refused('gone', 'That is not there any more, or not for you to see.');

/** What is behind a line, as whoever presses may see it at this moment. */
export async function lookBehind(
  { db, ...lookers }: { db: Database } & Lookers,
  workspaceId: string,
  actor: Actor,
  subject: Subject,
): Promise<Result<Content>> {
  const found = await contentOf({ db, ...lookers }, workspaceId, actor, subject);
  return found.ok ? accepted(stillContent(found.value)) : found;
}

async function contentOf(
  { db, lookAtDecision, lookAtItem }: { db: Database } & Lookers,
  workspaceId: string,
  actor: Actor,
  { kind, id }: Subject,
): Promise<Result<Content>> {
  switch (kind) {
    case 'key-result': {
      const page = await showMeant(db, workspaceId, actor, { kind, id });
      if (!page.ok) return page;
      const { value } = page;
      return accepted(value.kind === 'objective' ? objectiveBlocks(value) : keyResultBlocks(value, null));
    }
    case 'rock': {
      const card = await findCard(db, workspaceId, id, actor.id);
      return card === undefined ? unknownRock : accepted(cardBlocks(card, actor));
    }
    case 'intent':
    case 'strategy': {
      const tree = await readTree(db, workspaceId, actor);
      return accepted(treeBlocks(tree, { pageNumber: 0, timezone: actor.timezone, draftChanges: null }));
    }
    case 'cycle': {
      const cycle = await findCycleKey(db, workspaceId, id);
      if (cycle === undefined) return gone;
      const listed = await listOkrs(db, workspaceId, actor, { of: { kind: 'all' }, cycle });
      return listed.ok ? accepted(listBlocks(listed.value, 1, () => '')) : listed;
    }
    case 'team': {
      // Loads in sums are for leaders, wherever the message stands.
      const problem = await readRefusal(db, workspaceId, actor);
      if (problem !== null) return problem;
      const team = (await teamLoads(db, workspaceId)).find((it) => it.id === id);
      return team === undefined ? gone : accepted(teamContent(team));
    }
    case 'decision': {
      if (lookAtDecision !== undefined) return await lookAtDecision(db, workspaceId, actor, id);
      const decision = await findDecision(db, workspaceId, actor.id, id);
      return decision === undefined ? gone : accepted(decisionContent(decision));
    }
    case 'item': {
      if (lookAtItem !== undefined) return await lookAtItem(db, workspaceId, actor, id);
      const item = await findItem(db, workspaceId, actor.id, id);
      return item === undefined ? gone : accepted(itemContent(item));
    }
    case 'action': {
      const action = await findAction(db, workspaceId, actor.id, id);
      return action === undefined ? gone : accepted(actionContent(action));
    }
  }
}
