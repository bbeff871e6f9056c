import { sql } from 'kysely';
import { ends, waits } from '../../../../src/features/handoffs/core/machine.ts';
import type { HandoffStep } from '../../../../src/platform/db/tables.ts';
import type { Done } from './performing.ts';
import { numberIn, retell, type Told } from './replay.ts';
import type { World } from './world.ts';

/** All that an operation could change, in a few letters; but for who has read what, since some read before they are refused. */
export async function fingerprint({ db, workspaceId }: World): Promise<string> {
  const tables = [
    'handoffs',
    'handoff_steps',
    'handoff_batches',
    'stints',
    'rocks',
    'rock_backups',
    'actions',
  ];
  const parts = [...tables, 'events', 'messages', 'deliveries', 'departures', 'follow_ups'].map(
    (
      table,
    ) => sql`select md5(coalesce(string_agg((to_jsonb(t) - 'read_at')::text, ',' order by (to_jsonb(t) - 'read_at')::text), '')) as sum
      from ${sql.table(table)} t where workspace_id = ${workspaceId}`,
  );
  const { rows } = await sql<{ sum: string }>`${sql.join(parts, sql` union all `)}`.execute(db);
  return rows.map(({ sum }) => sum).join();
}

export async function readEvents({ db, workspaceId }: World): Promise<Told[]> {
  return await db
    .selectFrom('events')
    .select(['id', 'type', 'actor', 'actor_id as actorId', 'subject_id as subjectId', 'before', 'after'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** What is wrong with what happened at once: whoever was refused has changed nothing. */
export function problemsOfTurn(
  done: readonly Done[],
  { before, after, events }: { before: string; after: string; events: readonly Told[] },
): string[] {
  const doers = done.filter(({ isDone }) => isDone).map(({ by }) => by);
  if (doers.length === 0) return before === after ? [] : ['all were refused, and something has changed'];
  return events
    .filter(({ actorId }) => !doers.includes(actorId) && actorId !== null)
    .map((event) => `${event.actorId} was refused, and there is ${JSON.stringify(event)}`);
}

/** What is wrong in the company as it is now; nothing should be. */
export async function problemsOf(world: World): Promise<string[]> {
  const { db, workspaceId } = world;
  const events = await readEvents(world);
  const { retold, problems } = retell(world, events);
  const handoffs = await db
    .selectFrom('handoffs')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .execute();
  const stints = await db.selectFrom('stints').selectAll().where('workspace_id', '=', workspaceId).execute();
  const steps = await db
    .selectFrom('handoff_steps')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .execute();
  const messages = await db
    .selectFrom('messages')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .execute();
  const actions = await db
    .selectFrom('actions')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .execute();
  const check = (isRight: boolean, words: string) => {
    if (!isRight) problems.push(words);
  };

  const rocks = await db.selectFrom('rocks').selectAll().where('workspace_id', '=', workspaceId).execute();
  for (const { id: rockId, state } of rocks) {
    const owners = stints.filter((stint) => stint.rock_id === rockId && stint.ended_at === null);
    const ofRock = handoffs.filter((handoff) => handoff.rock_id === rockId);
    const loans = ofRock.filter((handoff) => handoff.kind === 'lend' && handoff.state === 'accepted');
    check(owners.length <= 1, `rock ${rockId} has ${owners.length} owners`);
    const underWay = ofRock.filter((handoff) => waits.includes(handoff.state));
    check(underWay.length <= 1, `rock ${rockId} is offered twice`);
    check(loans.length <= 1, `rock ${rockId} is lent twice`);
    const owner = owners[0]?.person_id ?? null;
    check(
      underWay.every(({ from_id }) => state === 'active' && from_id === owner),
      `rock ${rockId} has moved on, and what was under way for it is not over`,
    );
    check(
      loans.every(({ to_id }) => state === 'active' && to_id !== owner),
      `rock ${rockId} is on loan to its owner, or of nobody`,
    );
    check(owner === (retold.owners.get(rockId) ?? null), `events tell of another owner of rock ${rockId}`);
    check(
      (loans[0]?.to_id ?? null) === (retold.loans.get(rockId) ?? null),
      `events tell of another loan of rock ${rockId}`,
    );
  }

  for (const handoff of handoffs) {
    const { id, kind, state, from_id, to_id, by_id, batch_id, accepted_at } = handoff;
    const told = (about: string, personId: number | null) =>
      messages.filter((one) => one.dedupe_key === `handoff-${about}:${id}` && one.to_person_id === personId)
        .length;
    const named = `handoff ${id} (${kind}, ${state})`;
    check(retold.handoffs.get(id)?.state === state, `events tell another story of ${named}`);
    check((handoff.ended_at !== null) === ends.includes(state), `${named} ended at another time`);
    const isFlip = accepted_at !== null && kind !== 'lend' && kind !== 'work';
    const began = stints.filter((stint) => stint.handoff_id === id);
    check(began.length === (isFlip ? 1 : 0), `${named} began ${began.length} stints`);
    check(
      began.every((stint) => stint.person_id === to_id && stint.rock_id === handoff.rock_id),
      `${named} began another stint`,
    );
    const flips = events.filter(
      ({ type, after }) => type.startsWith('rock.') && numberIn(after, 'handoff') === id,
    );
    check(flips.length === (isFlip ? 1 : 0), `${named} has ${flips.length} events of its flip`);
    const sender = kind === 'assign' ? by_id : from_id;
    if (accepted_at !== null && batch_id === null)
      check(told('accepted', kind === 'back' ? to_id : sender) === 1, `nobody was told of ${named}`);
    if (
      batch_id === null &&
      events.some(({ type, subjectId }) => type === 'handoff.offered' && subjectId === id)
    )
      check(told('offer', to_id) === 1, `${named} was never told to its receiver`);
    if (kind === 'ask' || kind === 'back')
      check(told('asked', from_id) === 1, `${named} never asked anybody`);
    check(
      kind !== 'work' || accepted_at === null || actions.some((action) => action.handoff_id === id),
      `${named} is no action`,
    );
    check(world.isMember(to_id), `${named} is for a guest`);

    const isPlanned = (...ones: HandoffStep[]) =>
      steps.some(({ handoff_id, step }) => handoff_id === id && ones.includes(step));
    if (waits.includes(state)) check(isPlanned('expire'), `${named} never expires`);
    if (state === 'overlap') check(isPlanned('overlap-end'), `${named} never ends`);
    if (kind === 'lend' && state === 'accepted') check(isPlanned('return'), `${named} never returns`);
    if (kind === 'work' && state === 'accepted')
      check(
        actions.some((action) => action.handoff_id === id && action.state === 'open'),
        `${named} has no action that could be done`,
      );
    check(state !== 'draft', `${named} was left over by a bulk handoff`);
    if (ends.includes(state))
      check(
        !isPlanned('remind', 'escalate', 'expire', 'return', 'overlap-end'),
        `${named} is still to be moved`,
      );
  }

  for (const accepted of world.accepted) check(world.read.has(accepted), `accepted unread: ${accepted}`);
  for (const { msg, level } of world.kept.lines) check(level < 50, `the clock failed: ${msg}`);
  return problems;
}
