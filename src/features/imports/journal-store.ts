import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../platform/db/database.ts';

/** A table that an import wrote to, with its primary key and all that can be written of its rows. */
export type JournalledTable = {
  table: string;
  key: readonly string[];
  columns: readonly string[];
  /** Columns that came after the import: nothing is known of them, so they are not compared. */
  newColumns: readonly string[];
};

/**
 * Gathers what an import wrote, each row once: how it was before, and how the import left it. Holds for the transaction.
 * The tables come in the order in which the import first wrote to them, so that what others point to is first.
 */
export async function gatherChanges(tx: Tx, importId: number): Promise<JournalledTable[]> {
  await sql`create temporary table import_undo (table_name text, key jsonb, subject_kind text, subject_id text,
    before jsonb, after jsonb) on commit drop`.execute(tx);
  await sql`create temporary table import_kept (subject_kind text, subject_id text,
    primary key (subject_kind, subject_id)) on commit drop`.execute(tx);
  await sql`
    insert into import_undo
    select table_name, key, subject_kind, subject_id, before, after from (
      select table_name, key, subject_kind, subject_id, (array_agg(before order by id))[1] as before,
        (array_agg(after order by id desc))[1] as after
      from import_changes where import_id = ${importId} group by 1, 2, 3, 4
    ) rows where before is distinct from after`.execute(tx);
  await sql`create index on import_undo (table_name, key)`.execute(tx);
  await sql`analyze import_undo`.execute(tx);
  const { rows } = await sql<JournalledTable>`
    select first.table_name as table,
      array(select a.attname::text from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = first.table_name::regclass and i.indisprimary) as key,
      array(select a.attname::text from pg_attribute a where a.attrelid = first.table_name::regclass
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select a.attname::text from pg_attribute a where a.attrelid = first.table_name::regclass
        and a.attnum > 0 and not a.attisdropped and not coalesce(sample.after, sample.before) ? a.attname) as "newColumns"
    from (select table_name, min(id) as id from import_changes where import_id = ${importId} group by 1) first
    join import_changes sample on sample.id = first.id
    where exists (select from import_undo u where u.table_name = first.table_name)
    order by first.id`.execute(tx);
  return rows;
}

/**
 * So many rows and more are worth a look at how big the tables are by now: what Postgres knows of a table that has just
 * been filled would have it read from end to end for each row.
 */
const worthALook = 500;

/** Lets Postgres see the tables as they are, where much is to be found in them. */
export async function refreshFigures(tx: Tx, tables: readonly { table: string }[]): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from import_undo`.execute(tx);
  if ((rows[0]?.n ?? 0) < worthALook) return;
  for (const { table } of tables) await sql`analyze ${sql.table(table)}`.execute(tx);
}

/** Holds the rows, so that whoever changes one has done so before or waits. */
export async function lockWritten(tx: Tx, { table, key }: JournalledTable): Promise<void> {
  await sql`
    select count(*) from (
      select 1 from import_undo u, lateral jsonb_populate_record(null::${sql.table(table)}, u.key) k
      join ${sql.table(table)} t on ${sameKey(key, 't', 'k')}
      where u.table_name = ${table} order by ${sql.join(key.map((name) => sql.ref(`t.${name}`)))} for update of t
    ) held`.execute(tx);
}

/** What somebody has changed or taken away since: the whole of it stays as it is. */
export async function keepTouched(tx: Tx, { table, key, newColumns }: JournalledTable): Promise<void> {
  await sql`
    insert into import_kept
    select distinct u.subject_kind, u.subject_id
    from import_undo u cross join lateral jsonb_populate_record(null::${sql.table(table)}, u.key) k
    left join ${sql.table(table)} t on ${sameKey(key, 't', 'k')}
    where u.table_name = ${table} and (to_jsonb(t) - ${[...newColumns]}::text[]) is distinct from u.after
    on conflict do nothing`.execute(tx);
}

/** A rock that is being handed over stays as it is as well: whoever is asked has read of it. */
export async function keepHandedOver(tx: Tx): Promise<void> {
  await sql`
    insert into import_kept
    select distinct 'rock', h.rock_id::text from handoffs h
    where h.rock_id in (select u.subject_id::bigint from import_undo u where u.subject_kind = 'rock')
      and h.state in ('draft', 'offered', 'changes-suggested', 'accepted', 'overlap')
    on conflict do nothing`.execute(tx);
}

export type Reference = {
  from: string;
  to: string;
  fromColumns: readonly string[];
  toColumns: readonly string[];
  fromKey: readonly string[];
};

/**
 * What may point at rows of these tables. A table whose rows go with what they point at says nothing by it, unless it is
 * one that imports write to.
 */
export async function listReferences(tx: Tx, tables: readonly JournalledTable[]): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select c.conrelid::regclass::text as from, c.confrelid::regclass::text as to,
      array(select a.attname::text from unnest(c.conkey) with ordinality as k (n, place)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.place) as "fromColumns",
      array(select a.attname::text from unnest(c.confkey) with ordinality as k (n, place)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.place) as "toColumns",
      array(select a.attname::text from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = c.conrelid and i.indisprimary) as "fromKey"
    from pg_constraint c
    where c.contype = 'f'
      and c.confrelid = any(${tables.map(({ table }) => table)}::text[]::regclass[])
      and (c.confdeltype in ('a', 'r') or exists (select from pg_trigger t
        where t.tgrelid = c.conrelid and t.tgfoid = 'journal_import'::regproc))`.execute(tx);
  return rows;
}

