import type { Person } from '../../../../src/features/people/core/person.ts';
import type { Database } from '../../../../src/platform/db/database.ts';
import type { RockState, Visibility } from '../../../../src/platform/db/tables.ts';
import { insertRock } from '../../../support/builders.ts';

type Given = Parameters<typeof insertRock>[2] & {
  weight?: number;
  importance?: string;
  visibility?: Visibility;
  state?: RockState;
  /** Who has it on loan, until a day of 2027. */
  lentTo?: Person;
  contributors?: Person[];
};

/** A rock with a weight, and what else a load asks about. */
export async function insertWeighed(db: Database, workspaceId: string, given: Given): Promise<number> {
  const {
    weight = 1,
    importance = null,
    visibility = 'workspace',
    state = 'active',
    lentTo,
    contributors = [],
  } = given;
  const id = await insertRock(db, workspaceId, given);
  await db
    .updateTable('rocks')
    .set({
      ...{ weight, importance, visibility, state },
      set_down_at: state === 'set-down' ? '2026-01-01T00:00:00Z' : null,
      retired_at: state === 'retired' ? '2026-01-01T00:00:00Z' : null,
    })
    .where('id', '=', id)
    .execute();
  if (lentTo !== undefined && given.owner !== undefined) {
    await insertHandoff(db, workspaceId, {
      rockId: id,
      from: given.owner,
      to: lentTo,
      kind: 'lend',
      state: 'accepted',
    });
  }
  for (const person of contributors) {
    await db
      .insertInto('rock_contributors')
      .values({ workspace_id: workspaceId, rock_id: id, person_id: person.id, discipline: 'design' })
      .execute();
  }
  return id;
}

export async function insertHandoff(
  db: Database,
  workspaceId: string,
  given: { rockId: number; from: Person; to: Person; kind: 'give' | 'lend'; state: 'offered' | 'accepted' },
): Promise<void> {
  await db
    .insertInto('handoffs')
    .values({
      workspace_id: workspaceId,
      kind: given.kind,
      rock_id: given.rockId,
      from_id: given.from.id,
      to_id: given.to.id,
      by_id: given.from.id,
      state: given.state,
      until_on: given.kind === 'lend' ? '2027-01-15' : null,
      facts: '{}',
      offered_at: '2026-11-01T00:00:00Z',
      work: null,
      reason: null,
      why_it_matters: null,
      where_it_stands: null,
      next_step: null,
      what_could_hurt: null,
      suggestion: null,
      decline_reason: null,
      batch_id: null,
      undoes_id: null,
      request_message_id: null,
      offer_message_id: null,
      sender_message_id: null,
    })
    .execute();
}

/** Somebody leads a team, and these are its members. */
export async function fillTeam(
  db: Database,
  workspaceId: string,
  teamId: number,
  { lead, members = [] }: { lead?: Person; members?: Person[] },
): Promise<void> {
  if (lead !== undefined) {
    await db.updateTable('teams').set({ lead_id: lead.id }).where('id', '=', teamId).execute();
  }
  for (const person of members) {
    await db
      .insertInto('team_members')
      .values({ workspace_id: workspaceId, team_id: teamId, person_id: person.id })
      .execute();
  }
}

export async function makeAdmin(db: Database, person: Person): Promise<void> {
  await db.updateTable('people').set({ is_admin: true }).where('id', '=', person.id).execute();
}
