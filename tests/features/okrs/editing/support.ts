import type { KeyResultEntry, ObjectiveEntry } from '../../../../src/features/okrs/editing/core/entry.ts';
import type { Ending, OkrMoving } from '../../../../src/features/okrs/moved.ts';

export const objectiveEntry = (
  given: Partial<ObjectiveEntry> & Pick<ObjectiveEntry, 'cycleId'>,
): ObjectiveEntry => ({
  title: 'Checkout that just works',
  ownerId: null,
  reviewerId: null,
  teamId: null,
  supports: null,
  needs: [],
  visibility: 'workspace',
  viewers: [],
  ...given,
});

export const keyResultEntry = (given: Partial<KeyResultEntry> = {}): KeyResultEntry => ({
  title: 'Failed payment rate',
  measure: { type: 'percent', unit: null, direction: 'down', start: 4.2, target: 2 },
  commitment: 'committed',
  ownerId: null,
  backupId: null,
  dueOn: null,
  ...given,
});

/** Whoever has questions under way for key results, and what they were told. */
export function listening(): {
  moving: OkrMoving;
  moved: unknown[];
  ended: { ids: number[]; why: Ending }[];
} {
  const moved: unknown[] = [];
  const ended: { ids: number[]; why: Ending }[] = [];
  const moving: OkrMoving = {
    onKeyResultMoved: [
      async (_, { keyResultId, fromId, toId }) => void moved.push({ keyResultId, fromId, toId }),
    ],
    onKeyResultEnded: [async (_, { keyResultIds, why }) => void ended.push({ ids: [...keyResultIds], why })],
  };
  return { moving, moved, ended };
}
