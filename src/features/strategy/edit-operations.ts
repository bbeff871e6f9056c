import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { stampOf } from '../../platform/core/stamp.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { keyBase } from '../ownership/register/core/entry.ts';
import type { Actor } from '../people/core/person.ts';
import { type Change, differenceOf } from './core/difference.ts';
import type { LineWords } from './core/line-form.ts';
import {
  emptyStrategy,
  type Line,
  type LineKind,
  most,
  type Strategy,
  withLine,
  withoutLine,
} from './core/strategy.ts';
import type { Version } from './core/version.ts';
import { editDraft, strategyRefusal } from './editing.ts';
import { listEditors, listTakenKeys, replaceEditors } from './editor-store.ts';
import { ofEditors } from './import-editors.ts';
import { findDraft, findInForce, insertLines, lockStrategy } from './store.ts';

/** The draft as its editors see it: what it says, and how it differs from what is in force. */
export type Draft = { strategy: Strategy; inForce: Version | null; changes: Change[] };

/** The draft, for editors; where nobody has begun one it is what is in force. */
export async function readDraft(db: Database, workspaceId: string, actor: Actor): Promise<Result<Draft>> {
  const problem = await strategyRefusal(db, workspaceId, actor, 'write the strategy');
  return problem ?? accepted(await draftOf(db, workspaceId));
}

/** How many changes the draft has; null for somebody who may not see it. */
export async function countDraftChanges(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<number | null> {
  const draft = await readDraft(db, workspaceId, actor);
  return draft.ok ? draft.value.changes.length : null;
}

export async function draftOf(db: Database, workspaceId: string): Promise<Draft> {
  const inForce = (await findInForce(db, workspaceId)) ?? null;
  const now = inForce?.strategy ?? emptyStrategy;
  const strategy = (await findDraft(db, workspaceId))?.strategy ?? now;
  return { strategy, inForce, changes: differenceOf(now, strategy) };
}

const changedMeanwhile = (field: string): Refusal => ({
  ...refused(
    'changed-meanwhile',
    'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.',
  ),
  field,
});

/** Changes the vision of the draft; null takes it out. `stamp` is of the vision that the form was filled with. */
export async function changeVision(
  db: Database,
  workspaceId: string,
  actor: Actor,
  vision: string | null,
  stamp: string,
): Promise<Result<Strategy>> {
  return await editDraft(db, workspaceId, actor, async ({ draft }) =>
    stampOf(draft.vision) === stamp ? accepted({ ...draft, vision }) : changedMeanwhile('vision'),
  );
}

const noIntent: Refusal = {
  ...refused('unknown-intent', 'That intent is not in the draft any more. Pick another one.'),
  field: 'parent',
};

/** Adds a line to the draft, at its rank. An initiative names its intent. */
export async function addLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { kind, parentId, words }: { kind: LineKind; parentId: number | null; words: LineWords },
): Promise<Result<Strategy>> {
  return await editDraft(db, workspaceId, actor, async ({ tx, draft }) => {
    if (!hasParent(draft, kind, parentId)) return noIntent;
    if (draft.lines.length >= most.lines)
      return { ...refused('too-many', `A strategy has ${most.lines} lines at most.`), field: 'title' };
    const base = keyBase(words.title, kind);
    const taken = await listTakenKeys(tx, workspaceId, base);
    let key = base;
    for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
    const id = (await insertLines(tx, workspaceId, [{ key, kind }])).get(key);
    if (id === undefined) throw new Error('a line was written and has no id');
    return accepted(withLine(draft, { ...words, id, key, kind, parentId }));
  });
}

/** Changes a line of the draft. `stamp` is of the line that the form was filled with. */
export async function editLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
  { parentId, words, stamp }: { parentId: number | null; words: LineWords; stamp: string },
): Promise<Result<Strategy>> {
  return await editDraft(db, workspaceId, actor, async ({ draft }) => {
    const line = draft.lines.find(({ id }) => id === lineId);
    if (line === undefined) return goneLine;
    if (stampOf(line) !== stamp) return changedMeanwhile('title');
    if (!hasParent(draft, line.kind, parentId)) return noIntent;
    return accepted(withLine(draft, { ...line, ...words, parentId }));
  });
}

/** Takes a line out of the draft; the initiatives of an intent go with it. */
export async function dropLine(
  db: Database,
  workspaceId: string,
  actor: Actor,
  lineId: number,
  stamp: string,
): Promise<Result<Strategy>> {
  return await editDraft(db, workspaceId, actor, async ({ draft }) => {
    const line = draft.lines.find(({ id }) => id === lineId);
    if (line === undefined) return goneLine;
    return stampOf(line) === stamp ? accepted(withoutLine(draft, lineId)) : changedMeanwhile('title');
  });
}

export const goneLine: Refusal = refused('unknown-line', 'That line is not in the draft any more.');

function hasParent({ lines }: Strategy, kind: Line['kind'], parentId: number | null): boolean {
  if (kind === 'intent') return parentId === null;
  return lines.some((line) => line.kind === 'intent' && line.id === parentId);
}

/** Who writes the strategy besides admins, for admins. */
export async function readEditors(db: Database, workspaceId: string, actor: Actor) {
  const problem = await strategyRefusal(db, workspaceId, actor, 'name editors of the strategy');
  return problem ?? accepted(await listEditors(db, workspaceId));
}

/** Names who writes the strategy besides admins. The same people again change nothing. */
export async function nameEditors(
  db: Database,
  workspaceId: string,
  actor: Actor,
  personIds: readonly number[],
): Promise<Result<null>> {
  return await inTransaction(
    db,
    async (tx) => {
      await lockStrategy(tx, workspaceId);
      const problem = await strategyRefusal(tx, workspaceId, actor, 'name editors of the strategy');
      if (problem !== null) return problem;
      const sorted = (ids: readonly number[]) => [...new Set(ids)].sort((a, b) => a - b);
      const before = sorted((await listEditors(tx, workspaceId)).map(({ id }) => id));
      const after = sorted(personIds);
      if (JSON.stringify(before) === JSON.stringify(after)) return accepted(null);
      await replaceEditors(tx, workspaceId, after);
      await recordEvent(tx, {
        workspaceId,
        at: await companyNow(tx, workspaceId),
        doer: { kind: 'person', personId: actor.id },
        type: 'strategy.editors-named',
        subject: ofEditors,
        before: { editors: before },
        after: { editors: after },
      });
      return accepted(null);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}
