import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { cardBlocks as decisionBlocks } from '../decisions/blocks.ts';
import { readDecision } from '../decisions/reading-operations.ts';
import { listBlocks } from '../okrs/reading/list-blocks.ts';
import { listOkrs, showMeant } from '../okrs/reading/operations.ts';
import { keyResultBlocks, objectiveBlocks } from '../okrs/reading/show-blocks.ts';
import { cardBlocks } from '../ownership/blocks.ts';
import { teamLoads } from '../ownership/load/operations.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import { unknownRock } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { readPage } from '../roadmap/reading.ts';
import { showBlocks } from '../roadmap/show-blocks.ts';
import { treeBlocks } from '../strategy/tree-blocks.ts';
import { readTree } from '../strategy/tree-operations.ts';
import type { Subject } from './core/digest.ts';
import { actionContent, stillContent, teamContent } from './look-blocks.ts';
import { findAction, findCycleKey } from './look-store.ts';

import { readRefusal } from './read-operations.ts';

const gone = refused('gone', 'That is not there any more, or not for you to see.');

/** What is behind a line, as whoever presses may see it at this moment. */
export async function lookBehind(
  db: Database,
  workspaceId: string,
  actor: Actor,
  subject: Subject,
): Promise<Result<Content>> {
  const found = await contentOf(db, workspaceId, actor, subject);
  return found.ok ? accepted(stillContent(found.value)) : found;
}

async function contentOf(
  db: Database,
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
      const read = await readDecision(db, workspaceId, actor, { id });
      return read.ok ? accepted(decisionBlocks(read.value)) : gone;
    }
    case 'item': {
      const page = await readPage(db, workspaceId, actor, id);
      return page.ok ? accepted(showBlocks(page.value)) : gone;
    }
    case 'action': {
      const action = await findAction(db, workspaceId, actor.id, id);
      return action === undefined ? gone : accepted(actionContent(action));
    }
  }
}
