import type { Database } from '../../platform/db/database.ts';
import { statement } from '../../platform/db/statement.ts';
import type { Candidate } from './core/ranking.ts';
import { seenBy } from './lookup-sql.ts';

/** More names than this are no longer looked through: so many share a word that it tells nothing. */
const mostCandidates = 200;
const mostBySummary = 20;

/** Whether it is of the workspace $1, asked so that no index answers it: words find a few, a workspace has a million. */
const ofWorkspace = (table: string) => `${table}.workspace_id is not distinct from $1`;

/** Names `n` of rocks `r` of the workspace that the viewer $5 sees. */
function names(condition: string): string {
  return `
    select n.rock_id, n.kind, n.normal, r.state
    from rock_names n join rocks r on r.id = n.rock_id
    where ${seenBy('r', '$5')} and ${condition}
    limit ${mostCandidates}`;
}

/**
 * In one statement: for each typed word of $2 the words that may be meant; names that have one for every typed word;
 * where there are none, names that lack one of them; names with the same letters ($3), or with these as initials;
 * and where no name has all the words, rocks whose summary has what was typed ($4).
 */
const candidates = statement<Candidate>(`
  with typed as (
    -- as a row of its own, which keeps Postgres from counting the words and making a plan for each number of them
    select place, word from (select $2::text[] as words offset 0) as given,
      unnest(given.words) with ordinality as t (word, place)
  ), meant as (
    select place, '(' || string_agg(distinct quote_literal(w.word), '|') || ')' as words
    from typed, rock_words_like($1, typed.word) as w (word) group by place
  ), every as (
    select every_third[1]::tsquery as first, coalesce(every_third[2], every_third[1])::tsquery as second,
      coalesce(every_third[3], every_third[1])::tsquery as third
    from (select array_agg(words) as every_third from (
      select string_agg(words, '&') as words from meant group by place % 3) as thirds) as all_thirds
  ), having_all as materialized (
    -- three conditions, since Postgres leaps ahead between conditions, but not within one
    ${names(`${ofWorkspace('n')} and words_of(n.normal) @@ (select first from every)
      and words_of(n.normal) @@ (select second from every) and words_of(n.normal) @@ (select third from every)`)}
  ), but_one as (
    select string_agg('(' || (
      select string_agg(o.words, '&') from meant o where o.place <> m.place) || ')', '|')::tsquery as query
    from meant m where (select count(*) from meant) > 1 and not exists (select from having_all)
  ), found as (
    select * from having_all
    union (${names(`${ofWorkspace('n')} and words_of(n.normal) @@ (select query from but_one)`)})
    union (${names(`n.workspace_id = $1 and replace(n.normal, ' ', '') = $3`)})
    union (${names(`n.workspace_id = $1 and n.kind <> 'key' and n.normal like '% %' and initials_of(n.normal) = $3`)})
    union (
      select r.id, 'summary', '', r.state from rocks r
      where ${ofWorkspace('r')} and ${seenBy('r', '$5')} and not exists (select from having_all)
        and to_tsvector('cairn', coalesce(r.summary, '')) @@ plainto_tsquery('cairn', $4)
      limit ${mostBySummary})
  )
  select rock_id as "rockId", kind, normal, state = 'retired' as "isRetired" from found`);

/** Rocks that may be meant by `text`, whose normal name is nobody's, as far as the viewer sees them; in no order. */
export async function findCandidates(
  db: Database,
  workspaceId: string,
  text: string,
  normal: string,
  viewerId: number,
): Promise<Candidate[]> {
  const words = [...new Set(normal.split(' '))].slice(0, mostWords);
  return await candidates(db, workspaceId, words, normal.replaceAll(' ', ''), text, viewerId);
}

/** Nobody calls a rock by more words; a sentence is cut. */
const mostWords = 12;
