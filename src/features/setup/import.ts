import {
  eventsOf,
  got,
  type Importing,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { SettingsEntry } from './file.ts';

type SettingsState = {
  backpack_limit: number;
  release_after_hours: number;
  product_operations_channel_id: number | null;
  leaders_channel_id: number | null;
};
const key = 'settings';
const subjectId = 1;

/** What a workspace has until somebody says otherwise: the defaults of its columns. */
export const usual: SettingsState = {
  backpack_limit: 15,
  release_after_hours: 24,
  product_operations_channel_id: null,
  leaders_channel_id: null,
};

/**
 * Keeps the settings that a file names. One that was set already stays as people made it in `/cairn setup`, unless
 * the operator overwrites.
 */
export async function importSettings(
  importing: Importing,
  entry: SettingsEntry | null,
  channels: ReadonlyMap<string, number>,
): Promise<{ tally: Tally }> {
  if (entry === null) return { tally: { added: 0, changed: 0, unchanged: 0 } };
  const { tx, workspaceId, overwrite } = importing;
  const present = await tx
    .selectFrom('workspaces')
    .select(['backpack_limit', 'release_after_hours', 'product_operations_channel_id', 'leaders_channel_id'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const channelOf = (name: string | undefined): number | undefined =>
    name === undefined ? undefined : got(channels, name);
  const told = {
    backpack_limit: entry.backpackLimit,
    release_after_hours: entry.releaseAfterHours,
    product_operations_channel_id: channelOf(entry.productOperations),
    leaders_channel_id: channelOf(entry.leaders),
  };
  const choose = <Field extends keyof SettingsState>(
    field: Field,
    wanted: SettingsState[Field] | undefined,
  ): SettingsState[Field] =>
    wanted !== undefined && (overwrite || present[field] === usual[field]) ? wanted : present[field];
  const wanted = {
    backpack_limit: choose('backpack_limit', told.backpack_limit),
    release_after_hours: choose('release_after_hours', told.release_after_hours),
    product_operations_channel_id: choose(
      'product_operations_channel_id',
      told.product_operations_channel_id,
    ),
    leaders_channel_id: choose('leaders_channel_id', told.leaders_channel_id),
  };
  const sorted = sortOut<SettingsState>(new Map([[key, wanted]]), new Map([[key, present]]));
  if (sorted.changed.length > 0)
    await tx.updateTable('workspaces').set(wanted).where('id', '=', workspaceId).execute();
  await recordImport(
    importing,
    eventsOf('settings', sorted, () => subjectId),
  );
  return { tally: sorted.tally };
}
