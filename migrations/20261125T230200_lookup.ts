import { type Kysely, sql } from 'kysely';

/** What finding leans on: the distinct words of names, names by words, by letters alone and by initials; summaries. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists fuzzystrmatch`.execute(db);
  await sql`create extension if not exists unaccent`.execute(db);

  await sql`
    create table rock_words (
      workspace_id text not null,
      word text not null,
      primary key (workspace_id, word)
    )`.execute(db);
  await sql`comment on table rock_words is
    'the distinct words of rocks'' names, as they are compared: a million names have few of them, so that slips are looked for here. A word whose last name went stays, and leads to no rock'`.execute(
    db,
  );
  // Without the list of what is pending, which every search would read from end to end after an import.
  await sql`create index rock_words_trigrams on rock_words using gin (word gin_trgm_ops)
    with (fastupdate = off)`.execute(db);

  await sql`
    create function keep_rock_words() returns trigger language plpgsql as $$
      begin
        -- in order, so that two who bring the same new words wait for each other and not in a circle
        insert into rock_words (workspace_id, word)
        select distinct named.workspace_id, word
        from named, unnest(string_to_array(named.normal, ' ')) as word
        where not exists (select from rock_words w where w.workspace_id = named.workspace_id and w.word = word.word)
        order by 1, 2
        on conflict do nothing;
        return null;
      end
    $$`.execute(db);
  await sql`
    create trigger rock_names_inserted after insert on rock_names
    referencing new table as named for each statement execute function keep_rock_words()`.execute(db);
  await sql`
    create trigger rock_names_updated after update on rock_names
    referencing new table as named for each statement execute function keep_rock_words()`.execute(db);
  await sql`
    insert into rock_words (workspace_id, word)
    select distinct workspace_id, word from rock_names, unnest(string_to_array(normal, ' ')) as word`.execute(
    db,
  );

  // The threshold is a setting of the session; a function has its own. Below a sixth nothing is a slip of a finger.
  // "is not distinct from" is "=" that no index answers: the trigrams shall be asked, and not all words of a workspace.
  await sql`
    create function rock_words_like(workspace text, typed text) returns setof text
      language plpgsql stable parallel safe rows 10 set pg_trgm.similarity_threshold = 0.16 as $$
      begin
        return query (
          select w.word from rock_words w
          where w.workspace_id is not distinct from workspace and w.word % typed
            and (w.word = typed or (typed !~ '[0-9]' and levenshtein_less_equal(w.word, typed, 3) <= 3))
          order by levenshtein_less_equal(w.word, typed, 3), w.word limit 15
        ) union (
          select w.word from rock_words w
          where w.workspace_id is not distinct from workspace and length(typed) > 1 and w.word like typed || '%'
          order by length(w.word), w.word limit 15
        ) union (
          select w.word from rock_words w
          where w.workspace_id = workspace and w.word = any(
            select left(typed, length) from generate_series(3, length(typed) - 2) as length)
          order by length(w.word) desc limit 3
        );
      end
    $$`.execute(db);
  await sql`comment on function rock_words_like is
    'the words that may be meant by a typed one: a few slips away, begun by it, or the first of several that were typed as one; a word with a digit has no slips'`.execute(
    db,
  );

  await sql`
    create function initials_of(normal text) returns text language sql immutable parallel safe as $$
      select string_agg(left(word, 1), '' order by place)
      from unnest(string_to_array(normal, ' ')) with ordinality as words (word, place)
    $$`.execute(db);
  // In plpgsql, so that Postgres neither takes it apart nor believes that it costs nothing to ask of every row.
  await sql`
    create function words_of(normal text) returns tsvector language plpgsql immutable parallel safe as $$
      begin
        return array_to_tsvector(string_to_array(normal, ' '));
      end
    $$`.execute(db);
  await sql`drop index rock_names_trigrams`.execute(db);
  await sql`create index rock_names_words on rock_names using gin (words_of(normal))
    with (fastupdate = off)`.execute(db);
  await sql`create index rock_names_letters on rock_names (workspace_id, replace(normal, ' ', ''))`.execute(
    db,
  );
  await sql`create index rock_names_initials on rock_names (workspace_id, initials_of(normal))
    where kind <> 'key' and normal like '% %'`.execute(db);

  await sql`create text search configuration cairn (copy = english)`.execute(db);
  await sql`alter text search configuration cairn
    alter mapping for hword, hword_part, word with unaccent, english_stem`.execute(db);
  await sql`create index rocks_summary on rocks
    using gin (to_tsvector('cairn', coalesce(summary, ''))) with (fastupdate = off)`.execute(db);

  // Addresses that begin alike are a range of it.
  await sql`create index rock_links_prefix on rock_links (workspace_id, place collate "C")`.execute(db);

  // The same in plpgsql: Postgres takes a function of plain SQL apart and sets up its eight questions in every statement
  // that asks it, also where the first answer is enough.
  await sql`
    create or replace function sees(rock rocks, viewer bigint) returns boolean
      language plpgsql stable parallel safe as $$
      begin
        return rock.visibility = 'workspace'
          or exists (select from people p where p.workspace_id = rock.workspace_id and p.id = viewer
            and (p.is_admin or p.is_slack_admin))
          or exists (select from stints s
            where s.rock_id = rock.id and s.ended_at is null and s.person_id = viewer)
          or exists (select from rock_backups b where b.rock_id = rock.id and b.person_id = viewer)
          or exists (select from rock_contributors c where c.rock_id = rock.id and c.person_id = viewer)
          or exists (select from handoffs h where h.rock_id = rock.id and h.to_id = viewer
            and h.state in ('offered', 'changes-suggested', 'accepted', 'overlap'))
          or exists (select from teams t where t.id = rock.team_id and t.lead_id = viewer)
          or (rock.visibility = 'team'
            and exists (select from team_members m where m.team_id = rock.team_id and m.person_id = viewer))
          or (rock.visibility = 'people'
            and exists (select from rock_viewers v where v.rock_id = rock.id and v.person_id = viewer));
      end
    $$`.execute(db);
}
