import { type Kysely, sql } from 'kysely';

/** Looking for slips asks for more likeness of longer words, and only what a word of its length and letters can have. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // How alike two words of a length are at least, when they are slips apart: a short one keeps few of its trigrams.
  // The threshold is a setting; the function's own ends with it. Setting it is not allowed beside parallel workers.
  // "is not distinct from" is "=" that no index answers: the trigrams shall be asked, and not all words of a workspace.
  await sql`
    create or replace function rock_words_like(workspace text, typed text) returns setof text
      language plpgsql stable parallel unsafe rows 10 set pg_trgm.similarity_threshold = 0.16 as $$
      declare
        letters constant integer := length(typed);
      begin
        if letters > 7 then
          perform set_config('pg_trgm.similarity_threshold', case when letters < 12 then '0.18' else '0.26' end, true);
        end if;
        if typed !~ '[0-9]' then
          return query
            select w.word from rock_words w
            where w.workspace_id is not distinct from workspace and w.word % typed
              and levenshtein_less_equal(w.word, typed, 3) <= 3
            order by levenshtein_less_equal(w.word, typed, 3), w.word limit 15;
        elsif letters = 1 then
          return query select w.word from rock_words w where w.workspace_id = workspace and w.word = typed;
        end if;
        if letters > 1 then
          return query
            select w.word from rock_words w
            where w.workspace_id is not distinct from workspace and w.word like typed || '%'
            order by length(w.word), w.word limit 15;
        end if;
        if letters > 5 then
          return query
            select w.word from rock_words w
            where w.workspace_id = workspace and w.word = any(array(
              select left(typed, first) from generate_series(3, letters - 2) as first))
            order by length(w.word) desc limit 3;
        end if;
      end
    $$`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function rock_words_like(workspace text, typed text) returns setof text
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
}
