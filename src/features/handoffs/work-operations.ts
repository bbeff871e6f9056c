import type { ActionFinished } from '../actions/operations.ts';
import { advance, lockMoving } from './moving.ts';
import { findHandoff } from './store.ts';

/** A piece of work whose action is done is completed; one that is over already is left alone. */
export const completeWork: ActionFinished = async (tx, { workspaceId, handoffId, at, doer }) => {
  const known = await findHandoff(tx, workspaceId, handoffId);
  const moving = known === undefined ? undefined : await lockMoving(tx, workspaceId, known);
  if (moving?.handoff.state !== 'accepted') return;
  await advance(tx, workspaceId, doer, { handoff: moving.handoff, at }, 'finish', { event: 'finished' });
};
