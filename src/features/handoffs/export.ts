import type { Database } from '../../platform/db/database.ts';

/** Who has a rock on loan, by the rock's id. `until` is its last day; a loan that is over by `today` is none. */
export async function exportLoans(
  db: Database,
  workspaceId: string,
  today: string,
): Promise<Map<number, { to: number; until: string }>> {
  const rows = await db
    .selectFrom('handoffs')
    .select(['rock_id as rock', 'to_id as to', 'until_on as until'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', 'lend')
    .where('state', '=', 'accepted')
    .execute();
  return new Map(
    rows.flatMap(({ rock, to, until }) =>
      rock === null || until === null || until.toString() < today
        ? []
        : [[rock, { to, until: until.toString() }] as const],
    ),
  );
}
