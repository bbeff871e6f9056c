import type { ActionEnded } from '../actions/operations.ts';
import { advance, lockMoving } from './moving.ts';
import { findHandoff } from './store.ts';

/** A piece of work is over with its action, done or dropped; one that is over already is left alone. */
export const endWork: ActionEnded = async (tx, { workspaceId, handoffId, state, at, doer }) => {
  const known = await findHandoff(tx, workspaceId, handoffId);
  const moving = known === undefined ? undefined : await lockMoving(tx, workspaceId, known);
  if (moving?.handoff.state !== 'accepted') return;
  const { handoff } = moving;
  if (state === 'done')
    await advance(tx, workspaceId, doer, { handoff, at }, 'finish', { event: 'finished' });
  else await advance(tx, workspaceId, doer, { handoff, at }, 'drop', { event: 'dropped' });
};
