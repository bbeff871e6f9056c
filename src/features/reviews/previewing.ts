import type { Prospect } from '../../cadence/ritual.ts';
import type { Database } from '../../platform/db/database.ts';
import { closesFor } from './closing-operations.ts';
import type { Line } from './core/line.ts';
import { minutesOf } from './core/minutes.ts';
import type { Review } from './core/review.ts';
import { pageOfRitual, readAgenda } from './reading.ts';
import { pageContent } from './showing.ts';

/** What a review would say if it were held now, with its buttons out of reach: nothing of it is kept. */
export async function previewOf(db: Database, prospect: Prospect & { name: string }, ritual: string) {
  const { workspaceId, cadenceId } = prospect;
  const page = await pageOfRitual(db, workspaceId, ritual);
  if (page === undefined) return undefined;
  const agenda = await readAgenda(db, prospect, page);
  const review: Review = {
    ...{ occurrenceId: 0, cadenceId, ritual, name: page.name, occurrenceName: prospect.name },
    ...{ channel: { id: 0, slackId: null, name: '' }, leftOut: agenda.leftOut },
    ...{ endedAt: null, endedBy: null, minutes: null },
  };
  const lines = agenda.lines.map(
    ({ owedBy: _owed, ...line }): Line => ({
      ...line,
      id: line.position,
      deferredBy: null,
      decisions: [],
      actions: [],
    }),
  );
  const pages = Math.max(1, ...lines.map((line) => line.page));
  const answered = page.questions.length === 0 ? null : { asked: 0, in: 0 };
  const contents = Array.from({ length: pages }, (_, index) =>
    pageContent(review, lines, { number: index + 1, pages, answered }),
  );
  return { review, page, lines, contents, minutes: minutesOf(lines, await closesFor(db, cadenceId)) };
}
