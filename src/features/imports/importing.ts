import { sql } from 'kysely';
import type { Tx } from '../../platform/db/database.ts';
import type { Importing } from '../../platform/db/importing.ts';
import type { Importer } from './kind.ts';

/** An admin's import as the layers below a file take it: a part of things, and the admin's doing. */
export async function importing(tx: Tx, { workspaceId, actor, at }: Importer): Promise<Importing> {
  const { rows } = await sql<{ timezone: string }>`
    select timezone from workspaces where id = ${workspaceId}`.execute(tx);
  return {
    ...{ tx, workspaceId, at, timezone: rows[0]?.timezone ?? actor.timezone },
    ...{ overwrite: false, isPartial: true, kept: [] },
    doer: { kind: 'person', personId: actor.id },
  };
}
