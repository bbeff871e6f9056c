import { readBrief } from '../../../src/features/handoffs/brief-operations.ts';
import type { BriefWords, Handoff } from '../../../src/features/handoffs/core/handoff.ts';
import { acceptHandoff } from '../../../src/features/handoffs/operations.ts';
import { findCard } from '../../../src/features/ownership/lookup-operations.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import type { Database } from '../../../src/platform/db/database.ts';

export const briefWords: BriefWords = {
  whyItMatters: 'Every sale passes through it.',
  whereItStands: 'Wallets are half done.',
  nextStep: 'Finish the wallets.',
  whatCouldHurt: null,
};

/** What an operation gave: `done`, or the code of its refusal. */
export function outcome(result: Result<unknown>): string {
  return result.ok ? 'done' : result.code;
}

export function got<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused as ${result.code}: ${result.words}`);
  return result.value;
}

export async function ownerOf(db: Database, workspaceId: string, rockId: number): Promise<number | null> {
  // Somebody to whom the rock is nothing in particular.
  return (await findCard(db, workspaceId, rockId, 0))?.owner?.id ?? null;
}

export async function handoffsOf(db: Database, rockId: number) {
  return await db.selectFrom('handoffs').selectAll().where('rock_id', '=', rockId).orderBy('id').execute();
}

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