/** What something else points at by now stays. Gives how much that is, for what stays keeps what it points at in turn. */
export async function keepReferred(tx: Tx, reference: Reference): Promise<number> {
  const { from, to, fromColumns, toColumns, fromKey } = reference;
  const points = sql.join(
    fromColumns.map((name, index) => sql`r.${sql.ref(name)} = t.${sql.ref(toColumns[index] ?? '')}`),
    sql` and `,
  );
  const ownKey = sql.join(fromKey.map((name) => sql`${sql.lit(name)}, r.${sql.ref(name)}`));
  const result = await sql`
    insert into import_kept
    select distinct u.subject_kind, u.subject_id
    from import_undo u, lateral jsonb_populate_record(null::${sql.table(to)}, u.after) t, ${sql.table(from)} r
    where u.table_name = ${to} and u.before is null and ${points}
      and not exists (select from import_kept k where k.subject_kind = u.subject_kind and k.subject_id = u.subject_id)
      and not exists (select from import_undo o where o.table_name = ${from}
        and o.key = jsonb_build_object(${ownKey})
        and not exists (select from import_kept k where k.subject_kind = o.subject_kind and k.subject_id = o.subject_id))
    on conflict do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** What is there no more and what stays, by what it is; words of names are reckoned apart. */
export async function readFates(
  tx: Tx,
): Promise<{ kind: string; id: number; name: string | null; isKept: boolean }[]> {
  const { rows } = await sql<{ kind: string; id: number; name: string | null; isKept: boolean }>`
    select u.subject_kind as kind, u.subject_id::bigint as id,
      max(coalesce(u.after ->> 'name', u.after ->> 'title')) filter (where u.table_name in
        ('rocks', 'objectives', 'roadmap_items', 'teams', 'cycles')) as name,
      bool_or(k.subject_id is not null) as "isKept"
    from import_undo u left join import_kept k using (subject_kind, subject_id)
    where u.subject_kind <> 'word' group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

const isTaken = sql`not exists (select from import_kept k
  where k.subject_kind = u.subject_kind and k.subject_id = u.subject_id)`;

/** Rows that have an id of their own and were there before read as they did. */
export async function restoreRows(
  tx: Tx,
  { table, key, columns, newColumns }: JournalledTable,
): Promise<void> {
  if (!hasOwnId(key)) return;
  const old = columns.filter((name) => !key.includes(name) && !newColumns.includes(name));
  const values = sql.join(old.map((name) => sql`${sql.ref(name)} = b.${sql.ref(name)}`));
  await sql`
    update ${sql.table(table)} t set ${values}
    from import_undo u, lateral jsonb_populate_record(null::${sql.table(table)}, u.before) b
    where u.table_name = ${table} and u.before is not null and u.after is not null and t.id = b.id
      and ${isTaken}`.execute(tx);
}

/** Rows that the import wrote go; so do the parts of something that it wrote anew, which come back next. */
export async function deleteRows(tx: Tx, { table, key }: JournalledTable): Promise<void> {
  const own = hasOwnId(key) ? sql`u.before is null` : sql`true`;
  await sql`
    delete from ${sql.table(table)} t
    using import_undo u, lateral jsonb_populate_record(null::${sql.table(table)}, u.key) k
    where u.table_name = ${table} and u.after is not null and ${own} and ${sameKey(key, 't', 'k')}
      and ${isTaken}`.execute(tx);
}

/** Rows that the import took away come back, with their ids. */
export async function bringBackRows(
  tx: Tx,
  { table, key, columns, newColumns }: JournalledTable,
): Promise<void> {
  const gone = hasOwnId(key) ? sql`u.after is null` : sql`true`;
  const names = columns.filter((name) => !newColumns.includes(name)).map((name) => sql.ref(name));
  await sql`
    insert into ${sql.table(table)} (${sql.join(names)}) overriding system value
    select ${sql.join(columns.filter((name) => !newColumns.includes(name)).map((name) => sql.ref(`b.${name}`)))}
    from import_undo u, lateral jsonb_populate_record(null::${sql.table(table)}, u.before) b
    where u.table_name = ${table} and u.before is not null and ${gone} and ${isTaken}`.execute(tx);
}

/** Words that came with the import go where no name has them any more. The names must be held. */
export async function dropWords(tx: Tx, workspaceId: string): Promise<void> {
  await sql`
    with used as materialized (
      select distinct unnest(string_to_array(n.normal, ' ')) as word from rock_names n
      where n.workspace_id = ${workspaceId})
    delete from rock_words w using import_undo u
    where u.table_name = 'rock_words' and w.workspace_id = ${workspaceId} and w.word = u.subject_id
      and not exists (select from used where used.word = w.word)`.execute(tx);
}

function hasOwnId(key: readonly string[]): boolean {
  return key.length === 1 && key[0] === 'id';
}

function sameKey(key: readonly string[], one: string, other: string): RawBuilder<unknown> {
  return sql.join(
    key.map((name) => sql`${sql.ref(`${one}.${name}`)} = ${sql.ref(`${other}.${name}`)}`),
    sql` and `,
  );
}
