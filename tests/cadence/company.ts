import { insertActor, insertChannel, setClock } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace } from '../support/database.ts';

/** A Friday noon in Berlin; Monday is the 23rd. */
export const friday = '2026-11-20T12:00:00+01:00';

/** A company with a channel that Cairn is in, a team whose lead is Chi, and people who may and may not change things. */
export async function startCompany() {
  const { db, close } = await createTestDatabase();
  const workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
  await setClock(db, workspaceId, friday);
  const ana = await insertActor(db, workspaceId, { name: 'Ana', timezone: 'Europe/Berlin' });
  const ben = await insertActor(db, workspaceId, { name: 'Ben', timezone: 'Europe/Berlin' });
  const chi = await insertActor(db, workspaceId, { name: 'Chi', timezone: 'Europe/Berlin' });
  const admin = { ...(await insertActor(db, workspaceId, { name: 'Dee' })), isAdmin: true };
  const channel = async (name: string, given: { has_cairn?: boolean; is_private?: boolean } = {}) => {
    const inserted = await insertChannel(db, workspaceId, name);
    await db
      .updateTable('channels')
      .set({ has_cairn: true, ...given })
      .where('id', '=', inserted.id)
      .execute();
    return inserted;
  };
  const checkout = await channel('checkout');
  const { id: teamId } = await db
    .insertInto('teams')
    .values({
      workspace_id: workspaceId,
      key: 'checkout',
      name: 'Checkout',
      lead_id: chi.id,
      channel_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { db, close, workspaceId, ana, ben, chi, admin, checkout, channel, teamId };
}

export type Company = Awaited<ReturnType<typeof startCompany>>;

/** What became of a cadence's periods, in order of their time. */
export async function occurrencesOf({ db }: Company, cadenceId: number) {
  return await db
    .selectFrom('occurrences')
    .select(['name', 'state', 'reason', 'covers', 'by_person_id as by'])
    .where('cadence_id', '=', cadenceId)
    .orderBy('due_at')
    .execute();
}

export async function nextDueOf({ db }: Company, cadenceId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('cadences')
    .select('next_due_at')
    .where('id', '=', cadenceId)
    .executeTakeFirst();
  return row?.next_due_at?.toString();
}

let count = 0;

/** A key that no other test of the run uses. */
export function newKey(): string {
  count += 1;
  return `cadence-${count}`;
}
