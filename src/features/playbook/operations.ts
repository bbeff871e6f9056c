import type { Database } from '../../platform/db/database.ts';
import { builtInPages, findBuiltIn } from './core/built-in.ts';
import { type Found, findNamed } from './core/finding.ts';
import type { Page } from './core/page.ts';
import { findOwn, listOwn, type OwnPage } from './store.ts';

export type { OwnPage };

/** Every page that somebody can read: those that come with Cairn, then the company's own by name. */
export async function listPages(db: Database, workspaceId: string): Promise<Page[]> {
  return [...builtInPages, ...(await listOwn(db, workspaceId))];
}

/** The pages that the company wrote itself, by name: each is a ritual that a cadence can hold. */
export async function ownPages(db: Database, workspaceId: string): Promise<OwnPage[]> {
  return await listOwn(db, workspaceId);
}

/** The page of a ritual by its key, whoever wrote it; undefined: there is none. */
export async function findPage(db: Database, workspaceId: string, key: string): Promise<Page | undefined> {
  return findBuiltIn(key) ?? (await findOwn(db, workspaceId, key));
}

const builtInPoints = new Set(builtInPages.flatMap(({ agenda }) => agenda));

/** Whether a point of an agenda stands word for word on a page that comes with Cairn. */
export function isBuiltInPoint(point: string): boolean {
  return builtInPoints.has(point);
}

/** The page that somebody calls so, or the nearest ones. */
export async function lookUpPage(db: Database, workspaceId: string, typed: string): Promise<Found> {
  return findNamed(await listPages(db, workspaceId), typed);
}
