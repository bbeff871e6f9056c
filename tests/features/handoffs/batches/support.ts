import { readBrief } from '../../../../src/features/handoffs/brief-operations.ts';
import type { Handoff } from '../../../../src/features/handoffs/core/handoff.ts';
import { acceptHandoff } from '../../../../src/features/handoffs/operations.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import type { Database } from '../../../../src/platform/db/database.ts';

/** Reads what waits for one's yes, and says it. */
export async function readAndAccept(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  const brief = await readBrief(db, workspaceId, actor, handoffId);
  return brief.ok ? await acceptHandoff(db, workspaceId, actor, handoffId) : brief;
}
