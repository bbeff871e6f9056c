import { endQuestions, followOwner } from './features/check-ins/following-operations.ts';
import { endLapsedHandoffs } from './features/handoffs/ending-operations.ts';
import type { OkrMoving } from './features/okrs/moved.ts';
import type { Moving } from './features/ownership/moved.ts';
import { followRock } from './features/ownership/proposals/following-operations.ts';

/**
 * Who has something under way for a rock, and hears when it moves otherwise than by a handoff: the running bot and an
 * operator's file tell the same.
 */
export const moving: Moving = {
  onRockMoved: [endLapsedHandoffs, followRock],
};

/** Who has questions under way for a key result, and hears when it gets another owner or is over. */
export const okrMoving: OkrMoving = {
  onKeyResultMoved: [
    async (tx, { workspaceId, keyResultId, toId: ownerId, at }) =>
      await followOwner(tx, workspaceId, { keyResultId, ownerId, at }),
  ],
  onKeyResultEnded: [
    async (tx, { workspaceId, keyResultIds }) => await endQuestions(tx, workspaceId, keyResultIds),
  ],
};
