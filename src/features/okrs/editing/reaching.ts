import { type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { Cycle } from '../core/cycle.ts';
import { overRefusal, refusalFor, rolesOf, unknownOkr } from './changing.ts';
import { listCycles } from './cycle-store.ts';
import type { OkrKind } from './drop-blocks.ts';
import { findKeyResult, type KeyResultRow } from './key-result-store.ts';
import { findRolesOnKeyResult, findRolesOnObjective } from './role-store.ts';
import { findNamed, findObjective, type Meant, type ObjectiveRow } from './store.ts';

export type Reached = { objective: ObjectiveRow; keyResult: KeyResultRow | null };

/** What somebody means by a key or a title, of what they see. Refuses what nothing is called, and what several are. */
export async function findMeant(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { verb, kind, text }: { verb: string; kind: OkrKind | null; text: string },
): Promise<Result<Meant>> {
  const found = await findNamed(db, workspaceId, text, actor.id);
  const meant = kind === null ? found : found.filter((it) => it.kind === kind);
  const [only, other] = meant;
  const typed = inline(shortened(text, 80));
  if (only === undefined)
    return refused('unknown', `I don't know an objective or key result called “${typed}”.`);
  if (other === undefined) return { ok: true, value: only };
  const ways = meant.slice(0, mostNamed).map((it) => `\`/okr ${verb} ${it.kind} ${inline(it.key)}\``);
  return refused('unsure', `Several are called “${typed}”. Say which one: ${ways.join(' or ')}.`);
}

/** As many as are named where several are called the same. */
const mostNamed = 5;

/** An objective, or a key result and its objective, for who may edit it at this moment: asked before a form is opened. */
export async function reach(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { kind, id }: { kind: OkrKind; id: number },
  operation: 'edit' | 'add a key result',
): Promise<Result<Reached>> {
  const keyResult = kind === 'objective' ? null : await findKeyResult(db, workspaceId, id, actor.id);
  if (keyResult === undefined) return unknownOkr;
  const objectiveId = keyResult?.objectiveId ?? id;
  const objective = await findObjective(db, workspaceId, objectiveId, actor.id);
  if (objective === undefined) return unknownOkr;
  const own =
    keyResult === null
      ? await findRolesOnObjective(db, objectiveId, actor.id)
      : await findRolesOnKeyResult(db, keyResult.id, actor.id);
  const edits = keyResult === null ? 'edit an objective' : 'edit a key result';
  const problem = await refusalFor(db, {
    objective,
    cycle: await cycleOf(db, workspaceId, objective),
    roles: rolesOf(actor, own),
    operation: operation === 'edit' ? edits : operation,
    title: (keyResult ?? objective).entry.title,
  });
  if (problem !== null) return problem;
  if (keyResult !== null && keyResult.state !== 'active') return overRefusal(keyResult.entry.title);
  return { ok: true, value: { objective, keyResult } };
}

async function cycleOf(db: Database, workspaceId: string, { id, entry }: ObjectiveRow): Promise<Cycle> {
  const cycle = (await listCycles(db, workspaceId)).find((it) => it.id === entry.cycle_id);
  if (cycle === undefined) throw new Error(`the cycle of objective ${id} is not there`);
  return cycle;
}
