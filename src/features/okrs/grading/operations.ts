import { may, type Role } from '../../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { recordEvents } from '../../../platform/db/events.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { Cycle } from '../core/cycle.ts';
import { type Change, changeOkrs, rolesOf } from '../editing/changing.ts';
import { listCycles, lockCycle } from '../editing/cycle-store.ts';
import type { OkrMoving } from '../moved.ts';
import { nextKeyOf } from './carrying.ts';
import { beginGrading, closeGraded } from './closing.ts';
import { type Grade, lacksWords } from './core/grade.ts';
import type { GradeRow } from './core/grade-row.ts';
import { type Tally, tallyOf } from './core/tally.ts';
import { showGrading } from './showing.ts';
import { leadsInCycle, listGrades, saveGrades } from './store.ts';
import { gradesRefusal, isOwn, toGrade } from './who-grades.ts';

export type GradingContext = { db: Database } & OkrMoving;

const unknownCycle = refused('unknown-cycle', 'That cycle is not there any more.');
const notYours = refused(
  'not-yours',
  'Its leads and Cairn admins start the grading of a cycle and close it. Ask one of them.',
);

function closedRefusal({ key }: Cycle): Refusal {
  return refused('closed', `${inline(key)} is closed. Nothing in it changes any more.`);
}

/** What somebody is asked before a cycle is graded or closed. */
export type CloseQuestion = {
  cycle: Cycle;
  tally: Tally;
  /** How many people are asked for grades. */
  people: number;
  /** Titles of what nobody graded yet, as far as everybody may see them. */
  missing: string[];
  nextKey: string;
};

/** What closing a cycle would do at this moment, for somebody who may; refuses a draft and a closed one. */
export async function askToClose(
  db: Database,
  workspaceId: string,
  actor: Actor,
  which: { key: string } | { id: number },
): Promise<Result<CloseQuestion>> {
  const cycles = await listCycles(db, workspaceId);
  const cycle = cycles.find((it) =>
    'id' in which ? it.id === which.id : it.key.toLowerCase() === which.key.toLowerCase(),
  );
  if (cycle === undefined) {
    if ('id' in which) return unknownCycle;
    const open = cycles
      .filter(({ state }) => state === 'active' || state === 'grading')
      .map(({ key }) => inline(key));
    const others = open.length === 0 ? 'No cycle is under way.' : `Under way: ${open.join(', ')}.`;
    return refused('unknown-cycle', `There is no cycle ${inline(which.key)}. ${others}`);
  }
  const problem = (await closeRefusal(db, actor, cycle)) ?? stateRefusal(cycle, ['active', 'grading']);
  if (problem !== null) return problem;
  const rows = await listGrades(db, workspaceId, cycle.id);
  return accepted({
    cycle,
    tally: tallyOf(rows),
    people: new Set(rows.flatMap(({ askedId }) => askedId ?? [])).size,
    missing: rows
      .filter(({ score, visibility }) => score === null && visibility === 'workspace')
      .map(({ title }) => title)
      .slice(0, 20),
    nextKey: nextKeyOf(cycles, cycle),
  });
}

/** Moves a cycle on: an active one is graded from now on, one that is graded is closed. `from` is what the actor saw. */
export async function moveOn(
  { db, ...moving }: GradingContext,
  workspaceId: string,
  actor: Actor,
  { cycleId, from }: { cycleId: number; from: 'active' | 'grading' },
): Promise<Result<Cycle>> {
  return await changeOkrs(db, workspaceId, actor, async (change) => {
    const cycle = await lockCycle(change.tx, workspaceId, cycleId, 'update');
    if (cycle === undefined) return unknownCycle;
    const problem =
      (await closeRefusal(change.tx, actor, cycle)) ?? stateRefusal(cycle, ['active', 'grading']);
    if (problem !== null) return problem;
    if (cycle.state !== from) return refused('meanwhile', `${inline(cycle.key)} is being graded already.`);
    if (from === 'active') await beginGrading(moving, change, cycle, null);
    else await closeGraded(moving, change, cycle);
    return accepted({ ...cycle, state: from === 'active' ? 'grading' : 'closed' });
  });
}

