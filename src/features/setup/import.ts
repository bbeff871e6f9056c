import { type Touched, touchedInSlack } from '../../platform/db/import-touched.ts';
import { got, type Importing, recordImport, sortOut, type Tally } from '../../platform/db/importing.ts';
import type { SettingsEntry } from './file.ts';

/** As `/cairn setup` records it; channels by their ids. */
type SettingsState = {
  backpackLimit: number;
  releaseAfterHours: number;
  productOperations: number | null;
  leaders: number | null;
};
const names = {
  backpackLimit: 'backpack_limit',
  releaseAfterHours: 'release_after',
  productOperations: 'product_operations',
  leaders: 'leaders',
} as const;

/** What a workspace has until somebody says otherwise: the defaults of its columns. */
export const usual = { backpackLimit: 15, releaseAfterHours: 24 };

const subject = { kind: 'workspace', id: 0 };

/**
 * Keeps the settings that a file names. One that was changed in `/cairn setup` stays as people made it, unless the
 * operator overwrites.
 */
export async function importSettings(
  importing: Importing,
  entry: SettingsEntry | null,
  channels: ReadonlyMap<string, number>,
): Promise<{ tally: Tally }> {
  if (entry === null) return { tally: { added: 0, changed: 0, unchanged: 0 } };
  const { tx, workspaceId } = importing;
  const present: SettingsState = await tx
    .selectFrom('workspaces')
    .select([
      'backpack_limit as backpackLimit',
      'release_after_hours as releaseAfterHours',
      'product_operations_channel_id as productOperations',
      'leaders_channel_id as leaders',
    ])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const idOf = (name: string | undefined): number | undefined =>
    name === undefined ? undefined : got(channels, name);
  const told = {
    backpackLimit: entry.backpackLimit,
    releaseAfterHours: entry.releaseAfterHours,
    productOperations: idOf(entry.productOperations),
    leaders: idOf(entry.leaders),
  };
  const touched = await touchedInSlack(importing, subject.kind, [subject.id]);
  const wanted = wantedState(importing, told, present, touched);
  const { changed, tally } = sortOut<SettingsState>(new Map([['', wanted]]), new Map([['', present]]));
  if (changed.length > 0) {
    await tx
      .updateTable('workspaces')
      .set({
        backpack_limit: wanted.backpackLimit,
        release_after_hours: wanted.releaseAfterHours,
        product_operations_channel_id: wanted.productOperations,
        leaders_channel_id: wanted.leaders,
      })
      .where('id', '=', workspaceId)
      .execute();
  }
  await recordImport(
    importing,
    changed.map(({ before, after }) => ({ type: 'workspace.set-up', subject, before, after })),
  );
  return { tally };
}

type Told = { [Field in keyof SettingsState]: SettingsState[Field] | undefined };

function wantedState(
  { kept }: Importing,
  told: Told,
  present: SettingsState,
  touched: Touched,
): SettingsState {
  const choose = <Field extends keyof SettingsState>(field: Field): SettingsState[Field] => {
    const wanted = told[field];
    if (wanted === undefined || wanted === present[field]) return present[field];
    if (!touched(subject.id, field)) return wanted;
    kept.push(`settings ${names[field]}`);
    return present[field];
  };
  return {
    backpackLimit: choose('backpackLimit'),
    releaseAfterHours: choose('releaseAfterHours'),
    productOperations: choose('productOperations'),
    leaders: choose('leaders'),
  };
}
