import type { Result } from '../../platform/core/result.ts';
import type { DownloadFile } from '../../platform/slack/files.ts';
import type { GrantedScopes } from '../../platform/slack/granted-scopes.ts';
import type { Waking } from '../../platform/waking.ts';
import type { Actor } from '../people/core/person.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import { refusalFor } from '../setup/operations.ts';
import type { ImportDeps } from './operations.ts';
import type { ImportUndone } from './undo-operations.ts';

export type ImportsDeps = PeopleDeps &
  Waking &
  ImportDeps & {
    scopes: GrantedScopes;
    /** Asks Slack anew what it grants. */
    lookAtScopes(): Promise<void>;
    download: DownloadFile;
    /** Who takes back what they made of what an import brought in. */
    undoing?: readonly ImportUndone[];
  };

/** Who presses, if they are an admin at this moment. */
export async function admitAdmin(
  deps: ImportsDeps,
  caller: { workspaceId: string; slackUserId: string },
): Promise<Result<Actor>> {
  const actor = await admit(deps, caller);
  return actor.ok ? (refusalFor(actor.value) ?? actor) : actor;
}

/** Whether files can be read; what Slack has not said yet is tried. */
export function canAttach({ scopes }: Pick<ImportsDeps, 'scopes'>): boolean {
  return scopes()?.has('files:read') ?? true;
}
