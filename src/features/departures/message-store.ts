import type { Database, Tx } from '../../platform/db/database.ts';

/** A message that tells of a departure: whose it is, and the zone in which days are named in it. */
export type ToldMessage = { messageId: number; personId: number | null; timezone: string };

export async function saveMessages(
  tx: Tx,
  workspaceId: string,
  departureId: number,
  messageIds: readonly number[],
): Promise<void> {
  if (messageIds.length === 0) return;
  await tx
    .insertInto('departure_messages')
    .values(
      messageIds.map((id) => ({ workspace_id: workspaceId, departure_id: departureId, message_id: id })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function listMessages(
  db: Database,
  workspaceId: string,
  departureId: number,
): Promise<ToldMessage[]> {
  return await messages(db, workspaceId, departureId).orderBy('m.id').execute();
}

/** The one that Slack shows in this place. */
export async function findMessageAt(
  db: Database,
  workspaceId: string,
  departureId: number,
  place: { channel: string; ts: string },
): Promise<ToldMessage | undefined> {
  return await messages(db, workspaceId, departureId)
    .innerJoin('deliveries as d', 'd.message_id', 'm.id')
    .where('d.slack_channel', '=', place.channel)
    .where('d.slack_ts', '=', place.ts)
    .executeTakeFirst();
}

function messages(db: Database, workspaceId: string, departureId: number) {
  return db
    .selectFrom('departure_messages as of')
    .innerJoin('messages as m', 'm.id', 'of.message_id')
    .innerJoin('workspaces as w', 'w.id', 'm.workspace_id')
    .leftJoin('people as p', 'p.id', 'm.to_person_id')
    .select((eb) => [
      'm.id as messageId',
      'm.to_person_id as personId',
      eb.fn.coalesce('p.timezone', 'w.timezone').as('timezone'),
    ])
    .where('of.workspace_id', '=', workspaceId)
    .where('of.departure_id', '=', departureId);
}

/** The message that told somebody what they stand in for. */
export async function findActingMessage(
  db: Database,
  workspaceId: string,
  departureId: number,
  personId: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('messages')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('dedupe_key', '=', actingKey(departureId, personId))
    .executeTakeFirst();
  return row?.id;
}

export function actingKey(departureId: number, personId: number): string {
  return `departure-acting:${departureId}:${personId}`;
}
