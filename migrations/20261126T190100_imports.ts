import { type Kysely, sql } from 'kysely';

/** What admins bring in from sheets, and a journal of it by which it can be taken back row by row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table imports (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      kind text not null check (kind in ('rocks', 'okrs', 'roadmap')),
      source text not null check (source in ('file', 'pasted', 'channels', 'starter')),
      name text,
      sheet jsonb,
      mapping jsonb not null,
      answers jsonb not null default '{}',
      state text not null default 'open' check (state in ('open', 'applied', 'undone', 'discarded')),
      begun_by bigint not null,
      begun_at timestamptz not null,
      applied_by bigint,
      applied_at timestamptz,
      undo_until timestamptz,
      undone_by bigint,
      undone_at timestamptz,
      counts jsonb,
      unique (workspace_id, id),
      foreign key (workspace_id, begun_by) references people (workspace_id, id),
      foreign key (workspace_id, applied_by) references people (workspace_id, id),
      foreign key (workspace_id, undone_by) references people (workspace_id, id),
      check ((sheet is not null) = (state = 'open')),
      check (state not in ('applied', 'undone') or (applied_at is not null and undo_until is not null)),
      check ((state = 'undone') = (undone_at is not null))
    )`.execute(db);
  await sql`create index imports_latest on imports (workspace_id, begun_at desc)`.execute(db);
  await sql`comment on column imports.sheet is
    'what was read, until it is applied or discarded: nothing of a spreadsheet is kept longer than it is needed'`.execute(
    db,
  );

  await sql`
    create table import_changes (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      import_id bigint not null,
      table_name text not null,
      key jsonb not null,
      subject_kind text not null,
      subject_id text not null,
      before jsonb,
      after jsonb,
      foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
    )`.execute(db);
  await sql`create index import_changes_import on import_changes (import_id, id)`.execute(db);
  await sql`comment on table import_changes is
    'each row that an import wrote, before and after; kept by the triggers *_journal while an import may be undone'`.execute(
    db,
  );

  // Its arguments: what the row is a part of, in which column the id of that is, and the columns of its primary key.
  await sql`
    create function journal_import() returns trigger language plpgsql as $$
      declare
        was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
        is_now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
        row_now jsonb := coalesce(is_now, was);
      begin
        if was = is_now then return null; end if;
        insert into import_changes (workspace_id, import_id, table_name, key, subject_kind, subject_id, before, after)
        values (row_now ->> 'workspace_id', current_setting('cairn.import')::bigint, tg_table_name,
          (select jsonb_object_agg(name, row_now -> name) from unnest(tg_argv[2:]) as name),
          tg_argv[0], row_now ->> tg_argv[1], was, is_now);
        return null;
      end
    $$`.execute(db);
  await sql`comment on function journal_import is
    'does its work only in a transaction that says which import it is: set_config(''cairn.import'', id, true)'`.execute(
    db,
  );
  for (const [table, kind, subject, key] of journalled) {
    // Where nothing is imported, the condition is all that it costs.
    await sql`
      create trigger ${sql.id(`${table}_journal`)} after insert or update or delete on ${sql.table(table)}
        for each row when (coalesce(current_setting('cairn.import', true), '') <> '')
        execute function journal_import(${sql.join([kind, subject, ...key].map((text) => sql.lit(text)))})`.execute(
      db,
    );
  }
}

/** A table, what its rows are a part of, the column that says of which, and its primary key. */
const journalled: readonly [table: string, kind: string, subject: string, key: readonly string[]][] = [
  ['rocks', 'rock', 'id', ['id']],
  ['rock_names', 'rock', 'rock_id', ['rock_id', 'kind', 'position']],
  ['rock_links', 'rock', 'rock_id', ['rock_id', 'position']],
  ['rock_backups', 'rock', 'rock_id', ['rock_id', 'person_id']],
  ['rock_viewers', 'rock', 'rock_id', ['rock_id', 'person_id']],
  ['rock_contributors', 'rock', 'rock_id', ['rock_id', 'person_id', 'discipline']],
  ['stints', 'rock', 'rock_id', ['id']],
  ['rock_words', 'word', 'word', ['workspace_id', 'word']],
  ['teams', 'team', 'id', ['id']],
  ['team_members', 'team', 'team_id', ['team_id', 'person_id']],
  ['cycles', 'cycle', 'id', ['id']],
  ['objectives', 'objective', 'id', ['id']],
  ['objective_needs', 'objective', 'objective_id', ['objective_id', 'team_id']],
  ['objective_viewers', 'objective', 'objective_id', ['objective_id', 'person_id']],
  ['key_results', 'objective', 'objective_id', ['id']],
  ['target_changes', 'key-result', 'key_result_id', ['id']],
  ['roadmap_items', 'roadmap-item', 'id', ['id']],
  ['roadmap_needs', 'roadmap-item', 'item_id', ['item_id', 'team_id']],
  ['roadmap_slips', 'roadmap-item', 'item_id', ['id']],
];
