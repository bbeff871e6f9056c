import { type Importing, portions, recordImport } from '../../platform/db/importing.ts';

/**
 * The ids of channels by name. One that Slack has not told of is kept by its name alone, and matched when it
 * appears; of several with one name it is the one that Slack has, and is not archived.
 */
export async function importChannels(importing: Importing, names: string[]): Promise<Map<string, number>> {
  const { tx, workspaceId } = importing;
  const wanted = [...new Set(names)].sort();
  const ids = new Map<string, number>();
  for (const portion of portions(wanted)) {
    const rows = await tx
      .selectFrom('channels')
      .select(['id', 'name'])
      .distinctOn('name')
      .where('workspace_id', '=', workspaceId)
      .where('name', 'in', portion)
      .orderBy('name')
      .orderBy((eb) => eb('slack_id', 'is', null))
      .orderBy((eb) => eb('archived_at', 'is not', null))
      .orderBy('id')
      .execute();
    for (const { id, name } of rows) ids.set(name, id);
  }
  const missing = wanted.filter((name) => !ids.has(name));
  for (const portion of portions(missing)) {
    const rows = await tx
      .insertInto('channels')
      .values(portion.map((name) => ({ workspace_id: workspaceId, name })))
      .returning(['id', 'name'])
      .execute();
    for (const { id, name } of rows) ids.set(name, id);
    await recordImport(
      importing,
      rows.map(({ id, name }) => ({
        type: 'channel.created',
        subject: { kind: 'channel', id },
        after: { name },
      })),
    );
  }
  return ids;
}
