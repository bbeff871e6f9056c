import { nearest } from '../../platform/core/edit-distance.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { findNamed, type Kind, listLike } from './naming-store.ts';

/** The id of what a parameter names; undefined where it is not given. Refuses what nothing is called, with the nearest. */
export async function named(
  db: Database,
  workspaceId: string,
  kind: Kind,
  text: string | undefined,
): Promise<Result<number | undefined>> {
  if (text === undefined) return accepted(undefined);
  // People are written as in Slack, too.
  const name = kind === 'person' ? text.replace(/^@/, '') : text;
  const id = await findNamed(db, workspaceId, kind, name);
  if (id !== undefined) return accepted(id);
  return refused(`unknown-${kind}`, await unknownWords(db, workspaceId, kind, text));
}

/** The no for a key in a path that is nothing's, or nothing's that everybody may see. */
export async function notFound(
  db: Database,
  workspaceId: string,
  kind: 'rock' | 'objective',
  key: string,
): Promise<Refusal> {
  return refused('not-found', await unknownWords(db, workspaceId, kind, key));
}

async function unknownWords(
  db: Database,
  workspaceId: string,
  kind: Kind | 'objective',
  text: string,
): Promise<string> {
  const typed = text.slice(0, 40);
  const near = nearest(typed, await listLike(db, workspaceId, kind, typed));
  return `I know no ${kind} “${typed}”.${near === undefined ? '' : ` Did you mean ${near}?`}`;
}
