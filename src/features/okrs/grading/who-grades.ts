import { may, type Role } from '../../../permission/permissions.ts';
import { type Refusal, refused } from '../../../platform/core/result.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { rolesOf } from '../editing/changing.ts';
import type { Grade } from './core/grade.ts';
import type { GradeRow } from './core/grade-row.ts';

/** Why the actor may not give these grades; null: they may. */
export function gradesRefusal(
  rows: readonly GradeRow[],
  actor: Actor,
  grades: readonly Grade[],
): Refusal | null {
  for (const { keyResultId } of grades) {
    const row = rows.find(({ id }) => id === keyResultId);
    if (row === undefined)
      return refused('unknown', 'One of these is not among the OKRs any more. Open it again.');
    if (!may('grade a key result', rolesOn(row, actor)))
      return refused('not-yours', `You can look at *${inline(row.title)}*, but its owner grades it.`);
    if (row.score !== null && !isOwn(row, actor) && row.gradedById !== actor.id)
      return refused('graded', `*${inline(row.title)}* was graded meanwhile. Open it again.`);
  }
  return null;
}

/** What is offered to somebody: their own that nobody graded; else others' that they may; else their own again. */
export function toGrade(rows: readonly GradeRow[], actor: Actor): GradeRow[] {
  const mine = rows.filter((row) => isOwn(row, actor));
  const left = (of: readonly GradeRow[]) => of.filter(({ score }) => score === null);
  const others = left(rows.filter((row) => may('grade a key result', rolesOn(row, actor))));
  return [left(mine), others, mine].find((it) => it.length > 0) ?? [];
}

/** Whether it is for this person to grade first. */
export function isOwn({ ownerId, askedId }: GradeRow, { id }: Actor): boolean {
  return ownerId === id || askedId === id;
}

/** The reviewer of an objective is to its grades what the lead of its team is. */
function rolesOn(row: GradeRow, actor: Actor): Role[] {
  const own: Role[] = [
    ...(row.ownerId === actor.id ? (['owner'] as const) : []),
    ...(row.backupId === actor.id ? (['backup'] as const) : []),
    ...(row.leadId === actor.id || row.reviewerId === actor.id ? (['lead'] as const) : []),
  ];
  return rolesOf(actor, own);
}