/** What somebody can grade in a cycle: their own that nobody graded; else others' that they may; else their own again. */
export async function listToGrade(
  db: Database,
  workspaceId: string,
  actor: Actor,
  cycleId: number,
): Promise<Result<{ cycle: Cycle; rows: GradeRow[]; nextKey: string }>> {
  const cycles = await listCycles(db, workspaceId);
  const cycle = cycles.find(({ id }) => id === cycleId);
  if (cycle === undefined) return unknownCycle;
  const problem = stateRefusal(cycle, ['grading']);
  if (problem !== null) return problem;
  const rows = toGrade(await listGrades(db, workspaceId, cycleId), actor);
  if (rows.length === 0)
    return refused('nothing', `Nothing in ${inline(cycle.key)} is left for you to grade.`);
  return accepted({ cycle, rows, nextKey: nextKeyOf(cycles, cycle) });
}

export type Graded =
  | { kind: 'lacking'; keyResultIds: number[] }
  /** `rest`: of the actor's own, what nobody graded yet. */
  | { kind: 'graded'; cycle: Cycle; rest: GradeRow[]; nextKey: string; isClosed: boolean };

/**
 * Keeps grades. Its owner may change them while the cycle is graded; whoever else may grade does so where nobody has. When
 * the last one is there the cycle closes. Refuses all of them where one is refused.
 */
export async function gradeKeyResults(
  { db, ...moving }: GradingContext,
  workspaceId: string,
  actor: Actor,
  { cycleId, grades }: { cycleId: number; grades: readonly Grade[] },
): Promise<Result<Graded>> {
  return await changeOkrs<Graded>(db, workspaceId, actor, async (change) => {
    const { tx, at, doer } = change;
    const cycle = await lockCycle(tx, workspaceId, cycleId, 'update');
    if (cycle === undefined) return unknownCycle;
    const rows = await listGrades(tx, workspaceId, cycleId);
    const problem = stateRefusal(cycle, ['grading']) ?? gradesRefusal(rows, actor, grades);
    if (problem !== null) return problem;
    const before = new Map(rows.map((row) => [row.id, row]));
    const lacking = grades.filter((it) =>
      lacksWords(before.get(it.keyResultId)?.commitment ?? 'aspirational', it),
    );
    if (lacking.length > 0)
      return accepted({ kind: 'lacking', keyResultIds: lacking.map(({ keyResultId }) => keyResultId) });
    await saveGrades(tx, grades, { at, byId: actor.id });
    await recordEvents(
      tx,
      grades.map(({ keyResultId, ...grade }) => ({
        ...{ workspaceId, at, doer, type: 'key-result.graded', after: grade },
        subject: { kind: 'key-result', id: keyResultId },
        before: { score: before.get(keyResultId)?.score ?? null },
      })),
    );
    return await graded(moving, change, actor, cycle, grades);
  });
}

async function graded(
  moving: OkrMoving,
  change: Change,
  actor: Actor,
  cycle: Cycle,
  grades: readonly Grade[],
): Promise<Result<Graded>> {
  const { tx, workspaceId } = change;
  const rows = await listGrades(tx, workspaceId, cycle.id);
  await showGrading(
    tx,
    { workspaceId, cycle },
    rows,
    grades.map(({ keyResultId }) => keyResultId),
  );
  const nextKey = nextKeyOf(await listCycles(tx, workspaceId), cycle);
  const isClosed = rows.every(({ score }) => score !== null);
  if (isClosed) await closeGraded(moving, change, cycle);
  const rest = rows.filter((row) => row.score === null && isOwn(row, actor));
  return accepted({ kind: 'graded', cycle, rest, nextKey, isClosed });
}

async function closeRefusal(db: Database, actor: Actor, cycle: Cycle): Promise<Refusal | null> {
  const own: Role[] = (await leadsInCycle(db, cycle.id, actor.id)) ? ['lead'] : [];
  return may('close a cycle', rolesOf(actor, own)) ? null : notYours;
}

function stateRefusal(cycle: Cycle, wanted: readonly Cycle['state'][]): Refusal | null {
  if (wanted.includes(cycle.state)) return null;
  if (cycle.state === 'closed') return closedRefusal(cycle);
  const key = inline(cycle.key);
  return cycle.state === 'draft'
    ? refused('draft', `${key} is a draft. It is graded once it has been active.`)
    : refused('active', `${key} is not being graded yet. \`/okr close ${key}\` starts it.`);
}
