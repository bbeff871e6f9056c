import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { logConversation } from '../../../src/features/research/conversation-operations.ts';
import type { Standing } from '../../../src/features/research/core/account.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import type { Database } from '../../../src/platform/db/database.ts';

/** An account of this name, with a rest of 30 days unless told otherwise. */
export async function insertAccount(
  db: Database,
  workspaceId: string,
  name: string,
  coolDown = 'P30D',
): Promise<number> {
  const { id } = await db
    .insertInto('accounts')
    .values({
      workspace_id: workspaceId,
      key: name.toLowerCase().replaceAll(' ', '-'),
      name,
      cool_down: coolDown,
      created_at: '2026-01-01T00:00:00Z',
      created_by: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

let forms = 0;

/** Somebody writes down that they talked to an account on a day. */
export async function logTalk(
  db: Database,
  workspaceId: string,
  actor: Actor,
  account: { id: number } | { name: string },
  given: { on: string; topic?: string; notes?: string; formKey?: string },
): Promise<Result<Standing>> {
  forms += 1;
  return await logConversation(db, workspaceId, actor, {
    account,
    told: {
      contact: null,
      heldOn: Temporal.PlainDate.from(given.on),
      topic: given.topic ?? 'pricing',
      notes: given.notes ?? '',
      recordingUrl: null,
    },
    formKey: given.formKey ?? `form-${forms}`,
  });
}

/** What was accepted; a refusal fails the test with its words. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.words);
  return result.value;
}
