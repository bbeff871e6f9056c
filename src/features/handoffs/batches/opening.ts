import type { Database } from '../../../platform/db/database.ts';
import type { ModalOrReply } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { Begun } from './input.ts';
import { receiversModal } from './modal-blocks.ts';
import { type Plan, readPlan, seenLoads, suggestReceivers } from './planning-operations.ts';

/** The first step for one person's rocks, or why there is none. */
export async function bulkModal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  personId: number,
): Promise<ModalOrReply> {
  return await beginModal(db, workspaceId, actor, { source: { personId }, batch: null });
}

async function beginModal(
  db: Database,
  workspaceId: string,
  actor: Actor,
  begun: Begun,
): Promise<ModalOrReply> {
  const plan = await readPlan(db, workspaceId, actor, begun.source);
  if (!plan.ok) return { reply: plain(plan.words) };
  const { person, rocks, others } = plan.value;
  const loads = person === null ? null : await seenLoads(db, workspaceId, actor, [person.id]);
  return {
    modal: receiversModal({
      about: aboutWords(plan.value, actor),
      rocks,
      others,
      load: person === null || person.isDeactivated ? null : (loads?.get(person.id) ?? null),
      suggested: await suggestReceivers(db, workspaceId, actor, plan.value),
      metadata: JSON.stringify(begun),
    }),
  };
}

function aboutWords({ person, source }: Plan, actor: Actor): string {
  if (person === null) return 'teamId' in source ? 'What the team carries' : 'What moves';
  if (person.id === actor.id) return 'What you carry';
  return person.isDeactivated
    ? `What ${personMention(person)} has left behind`
    : `What ${personMention(person)} carries`;
}
