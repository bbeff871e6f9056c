import { markHomes } from '../../../delivery/homes.ts';
import { may } from '../../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { findPersonById } from '../../people/operations.ts';
import { rolesOverPerson } from '../../people/roles.ts';
import type { Load } from './core/load.ts';
import { findLimit, type KeptLimit, lockLimit, saveLimit } from './limit-store.ts';
import { readLoad } from './operations.ts';

export type PersonLimit = KeptLimit & { person: Person };

/** What is enough for somebody, for their lead and admins. */
export async function readPersonLimit(
  db: Database,
  workspaceId: string,
  actor: Actor,
  personId: number,
): Promise<Result<PersonLimit>> {
  const person = await findPersonById(db, workspaceId, personId);
  if (!person.ok) return person;
  const problem = await refusalFor(db, workspaceId, actor, person.value);
  if (problem !== null) return problem;
  const limit = await findLimit(db, workspaceId, personId);
  return limit === undefined ? unknown : accepted({ ...limit, person: person.value });
}

/** Sets what is enough for somebody; null: what is enough for everybody. Their lead and admins may. */
export async function changeLimit(
  db: Database,
  workspaceId: string,
  actor: Actor,
  personId: number,
  limit: number | null,
): Promise<Result<{ person: Person; load: Load }>> {
  return await inTransaction(
    db,
    async (tx) => {
      const before = await lockLimit(tx, workspaceId, personId);
      const person = await findPersonById(tx, workspaceId, personId);
      if (before === undefined || !person.ok) return unknown;
      const problem = await refusalFor(tx, workspaceId, actor, person.value);
      if (problem !== null) return problem;
      if (before.own !== limit) {
        await saveLimit(tx, personId, limit);
        await recordEvent(tx, {
          workspaceId,
          at: await companyNow(tx, workspaceId),
          doer: { kind: 'person', personId: actor.id },
          type: 'person.limit-changed',
          subject: { kind: 'person', id: personId },
          before: { limit: before.own },
          after: { limit },
        });
        await markHomes(tx, workspaceId, [personId]);
      }
      return accepted({ person: person.value, load: await readLoad(tx, workspaceId, personId) });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

async function refusalFor(
  db: Database,
  workspaceId: string,
  actor: Actor,
  person: Person,
): Promise<Refusal | null> {
  if (person.kind !== 'member' || person.isDeactivated) {
    return refused('no-member', `${personMention(person)} is no member of this workspace who carries rocks.`);
  }
  const roles = await rolesOverPerson(db, workspaceId, actor, person.id);
  if (may("change somebody's limit", roles)) return null;
  const whose = person.id === actor.id ? 'you' : personMention(person);
  return refused('not-yours', `How much is enough for ${whose}, a lead or an admin says. Ask one of them.`);
}

const unknown = refused('unknown-person', 'That person is not in this workspace.');
