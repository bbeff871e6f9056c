import { sql } from 'kysely';
import type { Occurrence, Ritual } from '../../src/cadence/ritual.ts';
import { cancelAll, tell, tellAll } from '../../src/delivery/outbox.ts';
import type { Database, Tx } from '../../src/platform/db/database.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';

/** A ritual that does what rituals do: tells its channel, asks people, reminds them, and ends. */
export function askingRitual(people: readonly number[], mayOpen: () => void = () => undefined): Ritual {
  return {
    key: 'okr-check-in',
    name: 'OKR check-in',
    async open(tx, occurrences) {
      for (const occurrence of occurrences) await tellAll(tx, messagesOf(occurrence, people));
      mayOpen();
      return new Map();
    },
    async close(tx, _workspaceId, occurrenceIds) {
      for (const id of occurrenceIds) await takeBack(tx, `o${id}:%`, 'it has ended');
    },
  };
}

function messagesOf(occurrence: Occurrence, people: readonly number[]) {
  const { id, workspaceId, channelId, dueAt, beginsAt } = occurrence;
  const common = { workspaceId, dueAt };
  return [
    { ...common, dedupeKey: `o${id}:channel`, to: { channelId }, content: contentOf(`occurrence ${id}`) },
    ...people.flatMap((personId) => [
      {
        ...common,
        dedupeKey: `o${id}:ask:${personId}`,
        to: { personId },
        content: contentOf(`asked in ${id}`),
      },
      {
        ...common,
        dedupeKey: `o${id}:nudge:${personId}`,
        to: { personId },
        content: contentOf(`reminded of ${id}`),
        isNudge: true,
        dueAt: beginsAt.add({ hours: 24 }),
        expiresAt: beginsAt.add({ hours: 60 }),
      },
    ]),
  ];
}

/** Somebody answers the newest occurrence that is open: nothing reminds them any more, and the thread is told, once. */
export async function answer(db: Database, workspaceId: string, personId: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: number; channelId: number; parent: number; now: Occurrence['dueAt'] }>`
      select o.id, m.to_channel_id as "channelId", m.id as parent, company_now(w) as now
      from occurrences o
      join workspaces w on w.id = o.workspace_id
      join messages m on m.workspace_id = o.workspace_id and m.dedupe_key = 'o' || o.id || ':channel'
      where o.workspace_id = ${workspaceId} and o.state = 'open' order by o.id desc limit 1`.execute(tx);
    const [open] = rows;
    if (open === undefined) return;
    await takeBack(tx, `o${open.id}:nudge:${personId}`, 'answered');
    await tell(tx, {
      workspaceId,
      dedupeKey: `o${open.id}:answer:${personId}`,
      to: { channelId: open.channelId },
      threadOf: open.parent,
      content: contentOf(`an answer in ${open.id}`),
      dueAt: open.now,
      isAnswer: true,
    });
  });
}

async function takeBack(tx: Tx, like: string, reason: string): Promise<void> {
  const rows = await tx.selectFrom('messages').select('id').where('dedupe_key', 'like', like).execute();
  await cancelAll(
    tx,
    rows.map(({ id }) => id),
    reason,
  );
}

export function contentOf(text: string) {
  return { text, blocks: [] };
}
