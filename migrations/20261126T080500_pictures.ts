import { type Kysely, sql } from 'kysely';

/** Pictures that messages show: what to draw, and the file of it that Slack has. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table pictures (
      workspace_id text not null references workspaces (id),
      key text not null,
      spec jsonb not null,
      alt_text text not null check (char_length(alt_text) between 1 and 2000),
      state text not null default 'wanted' check (state in ('wanted', 'uploaded', 'given-up')),
      file_id text,
      attempts integer not null default 0,
      reason text,
      primary key (workspace_id, key),
      check ((state = 'uploaded') = (file_id is not null))
    )`.execute(db);
  await sql`comment on column pictures.spec is 'the Vega-Lite specification, data included: a picture is drawn when it is uploaded'`.execute(
    db,
  );
  await sql`comment on column pictures.state is 'given-up: its words are shown instead; reason says why'`.execute(
    db,
  );
}
