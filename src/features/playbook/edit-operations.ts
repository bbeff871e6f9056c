import type { Temporal } from 'temporal-polyfill';
import { listHolding } from '../../cadence/operations.ts';
import { may } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { sortOut } from '../../platform/db/importing.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { keyBase } from '../ownership/register/core/entry.ts';
import type { Actor } from '../people/core/person.ts';
import { rolesInCompany } from '../people/roles.ts';
import { findBuiltIn } from './core/built-in.ts';
import { isSameName, most, type Page, type PageWords, wordsOf } from './core/page.ts';
import { inUseWords } from './core/use.ts';
import { findPage, listPages } from './operations.ts';
import { deletePageRow, findOwn, insertPage, lockPlaybook, type OwnPage, savePage } from './store.ts';

/** Events of a page have this kind of subject. */
export const pageKind = 'playbook-page';

/** Whether the actor writes pages: who leads a team, and admins. */
export async function mayWrite(db: Database, workspaceId: string, actor: Actor): Promise<boolean> {
  return may('write a page of the playbook', await rolesInCompany(db, workspaceId, actor));
}

const notAWriter = refused(
  'not-a-lead',
  'Pages of the playbook are written by team leads and Cairn admins. Tell one of them what you would change.',
);
const gone = refused('unknown-page', 'That page is not in the playbook any more. `/playbook` shows what is.');
const built = refused(
  'built-in',
  'This page comes with Cairn and stays as it is. `Copy and change` makes one of your own.',
);
const changedMeanwhile: Refusal = {
  ...refused(
    'changed-meanwhile',
    'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
  ),
  field: 'name',
};

/** A page for a form that makes another one of it. Refuses who may not write, and what is not there. */
export async function readForCopy(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<Result<Page>> {
  if (!(await mayWrite(db, workspaceId, actor))) return notAWriter;
  const page = await findPage(db, workspaceId, key);
  return page === undefined ? gone : accepted(page);
}

/** A page for the form that changes it. Refuses those that come with Cairn as well. */
export async function readForChange(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
): Promise<Result<OwnPage>> {
  if (!(await mayWrite(db, workspaceId, actor))) return notAWriter;
  if (findBuiltIn(key) !== undefined) return built;
  const page = await findOwn(db, workspaceId, key);
  return page === undefined ? gone : accepted(page);
}

/** Tells one state of a page from another. */
export function stampOfPage(page: Page): string {
  return stampOf(wordsOf(page));
}

/** Adds a page of the company's own; its key is made of its name. Refuses a name that another page has. */
export async function addPage(
  db: Database,
  workspaceId: string,
  actor: Actor,
  words: PageWords,
): Promise<Result<OwnPage>> {
  return await writing(db, workspaceId, actor, async ({ tx, at }) => {
    const pages = await listPages(tx, workspaceId);
    if (pages.filter(({ id }) => id !== null).length >= most.pages)
      return { ...refused('too-many', `${most.pages} pages of your own are the most.`), field: 'name' };
    const taken = nameRefusal(pages, words.name, null);
    if (taken !== null) return taken;
    const key = freeKey(words.name, new Set(pages.map((page) => page.key)));
    const id = await insertPage(tx, workspaceId, key, words, { at, byId: actor.id });
    await record({ tx, at, workspaceId, actor }, { type: 'created', id, after: words });
    return accepted({ id, key, ...words });
  });
}

/** Changes a page of the company's own. `stamp` is of the page that the form was filled with. */
export async function changePage(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
  { words, stamp }: { words: PageWords; stamp: string },
): Promise<Result<OwnPage>> {
  return await writing(db, workspaceId, actor, async ({ tx, at }) => {
    const page = await findOwn(tx, workspaceId, key);
    if (page === undefined) return gone;
    if (stampOfPage(page) !== stamp) return changedMeanwhile;
    const taken = nameRefusal(await listPages(tx, workspaceId), words.name, key);
    if (taken !== null) return taken;
    const { id } = page;
    const [change] = sortOut(new Map([[key, words]]), new Map([[key, wordsOf(page)]])).changed;
    if (change === undefined) return accepted(page);
    await savePage(tx, workspaceId, id, words, { at, byId: actor.id });
    const { before, after } = change;
    await record({ tx, at, workspaceId, actor }, { type: 'changed', id, before, after });
    return accepted({ id, key, ...words });
  });
}

/** Takes a page of the company's own away. Refuses one that a cadence holds which has not ended. */
export async function deletePage(
  db: Database,
  workspaceId: string,
  actor: Actor,
  key: string,
  stamp: string,
): Promise<Result<OwnPage>> {
  return await writing(db, workspaceId, actor, async ({ tx, at }) => {
    const page = await findOwn(tx, workspaceId, key);
    if (page === undefined) return gone;
    if (stampOfPage(page) !== stamp) return changedMeanwhile;
    const cadences = await listHolding(tx, workspaceId, key);
    if (cadences.length > 0) return { ...refused('in-use', inUseWords(cadences)), field: 'becomes' };
    await deletePageRow(tx, workspaceId, page.id);
    await record({ tx, at, workspaceId, actor }, { type: 'deleted', id: page.id, before: wordsOf(page) });
    return accepted(page);
  });
}

type Writing = { tx: Tx; at: Temporal.Instant };

async function writing<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  work: (writing: Writing) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await inTransaction(
    db,
    async (tx) => {
      await lockPlaybook(tx, workspaceId);
      if (!(await mayWrite(tx, workspaceId, actor))) return notAWriter;
      return await work({ tx, at: await companyNow(tx, workspaceId) });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

async function record(
  { tx, at, workspaceId, actor }: Writing & { workspaceId: string; actor: Actor },
  {
    type,
    id,
    ...change
  }: { type: 'created' | 'changed' | 'deleted'; id: number; before?: unknown; after?: unknown },
): Promise<void> {
  await recordEvent(tx, {
    workspaceId,
    at,
    doer: { kind: 'person', personId: actor.id },
    type: `${pageKind}.${type}`,
    subject: { kind: pageKind, id },
    ...change,
  });
}

function nameRefusal(pages: readonly Page[], name: string, exceptKey: string | null): Refusal | null {
  const other = pages.find((page) => page.key !== exceptKey && isSameName(page.name, name));
  if (other === undefined) return null;
  return {
    ...refused('name-taken', `The page “${other.name}” is called so already. Choose another name.`),
    field: 'name',
  };
}

function freeKey(name: string, taken: ReadonlySet<string>): string {
  const base = keyBase(name, 'ritual');
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
  return key;
}
