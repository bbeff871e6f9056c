import { touchedInSlack } from '../../platform/db/import-touched.ts';
import { got, type Importing, recordImport, type Tally } from '../../platform/db/importing.ts';
import { listEditors, replaceEditors } from './editor-store.ts';

/** Editors are of the workspace, and of no version. */
export const ofEditors = { kind: 'strategy', id: 0 };

/** Takes over who writes the strategy, where the file says so; whom admins named in Slack stay, unless the operator overwrites. */
export async function importEditors(
  importing: Importing,
  handles: readonly string[] | null,
  people: ReadonlyMap<string, number>,
): Promise<Tally> {
  const none = { added: 0, changed: 0, unchanged: 0 };
  if (handles === null) return none;
  const { tx, workspaceId, kept } = importing;
  const ordered = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);
  const before = ordered((await listEditors(tx, workspaceId)).map(({ id }) => id));
  const after = ordered(handles.map((handle) => got(people, handle)));
  if (JSON.stringify(before) === JSON.stringify(after)) return { ...none, unchanged: 1 };
  const touched = await touchedInSlack(importing, ofEditors.kind, [ofEditors.id]);
  if (touched(ofEditors.id, 'editors')) {
    kept.push('strategy editors');
    return { ...none, unchanged: 1 };
  }
  await replaceEditors(tx, workspaceId, after);
  await recordImport(importing, [
    {
      type: 'strategy.editors-named',
      subject: ofEditors,
      before: { editors: before },
      after: { editors: after },
    },
  ]);
  return before.length === 0 ? { ...none, added: 1 } : { ...none, changed: 1 };
}
