import { type Kysely, sql } from 'kysely';

/** What an item was last due, whatever horizon it is in now, and when its owner is asked whether it moved the number. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table roadmap_items
      add column last_due_on date,
      add column ask_at timestamptz,
      add column asked smallint not null default 0,
      add check (ask_at is null or horizon = 'shipped')`.execute(db);
  const comments: [string, string][] = [
    ['last_due_on', 'the date that it had last: kept when it leaves now, so that a later one is a slip'],
    ['ask_at', 'company time: when its owner is asked, or asked again, whether it moved the number'],
    ['asked', 'how often its owner has been asked'],
  ];
  for (const [column, comment] of comments)
    await sql`comment on column roadmap_items.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
  await sql`create index roadmap_items_asking on roadmap_items (workspace_id, ask_at) where ask_at is not null`.execute(
    db,
  );
}
