import type { Config } from '../config.ts';
import { accepted, type Result, refused } from '../platform/core/result.ts';
import type { Database, Tx } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';
import { shown } from '../platform/file/finding.ts';
import { askSlack } from './slack-workspace.ts';

/** A workspace to import into; `isNew` until the import's transaction has made its row. */
export type ChosenWorkspace = { id: string; name: string; isNew: boolean };

/**
 * The workspace that is named, else the one of the Slack tokens, whatever else the database knows: the bot will
 * answer there. Without tokens the only one, or the playground's where there is none yet. Several and none named
 * is refused, as is one that is not there.
 */
export async function chooseWorkspace(
  db: Database,
  { slack }: Pick<Config, 'slack'>,
  named: string | undefined,
): Promise<Result<ChosenWorkspace>> {
  const rows = await db.selectFrom('workspaces').select(['id', 'name']).orderBy('id').execute();
  const workspaces = rows.map((row) => ({ ...row, isNew: false }));
  const known = workspaces.find(({ id }) => id === named);
  if (known !== undefined) return accepted(known);

  if (slack.mode !== 'playground') {
    const told = await askSlack(slack);
    if (!told.ok) return told;
    const present = workspaces.find(({ id }) => id === told.value.id);
    const ours = present ?? { ...told.value, isNew: true };
    if (named === undefined || named === ours.id) return accepted(ours);
    if (present === undefined) workspaces.push(ours);
  } else if (workspaces.length === 0) {
    workspaces.push({ ...playgroundWorkspace, isNew: true });
  }

  const listed = workspaces.map(({ id, name }) => `${id} (${name})`).join(', ');
  const [only, ...others] = workspaces;
  if (named !== undefined && named !== only?.id) {
    return refused('unknown-workspace', `There is no workspace ${shown(named)} here; there is ${listed}.`);
  }
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
