import { promptAt } from '../../cadence/core/asking.ts';
import type { Opened, Prospect, Rehearsal, Ritual } from '../../cadence/ritual.ts';
import type { Database } from '../../platform/db/database.ts';
import { askedBlocks } from './answer-blocks.ts';
import { listMembers } from './answer-store.ts';
import { listReviewsAsked } from './asked-store.ts';
import { endReviews } from './closing-operations.ts';
import { closesAfter } from './core/review.ts';
import { minutesForChannel } from './minutes-blocks.ts';
import { openReview } from './opening-operations.ts';
import { previewOf } from './previewing.ts';
import { pageOfRitual } from './reading.ts';

/** A ritual whose agenda writes itself and is talked through line by line: those of the playbook, and a company's own. */
export function reviewRitual(key: string, name: string): Ritual {
  return {
    key,
    name,
    closesAfter,
    async open(tx, occurrences) {
      const opened = new Map<number, Opened>();
      for (const occurrence of occurrences) opened.set(occurrence.id, await openReview(tx, occurrence, key));
      return opened;
    },
    async close(tx, workspaceId, occurrenceIds, why) {
      await endReviews(tx, workspaceId, occurrenceIds, why);
    },
    asking: { ofTeams: 'Looks at the work of', ofAll: 'Looks at the work of all teams' },
    whom: async (db, prospect) => ({ people: (await askedBy(db, prospect, key)).length }),
    rehearse: async (db, prospect) => await rehearse(db, prospect, key),
    asked: listReviewsAsked,
  };
}

/** The reviews that come with Cairn. */
export const builtInReviews: readonly Ritual[] = [
  reviewRitual('roadmap-review', 'Roadmap review'),
  reviewRitual('strategy-review', 'Strategy review'),
];

async function askedBy(db: Database, { workspaceId, cadenceId }: Prospect, ritual: string) {
  const page = await pageOfRitual(db, workspaceId, ritual);
  return page === undefined || page.questions.length === 0
    ? []
    : await listMembers(db, workspaceId, cadenceId);
}

async function rehearse(
  db: Database,
  prospect: Prospect & { name: string },
  ritual: string,
): Promise<Rehearsal> {
  const preview = await previewOf(db, prospect, ritual);
  if (preview === undefined) return { asked: [], shown: [] };
  const { review, page, contents, minutes } = preview;
  const asked = await askedBy(db, prospect, ritual);
  return {
    asked: asked.map(({ slackId, name, timezone }) => ({ slackId, name, at: promptAt(prospect, timezone) })),
    shown: [
      ...contents.map((content, index) => ({ where: index === 0 ? 'The channel' : 'Its thread', content })),
      ...(asked.length === 0
        ? []
        : [
            {
              where: 'Each of those who are asked, directly',
              content: askedBlocks(review, page.questions.length),
            },
          ]),
      {
        where: 'The channel and the thread, if nobody writes anything down',
        content: minutesForChannel(review, minutes),
      },
    ],
  };
}
