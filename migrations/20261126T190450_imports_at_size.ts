import { type Kysely, sql } from 'kysely';

/** What thousands of rows at once need: an index for whatever is looked for with each, and a journal that costs little. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // When a row goes, each of these is asked whether it points there.
  for (const [table, column] of pointing)
    await sql`create index ${sql.id(`${table}_${column}`)} on ${sql.table(table)} (${sql.ref(column)})
      where ${sql.ref(column)} is not null`.execute(db);

  // As before, but for the key: built in place, since a query for each row cost more than the rest.
  await sql`
    create or replace function journal_import() returns trigger language plpgsql as $$
      declare
        was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
        is_now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
        row_now jsonb := coalesce(is_now, was);
        row_key jsonb := jsonb_build_object(tg_argv[2], row_now -> tg_argv[2]);
      begin
        if was = is_now then return null; end if;
        for place in 3 .. tg_nargs - 1 loop
          row_key := row_key || jsonb_build_object(tg_argv[place], row_now -> tg_argv[place]);
        end loop;
        insert into import_changes (workspace_id, import_id, table_name, key, subject_kind, subject_id, before, after)
        values (row_now ->> 'workspace_id', current_setting('cairn.import')::bigint, tg_table_name,
          row_key, tg_argv[0], row_now ->> tg_argv[1], was, is_now);
        return null;
      end
    $$`.execute(db);
}

const pointing: readonly [table: string, column: string][] = [
  ['rocks', 'successor_id'],
  ['rocks', 'team_id'],
  ['actions', 'rock_id'],
  ['actions', 'item_id'],
  ['misses', 'rock_id'],
  ['departure_rocks', 'rock_id'],
  ['departure_rocks', 'stint_id'],
  ['departure_rocks', 'acting_stint_id'],
  ['doubts', 'key_result_id'],
  ['number_sources', 'key_result_id'],
  ['prompt_items', 'key_result_id'],
  ['objectives', 'carried_from_id'],
  ['objectives', 'team_id'],
  ['objective_needs', 'team_id'],
  ['roadmap_items', 'objective_id'],
  ['roadmap_items', 'team_id'],
  ['decisions', 'objective_id'],
  ['decisions', 'item_id'],
  ['decisions', 'team_id'],
  ['cycles', 'parent_id'],
  ['cadence_teams', 'team_id'],
];
