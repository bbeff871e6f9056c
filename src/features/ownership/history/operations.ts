import type { Database } from '../../../platform/db/database.ts';
import { type Line, storyOf } from './core/story.ts';
import { listChapters, listHappenings } from './store.ts';

/** The story of a rock that the caller has found for the viewer. What they do not see of other rocks is not named. */
export async function readStory(
  db: Database,
  workspaceId: string,
  rockId: number,
  viewerId: number,
): Promise<Line[]> {
  const chapters = await listChapters(db, workspaceId, rockId);
  return storyOf(chapters, await listHappenings(db, workspaceId, rockId, viewerId));
}
