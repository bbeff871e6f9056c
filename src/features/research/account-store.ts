import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Account, Who } from './core/account.ts';
import type { Listed } from './core/lists.ts';

/** Somebody as messages name them, from a row of `people`. */
export function who(alias: string): RawBuilder<Who> {
  const p = sql.raw(alias);
  return sql<Who>`json_build_object('id', ${p}.id, 'slackId', ${p}.slack_id, 'name', ${p}.name)`;
}

const columns = ['id', 'key', 'name', 'cool_down as coolDown'] as const;

/** Finds an account by its id, by its name alone, or by what people call it: its name, else its key. */
export async function findAccount(
  db: Database,
  workspaceId: string,
  by: { id: number } | { named: string } | { called: string },
): Promise<Account | undefined> {
  const accounts = db.selectFrom('accounts').select(columns).where('workspace_id', '=', workspaceId);
  if ('id' in by) return await accounts.where('id', '=', by.id).executeTakeFirst();
  if ('named' in by)
    return await accounts.where(sql<boolean>`lower(name) = lower(${by.named})`).executeTakeFirst();
  const called = sql<string>`lower(${by.called})`;
  return await accounts
    .where((eb) => eb.or([eb('key', '=', called), eb(sql`lower(name)`, '=', called)]))
    .orderBy(sql`lower(name) = ${called}`, 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The same by its id, locked: all that changes its queue waits for each other. */
export async function lockAccount(tx: Tx, workspaceId: string, id: number): Promise<Account | undefined> {
  return await tx
    .selectFrom('accounts')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Accounts that are called nearly so, or that begin so, the likeliest first. */
export async function listNear(
  db: Database,
  workspaceId: string,
  typed: string,
  most: number,
): Promise<Account[]> {
  const text = sql<string>`lower(${typed}::text)`;
  const likeness = sql<number>`greatest(similarity(lower(name), ${text}), similarity(key, ${text}),
    word_similarity(${text}, lower(name)) * 0.9)`;
  return await db
    .selectFrom('accounts')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where(likeness, '>=', 0.3)
    .orderBy(likeness, 'desc')
    .orderBy('name')
    .limit(most)
    .execute();
}

/** Accounts in whose names what was typed stands, those that begin so first. */
export async function listWith(
  db: Database,
  workspaceId: string,
  typed: string,
  most: number,
): Promise<Account[]> {
  const place = sql<number>`strpos(lower(name), lower(${typed}::text))`;
  return await db
    .selectFrom('accounts')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where(place, '>', 0)
    .orderBy(place)
    .orderBy('name')
    .limit(most)
    .execute();
}

/** All accounts of a workspace. */
export async function listAllAccounts(db: Database, workspaceId: string): Promise<Account[]> {
  return await db
    .selectFrom('accounts')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
}

/** Keys that begin like this one and are taken. */
export async function listTakenKeys(tx: Tx, workspaceId: string, base: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('accounts')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`starts_with(key, ${base})`)
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** Keeps a new account; undefined where one has its name or its key already. */
export async function insertAccount(
  tx: Tx,
  workspaceId: string,
  account: { key: string; name: string; coolDown?: string; by: number | null; at: Temporal.Instant },
): Promise<Account | undefined> {
  return await tx
    .insertInto('accounts')
    .values({
      workspace_id: workspaceId,
      key: account.key,
      name: account.name,
      ...(account.coolDown === undefined ? {} : { cool_down: account.coolDown }),
      created_by: account.by,
      created_at: account.at.toString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst();
}

export async function saveAccount(
  tx: Tx,
  id: number,
  { name, coolDown }: Pick<Account, 'name' | 'coolDown'>,
): Promise<void> {
  await tx.updateTable('accounts').set({ name, cool_down: coolDown }).where('id', '=', id).execute();
}

/** Accounts by name, from the `skip`th on. */
export async function listAccounts(
  db: Database,
  workspaceId: string,
  { skip, most }: { skip: number; most: number },
): Promise<{ listed: Listed[]; total: number }> {
  const rows = await db
    .selectFrom('accounts as a')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('conversations as c')
          .innerJoin('people as p', 'p.id', 'c.by_id')
          .select(['c.held_on as on', 'c.topic', who('p').as('by')])
          .whereRef('c.account_id', '=', 'a.id')
          .orderBy('c.held_on', 'desc')
          .orderBy('c.id', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('research_waits as w')
          .innerJoin('people as n', 'n.id', 'w.person_id')
          .select([
            sql<number>`count(*) filter (where w.state = 'waiting')::int`.as('waiting'),
            sql<Who | null>`(array_agg(${who('n')}) filter (where w.state = 'next'))[1]`.as('next'),
          ])
          .whereRef('w.account_id', '=', 'a.id')
          .where('w.state', 'in', ['waiting', 'next'])
          .as('queue'),
      (join) => join.onTrue(),
    )
    .select(['a.id', 'a.key', 'a.name', 'a.cool_down as coolDown'])
    .select(['last.on', 'last.topic', 'last.by', 'queue.waiting', 'queue.next'])
    .where('a.workspace_id', '=', workspaceId)
    .orderBy(sql`lower(a.name)`)
    .orderBy('a.id')
    .offset(skip)
    .limit(most)
    .execute();
  const { total } = await db
    .selectFrom('accounts')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const listed = rows.map(({ on, topic, by, waiting, next, ...account }) => ({
    account,
    last: on === null || topic === null || by === null ? null : { on, topic, by },
    waiting: waiting ?? 0,
    next: next ?? null,
  }));
  return { listed, total };
}
