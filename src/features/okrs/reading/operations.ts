import type { Temporal } from 'temporal-polyfill';
import { nearest } from '../../../platform/core/edit-distance.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import { historyOf } from '../../check-ins/history-operations.ts';
import { sourceLine } from '../../numbers/core/source.ts';
import { sourcesOf } from '../../numbers/reading-operations.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { findPeople } from '../../people/operations.ts';
import { servedWords } from '../../strategy/core/served.ts';
import { lineOf } from '../../strategy/operations.ts';
import { findMeant } from '../editing/reaching.ts';
import type { Near } from './core/near.ts';
import type { KeyResultPage, Listed, ObjectivePage, Of } from './core/page.ts';
import { needsALook, type ShownObjective } from './core/shown.ts';
import { listNear } from './near-store.ts';
import {
  findCarriedFrom,
  findDraftKey,
  findTeam,
  listCycleKeys,
  listShown,
  listTargetChanges,
  type Wanted,
} from './store.ts';

/**
 * Objectives and key results that the actor sees, of a cycle by its key, or of those that the day lies in. Refuses a cycle
 * that is not there, with the nearest one.
 */
export async function listOkrs(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { of, cycle }: { of: Of; cycle: string | null },
): Promise<Result<Listed>> {
  const keys = cycle === null ? [] : await listCycleKeys(db, workspaceId);
  if (cycle !== null && !keys.some((key) => key.toLowerCase() === cycle.toLowerCase()))
    return unknownCycle(cycle, keys);
  const today = await dayOf(db, workspaceId, actor);
  const wanted: Wanted = {
    cycle,
    on: today,
    ...(of.kind === 'person' ? { ownerId: of.person.id } : {}),
    ...(of.kind === 'team' ? { teamId: of.id } : {}),
  };
  const shown = await withLines(db, workspaceId, await listShown(db, workspaceId, actor.id, wanted));
  const objectives = of.kind === 'at-risk' ? shown.flatMap(atRisk) : shown.map(withoutDropped);
  const isEmpty = cycle === null && objectives.length === 0;
  const draft = isEmpty ? await findDraftKey(db, workspaceId, today) : null;
  return accepted({ of, cycle, today, objectives, draft });
}

/** The team that is called so; undefined: none. */
export async function findTeamCalled(
  db: Database,
  workspaceId: string,
  name: string,
): Promise<{ id: number; name: string } | undefined> {
  return await findTeam(db, workspaceId, name);
}

/** What an objective or a key result is, by its key or title. Refuses what the actor does not see, and what several are called. */
export async function showOkr(
  db: Database,
  workspaceId: string,
  actor: Actor,
  text: string,
): Promise<Result<KeyResultPage | ObjectivePage>> {
  if (text === '')
    return refused('which', 'Which one? For example `/okr show failed-rate`; `/okr tree` has them all.');
  const meant = await findMeant(db, workspaceId, actor, { verb: 'show', kind: null, text });
  return meant.ok ? await showMeant(db, workspaceId, actor, meant.value) : meant;
}

/** What an objective or a key result is. Refuses what the actor does not see, as what is not there. */
export async function showMeant(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { kind, id }: Near['of'],
): Promise<Result<KeyResultPage | ObjectivePage>> {
  const now = await companyNow(db, workspaceId);
  const today = now.toZonedDateTimeISO(actor.timezone).toPlainDate();
  const wanted = {
    cycle: null,
    on: today,
    ...(kind === 'objective' ? { objectiveId: id } : { keyResultId: id }),
  };
  const [objective] = await withLines(db, workspaceId, await listShown(db, workspaceId, actor.id, wanted));
  if (objective === undefined) return gone;
  if (kind === 'objective') {
    const [above] =
      objective.supportsId === null
        ? []
        : await listShown(db, workspaceId, actor.id, {
            cycle: null,
            on: today,
            objectiveId: objective.supportsId,
          });
    return accepted({ kind, today, objective, supports: above?.title ?? null });
  }
  const keyResult = objective.keyResults.find((it) => it.id === id);
  if (keyResult === undefined) return gone;
  const past = (await historyOf(db, workspaceId, [id])).get(id) ?? [];
  const source = (await sourcesOf(db, workspaceId, [id])).get(id);
  return accepted({
    kind,
    today,
    objective,
    keyResult,
    past,
    targets: await listTargetChanges(db, id),
    backup: await backupOf(db, workspaceId, keyResult.backupId),
    carriedFrom: await findCarriedFrom(db, id, actor.id),
    source: source === undefined ? null : sourceLine(source, now, actor.timezone),
  });
}

/** What may be meant by a text that is nothing's name, or several things': of what the actor sees, the nearest first. */
export async function nearOkrs(
  db: Database,
  workspaceId: string,
  actor: Actor,
  text: string,
): Promise<Near[]> {
  return await listNear(db, workspaceId, actor.id, text);
}

async function backupOf(db: Database, workspaceId: string, id: number | null): Promise<Person | null> {
  return id === null ? null : ((await findPeople(db, workspaceId, [id]))[0] ?? null);
}

async function dayOf(db: Database, workspaceId: string, actor: Actor): Promise<Temporal.PlainDate> {
  return (await companyNow(db, workspaceId)).toZonedDateTimeISO(actor.timezone).toPlainDate();
}

async function withLines(
  db: Database,
  workspaceId: string,
  objectives: readonly Omit<ShownObjective, 'line'>[],
): Promise<ShownObjective[]> {
  const lines = await lineOf(
    db,
    workspaceId,
    objectives.map(({ id }) => id),
  );
  return objectives.map((objective) => {
    const served = lines.get(objective.id);
    return { ...objective, line: served === undefined ? null : servedWords(served) };
  });
}

function withoutDropped(objective: ShownObjective): ShownObjective {
  return { ...objective, keyResults: objective.keyResults.filter(({ state }) => state !== 'dropped') };
}

function atRisk(objective: ShownObjective): ShownObjective[] {
  const keyResults = objective.keyResults.filter(needsALook);
  return keyResults.length === 0 ? [] : [{ ...objective, keyResults }];
}

function unknownCycle(cycle: string, keys: readonly string[]) {
  const near = nearest(cycle, keys) ?? keys[0];
  const typed = inline(shortened(cycle, 40));
  return refused(
    'unknown-cycle',
    near === undefined
      ? 'There is no cycle yet. An admin begins one with `/okr cycle`.'
      : `I don't know a cycle called “${typed}”. Did you mean \`${inline(near)}\`?`,
  );
}

const gone = refused('gone', 'That is not there any more.');
