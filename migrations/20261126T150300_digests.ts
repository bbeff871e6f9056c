import { type Kysely, sql } from 'kysely';

/** Digests for leaders: drafted four hours ahead, looked over by product operations, sent with their ritual. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table digests (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      cadence_id bigint not null,
      due_at timestamptz not null,
      state text not null default 'draft' check (state in ('draft', 'sent')),
      content jsonb not null,
      figures jsonb not null,
      note text,
      hidden text[] not null default '{}',
      said jsonb not null default '{}',
      drafted_at timestamptz not null,
      preview_message_id bigint,
      message_id bigint,
      edited_at timestamptz,
      edited_by bigint,
      unique (workspace_id, id),
      unique (cadence_id, due_at),
      check ((state = 'sent') = (message_id is not null)),
      foreign key (workspace_id, cadence_id) references cadences (workspace_id, id),
      foreign key (workspace_id, preview_message_id) references messages (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id),
      foreign key (workspace_id, edited_by) references people (workspace_id, id)
    )`.execute(db);
  const comments: [string, string][] = [
    ['content', 'what was gathered when it was drafted'],
    ['figures', 'its counts, kept for the pictures of later ones'],
    ['note', 'the words of product operations on top'],
    ['hidden', 'the lines that product operations took out'],
    ['said', 'by line: the words of its owner, or of product operations, in place of what was gathered'],
  ];
  for (const [column, comment] of comments)
    await sql`comment on column digests.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
}
