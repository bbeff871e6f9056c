import { got, type Importing, portions, type Sorted, type State } from '../../platform/db/importing.ts';

/** What of an objective stands in tables of its own, by ids. */
type Parts = State & { needs: number[]; viewers: number[] };

/** Writes anew of which teams objectives need something. */
export async function replaceNeeds(
  { tx, workspaceId }: Importing,
  { added, changed }: Sorted<Parts>,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  for (const portion of portions(changed)) {
    const old = portion.map(({ key }) => got(ids, key));
    await tx.deleteFrom('objective_needs').where('objective_id', 'in', old).execute();
  }
  const rows = [...added, ...changed].flatMap(({ key, wanted }) =>
    wanted.needs.map((team) => ({ workspace_id: workspaceId, objective_id: got(ids, key), team_id: team })),
  );
  for (const portion of portions(rows, 5_000))
    await tx.insertInto('objective_needs').values(portion).execute();
}

/** Writes anew who is named to see objectives of few. */
export async function replaceViewers(
  { tx, workspaceId }: Importing,
  { added, changed }: Sorted<Parts>,
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  for (const portion of portions(changed)) {
    const old = portion.map(({ key }) => got(ids, key));
    await tx.deleteFrom('objective_viewers').where('objective_id', 'in', old).execute();
  }
  const rows = [...added, ...changed].flatMap(({ key, wanted }) =>
    wanted.viewers.map((person) => ({
      workspace_id: workspaceId,
      objective_id: got(ids, key),
      person_id: person,
    })),
  );
  for (const portion of portions(rows, 5_000))
    await tx.insertInto('objective_viewers').values(portion).execute();
}
