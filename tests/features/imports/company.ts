import { expect } from 'vitest';
import type { Answers, ImportKind, Preview } from '../../../src/features/imports/core/import.ts';
import { importable } from '../../../src/features/imports/kinds.ts';
import { okrsImport } from '../../../src/features/imports/okrs/kind.ts';
import {
  answerImport,
  applyImport,
  beginImport,
  previewImport,
} from '../../../src/features/imports/operations.ts';
import { roadmapImport } from '../../../src/features/imports/roadmap/kind.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import type { Sheet } from '../../../src/platform/core/sheet.ts';
import type { Database } from '../../../src/platform/db/database.ts';
import { insertActor } from '../../support/builders.ts';
import { insertWorkspace } from '../../support/database.ts';

export const kinds = { okrs: importable(okrsImport), roadmap: importable(roadmapImport) };

export type Company = { db: Database; workspaceId: string; admin: Actor; ben: Actor; teamId: number };

/** A workspace with an admin, Ben, a team, and an active quarter. */
export async function company(db: Database): Promise<Company> {
  const workspaceId = await insertWorkspace(db);
  const ana = await insertActor(db, workspaceId, { name: 'Ana Sousa', handle: 'ana' });
  await db.updateTable('people').set({ is_admin: true }).where('id', '=', ana.id).execute();
  const ben = await insertActor(db, workspaceId, { name: 'Ben Kaya', handle: 'ben' });
  const team = await db
    .insertInto('teams')
    .values({ workspace_id: workspaceId, key: 'checkout', name: 'Checkout' })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('cycles')
    .values({ workspace_id: workspaceId, key: '2026-Q4', starts_on: '2026-10-01', ends_on: '2026-12-31' })
    .execute();
  return { db, workspaceId, admin: { ...ana, isAdmin: true }, ben, teamId: team.id };
}

/** What must have gone well. */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.words}`);
  return result.value;
}

/** Takes a sheet up, answers, and gives what it would do. */
export async function looked(
  of: Company,
  kind: ImportKind,
  given: Sheet,
  answers: Answers = {},
): Promise<Preview> {
  const deps = { db: of.db, kinds };
  const begun = { kind, source: 'pasted', name: null, sheet: given } as const;
  const { importId } = done(await beginImport(deps, of.workspaceId, of.admin, begun));
  done(await answerImport(deps, of.workspaceId, of.admin, importId, answers));
  return done(await previewImport(deps, of.workspaceId, of.admin, importId));
}

/** The same, and applies it. */
export async function brought(
  of: Company,
  kind: ImportKind,
  given: Sheet,
  answers: Answers = {},
): Promise<Preview> {
  const preview = await looked(of, kind, given, answers);
  const { importId, stamp } = preview;
  const applied = await applyImport({ db: of.db, kinds }, of.workspaceId, of.admin, importId, stamp);
  expect(applied).toMatchObject({ ok: true });
  return preview;
}
