import { Temporal } from 'temporal-polyfill';
import { type Result, refused } from '../../../platform/core/result.ts';
import { dateWords } from '../../../platform/core/time-words.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { typedNumber } from '../../check-ins/core/number.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { findPeople } from '../../people/operations.ts';
import { linesToSupport } from '../../strategy/operations.ts';
import { type Cycle, currentCycle } from '../core/cycle.ts';
import type { Support } from './core/entry.ts';
import { listCycles } from './cycle-store.ts';
import { listSupportable } from './form-store.ts';
import type { FilledKeyResult } from './key-result-blocks.ts';
import type { KeyResultState } from './key-result-store.ts';
import type { FilledObjective, ObjectiveChoices } from './objective-blocks.ts';
import { findSupport, type ObjectiveRow } from './store.ts';
import { listTeams, type TeamRow } from './team-store.ts';

const menu = ({ id, name }: { id: number; name: string }) => ({ id: String(id), name });
const stringOf = (id: number | null | undefined) => (id == null ? null : String(id));

/** An empty form of an objective: the actor's own, of their team, in the shortest active cycle of the day. */
export async function readNewObjective(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<{ filled: FilledObjective; choices: ObjectiveChoices }>> {
  const teams = await listTeams(db, workspaceId, actor.id);
  const cycles = openCycles(await listCycles(db, workspaceId), actor, teams);
  if (cycles.length === 0) {
    const words = 'No cycle is open, so there is nothing to add to. An admin begins one with `/okr cycle`.';
    return refused('no-cycle', words);
  }
  const today = (await companyNow(db, workspaceId)).toZonedDateTimeISO(actor.timezone).toPlainDate();
  const active = cycles.filter(({ state }) => state === 'active');
  const cycle = currentCycle(active, today) ?? active[0] ?? cycles[0];
  const team = teams.find(({ isMine }) => isMine) ?? teams.find(({ isLed }) => isLed);
  return {
    ok: true,
    value: {
      filled: {
        ...{ title: '', reviewer: null, supports: null, needs: [], visibility: 'workspace', viewers: [] },
        owner: actor.slackId,
        team: stringOf(team?.id),
        cycle: stringOf(cycle?.id),
      },
      choices: await choicesOf(db, workspaceId, actor, { teams, cycles, ownId: null }),
    },
  };
}

/** The form of an objective as it is. */
export async function readObjective(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { id, entry }: ObjectiveRow,
): Promise<{ filled: FilledObjective; choices: ObjectiveChoices }> {
  const teams = await listTeams(db, workspaceId, actor.id);
  const all = await listCycles(db, workspaceId);
  const open = openCycles(all, actor, teams);
  const cycles = all.filter((it) => it.id === entry.cycle_id || open.includes(it));
  const people = await slackIds(db, workspaceId, [entry.owner_id, entry.reviewer_id, ...entry.viewers]);
  return {
    filled: {
      title: entry.title,
      owner: people(entry.owner_id),
      reviewer: people(entry.reviewer_id),
      team: stringOf(entry.team_id),
      cycle: String(entry.cycle_id),
      supports: supportId(await findSupport(db, id)),
      needs: entry.needs.map(String),
      visibility: entry.visibility,
      viewers: entry.viewers.flatMap((viewer) => people(viewer) ?? []),
    },
    choices: await choicesOf(db, workspaceId, actor, { teams, cycles, ownId: id }),
  };
}

const supportId = (support: Support | null) => (support === null ? null : `${support.kind}-${support.id}`);

/** Drafts are for who may write them: admins and leads. */
function openCycles(cycles: readonly Cycle[], actor: Actor, teams: readonly TeamRow[]): Cycle[] {
  const seesDrafts = actor.isAdmin || teams.some(({ isLed }) => isLed);
  return cycles.filter(({ state }) => state === 'active' || (state === 'draft' && seesDrafts));
}

async function choicesOf(
  db: Database,
  workspaceId: string,
  actor: Actor,
  given: { teams: readonly TeamRow[]; cycles: readonly Cycle[]; ownId: number | null },
): Promise<ObjectiveChoices> {
  const lines = await linesToSupport(db, workspaceId);
  const objectives = await listSupportable(db, workspaceId, actor.id, given.ownId);
  const stateWords: Partial<Record<Cycle['state'], string>> = { draft: ' (draft)' };
  return {
    teams: given.teams.map(menu),
    cycles: given.cycles.map(({ id, key, state }) => menu({ id, name: `${key}${stateWords[state] ?? ''}` })),
    supports: [
      ...lines.map(({ id, title, kind }) => ({
        id: `line-${id}`,
        name: kind === 'intent' ? title : `› ${title}`,
      })),
      ...objectives.map(({ id, title, cycle }) => ({ id: `objective-${id}`, name: `${cycle}: ${title}` })),
    ],
  };
}

async function slackIds(
  db: Database,
  workspaceId: string,
  ids: readonly (number | null)[],
): Promise<(id: number | null) => string | null> {
  const people = await findPeople(
    db,
    workspaceId,
    ids.filter((id) => id !== null),
  );
  const known = new Map(people.map((person: Person) => [person.id, person.slackId]));
  return (id) => (id === null ? null : (known.get(id) ?? null));
}

/** An empty form of a key result, the actor's own. */
export function newKeyResult(actor: Actor): FilledKeyResult {
  return {
    ...{ title: '', type: 'number', unit: null, direction: null, start: null, target: null },
    ...{ commitment: 'committed', owner: actor.slackId, backup: null, dueOn: null },
  };
}

/** The form of a key result as it is. The direction stands there only where start and target do not tell it. */
export async function readKeyResult(
  db: Database,
  workspaceId: string,
  entry: KeyResultState,
): Promise<FilledKeyResult> {
  const people = await slackIds(db, workspaceId, [entry.owner_id, entry.backup_id]);
  const { start_value: start, target_value: target, direction } = entry;
  const isTold = start !== null && direction !== 'maintain' && start !== target;
  return {
    title: entry.title,
    type: entry.type,
    unit: entry.unit,
    direction: isTold ? null : direction,
    start: start === null ? null : typedNumber(start),
    target: typedNumber(target),
    commitment: entry.commitment,
    owner: people(entry.owner_id),
    backup: people(entry.backup_id),
    dueOn: entry.due_on,
  };
}

/** "First promised for 1 December 2026; it has moved back twice."; null: its first day stands. */
export function promisedWords({ first_due_on, due_on, slips }: KeyResultState): string | null {
  if (first_due_on === null || (first_due_on === due_on && slips === 0)) return null;
  const first = `First promised for ${dateWords(Temporal.PlainDate.from(first_due_on))}`;
  if (slips === 0) return `${first}.`;
  return `${first}; it has moved back ${slips === 1 ? 'once' : slips === 2 ? 'twice' : `${slips} times`}.`;
}
