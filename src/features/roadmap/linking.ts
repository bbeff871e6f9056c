import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { shortened } from '../../platform/slack/mrkdwn.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import type { Actor } from '../people/core/person.ts';
import { linesToSupport } from '../strategy/operations.ts';
import { beside } from './changing.ts';
import type { ItemEntry, Support } from './core/state.ts';
import { findLinkable, listTeams } from './linking-store.ts';
import type { ItemRow } from './store.ts';

export type Links = {
  rock_id: number | null;
  team_id: number | null;
  needs: number[];
  supports: string | null;
  supportsOn: Support | null;
};

/**
 * What an item hangs from and needs, as a form says it. Refuses, beside the field, what is not there or not seen, and new
 * links to what is over: retired rocks, objectives of closed cycles. What is linked already stays, also where the actor does
 * not see it: their form has no place for it.
 */
export async function checkLinks(
  db: Database,
  workspaceId: string,
  actor: Actor,
  entry: ItemEntry,
  present: ItemRow | null,
): Promise<Result<Links>> {
  const teams = new Set((await listTeams(db, workspaceId, actor.id)).map(({ id }) => id));
  if (entry.teamId !== null && !teams.has(entry.teamId))
    return beside('team', refused('unknown-team', 'Pick one of the teams that are there.'));
  const needs = [...new Set(entry.needs)].sort((a, b) => a - b);
  if (needs.some((id) => !teams.has(id)))
    return beside('needs', refused('unknown-team', 'Pick teams that are there.'));
  if (entry.teamId !== null && needs.includes(entry.teamId))
    return beside(
      'needs',
      refused('own-team', 'That is its own team. Pick others of which it needs something.'),
    );
  const rock = await checkRock(db, workspaceId, actor, entry.rockId, present?.state.rock_id ?? null);
  if (!rock.ok) return rock;
  const supports = await checkSupport(db, workspaceId, actor, entry.supports, present);
  if (!supports.ok) return supports;
  const { on, key } = supports.value;
  return accepted({ rock_id: rock.value, team_id: entry.teamId, needs, supports: key, supportsOn: on });
}

async function checkRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  picked: number | null,
  presentId: number | null,
): Promise<Result<number | null>> {
  if (picked === null) {
    const isHidden =
      presentId !== null && (await findCard(db, workspaceId, presentId, actor.id)) === undefined;
    return accepted(isHidden ? presentId : null);
  }
  if (picked === presentId) return accepted(picked);
  const rock = await findCard(db, workspaceId, picked, actor.id);
  if (rock === undefined)
    return beside('rock', refused('unknown-rock', 'Pick one of the rocks that are there.'));
  if (rock.state !== 'retired') return accepted(rock.id);
  const words = `${shortened(rock.name, 80)} is retired, so nothing new is linked to it. Pick another rock.`;
  return beside('rock', refused('retired', words));
}

async function checkSupport(
  db: Database,
  workspaceId: string,
  actor: Actor,
  picked: Support | null,
  present: ItemRow | null,
): Promise<Result<{ on: Support | null; key: string | null }>> {
  const now = present?.supportsOn ?? null;
  const same = { on: now, key: present?.state.supports ?? null };
  if (picked === null) {
    const isHidden =
      now?.kind === 'objective' && (await findLinkable(db, workspaceId, actor.id, now.id)) === undefined;
    return accepted(isHidden ? same : { on: null, key: null });
  }
  if (picked.kind === now?.kind && picked.id === now.id) return accepted(same);
  if (picked.kind === 'line') {
    const line = (await linesToSupport(db, workspaceId)).find(({ id }) => id === picked.id);
    const words = 'That line is not in the strategy any more. Pick another one.';
    return line === undefined
      ? beside('supports', refused('unknown-line', words))
      : accepted({ on: picked, key: line.key });
  }
  const objective = await findLinkable(db, workspaceId, actor.id, picked.id);
  if (objective === undefined)
    return beside('supports', refused('unknown', 'Pick one of the objectives that are there.'));
  if (!objective.isClosed && objective.isActive) return accepted({ on: picked, key: objective.key });
  const why = objective.isClosed ? `${objective.cycle} is closed` : 'That objective is over';
  const words = `${why}, so nothing new is linked to ${shortened(objective.title, 80)}. Pick another one.`;
  return beside('supports', refused('closed', words));
}
