import { Temporal } from 'temporal-polyfill';
import type { Job } from '../../platform/job.ts';
import { askAboutRituals, type FeedbackDeps, nextAsking } from './asking-operations.ts';
import { closeRounds } from './closing-operations.ts';
import { findNextClose } from './store.ts';

/** Once a quarter each ritual is asked about; a week later product operations reads what was said. */
export function feedbackJob(deps: FeedbackDeps, workspaceId: string): Job {
  return {
    name: 'what people think of rituals',
    async run() {
      await closeRounds(deps, workspaceId);
      await askAboutRituals(deps, workspaceId);
    },
    async next(after) {
      const asking = await nextAsking(deps.db, workspaceId, after);
      const closing = (await findNextClose(deps.db, workspaceId, after)) ?? null;
      if (closing !== null && (asking === null || Temporal.Instant.compare(closing, asking) < 0))
        return { at: closing, what: 'what was said of a ritual' };
      return asking === null ? null : { at: asking, what: 'the question what people think of a ritual' };
    },
  };
}
