import type { Config } from '../config.ts';
import { accepted, type Result, refused } from '../platform/core/result.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';
import { shown } from '../platform/file/finding.ts';
import { askSlack } from './slack-workspace.ts';

/** A workspace to import into; `isNew` until the import's transaction has made its row. */
export type ChosenWorkspace = { id: string; name: string; isNew: boolean };

/**
 * The workspace that is named, else the only one. Where there is none yet: the one of the Slack tokens, or
 * without tokens the playground's. Several and none named is refused, as is one that is not there.
 */
export async function chooseWorkspace(
  db: Database,
  config: Pick<Config, 'slack'>,
  named: string | undefined,
): Promise<Result<ChosenWorkspace>> {
  const rows = await db.selectFrom('workspaces').select(['id', 'name']).orderBy('id').execute();
  const workspaces = rows.map((row) => ({ ...row, isNew: false }));
  if (workspaces.length === 0) {
    const first = await firstWorkspace(config);
    if (!first.ok) return first;
    workspaces.push({ ...first.value, isNew: true });
  }
  const listed = workspaces.map(({ id, name }) => `${id} (${name})`).join(', ');
  if (named !== undefined) {
    const found = workspaces.find(({ id }) => id === named);
    if (found !== undefined) return accepted(found);
    return refused('unknown-workspace', `There is no workspace ${shown(named)} here; there is ${listed}.`);
  }
  const [only, ...others] = workspaces;
  if (only !== undefined && others.length === 0) return accepted(only);
  return refused(
    'several-workspaces',
    `There are several workspaces; choose one with --workspace: ${listed}.`,
  );
}

/** Makes the workspace's row unless it is there: the bot may have started meanwhile. */
export async function ensureWorkspace(tx: Tx, workspace: ChosenWorkspace, timezone: string): Promise<void> {
  if (!workspace.isNew) return;
  await tx
    .insertInto('workspaces')
    .values({ id: workspace.id, name: workspace.name, timezone })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

async function firstWorkspace({
  slack,
}: Pick<Config, 'slack'>): Promise<Result<{ id: string; name: string }>> {
  return slack.mode === 'playground' ? accepted(playgroundWorkspace) : await askSlack(slack);
}
