import { describe, expect, test } from 'vitest';
import { previewRoadmapReview } from '../../../src/features/reviews/roadmap-review.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { insertRock } from '../../support/builders.ts';
import { ana, cadenceId, db, testInCompany, value, wordsOf, workspaceId } from './company.ts';

testInCompany();

const preview = async () => value(await previewRoadmapReview(db, workspaceId, ana));

describe('what the next roadmap review would talk about', () => {
  test('is told where none is on the calendar', async () => {
    await db.updateTable('cadences').set({ state: 'paused' }).where('id', '=', cadenceId).execute();
    expect(wordsOf(await previewRoadmapReview(db, workspaceId, ana))).toBe(
      'No roadmap review is on the calendar yet. `/cadence add` sets one up; `/playbook roadmap-review` says how it goes.',
    );
  });

  test('is nothing in an empty company, and says so', async () => {
    const content = await preview();
    expect(content.text).toMatch(
      /^The next one is on Thu 26 Nov, 10:00, in <#\w+>\. Its agenda has nothing so far\.$/,
    );
    expect(messageProblems(content, 'answer')).toEqual([]);
  });

  test('has its lines without buttons, and nothing of it is kept', async () => {
    for (let count = 10; count < 21; count += 1) await insertRock(db, workspaceId, { name: `Rock ${count}` });
    const content = await preview();
    expect(content.text).toMatch(
      /This is what its agenda has so far:\nRocks that nobody carries\n1\. Rock 10\n/,
    );
    expect(content.text).toMatch(/10\. Rock 19\nnobody carries it\n… and 1 more line\.$/);
    expect(content.text).not.toContain('Press what comes of each');
    expect(JSON.stringify(content.blocks)).not.toContain('"button"');
    expect(
      await db.selectFrom('reviews').selectAll().where('workspace_id', '=', workspaceId).execute(),
    ).toEqual([]);
  });
});
