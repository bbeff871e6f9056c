import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { gathered } from '../../platform/db/gathered.ts';
import { statement } from '../../platform/db/statement.ts';
import { askerColumn } from '../people/asker-column.ts';
import type { Person } from '../people/core/person.ts';
import type { PersonRef, RockCard } from './core/rock.ts';
import { cardFor, seenBy } from './lookup-sql.ts';

/** JSON has no instants and no dates: they are text there. */
type Json<T> = T extends Temporal.Instant | Temporal.PlainDate
  ? string
  : T extends object
    ? { [Key in keyof T]: Json<T[Key]> }
    : T;

/** A card as Postgres gives it: lists without entries are null. */
type CardJson = Json<Omit<RockCard, 'backups' | 'contributors' | 'links'>> & {
  backups: Json<RockCard['backups']> | null;
  contributors: RockCard['contributors'] | null;
  links: RockCard['links'] | null;
};

/** The rocks `r`, with what their cards are made of. */
const beside = `
  left join teams t on t.id = r.team_id
  left join channels c on c.id = r.channel_id`;
const fromRocks = `
  from rocks r
  join workspaces w on w.id = r.workspace_id${beside}`;

/** More rocks of one name than an answer offers. */
const mostAlike = 6;

/**
 * The rocks of a name. As an array, of which Postgres expects as many with the name as without it: else it would think
 * a plan for each name worth making, which takes ten times as long as the look-up.
 */
const named = (workspace: string, normal: string) =>
  `any(array(select rock_id from rock_names where workspace_id = ${workspace} and normal = ${normal}))`;

type Asked = { workspaceId: string; normal: string; askerSlackId: string };
type AskedRow = { place: number; card: CardJson | null; asker: Person | null };

/**
 * For several who ask, in order. A row for each of them in any case, since it has the asker; the card is null where no
 * rock has the name. The arrays stand in a row of their own, which keeps Postgres from counting what is in them and
 * making a plan for each number.
 */
const cardsForAskers = statement<AskedRow>(`
  select asked.place, ${askerColumn('asker', 'w')} as asker,
    case when r.id is not null then ${cardFor('asker.id')} end as card
  from (select $1::text[] as workspaces, $2::text[] as normals, $3::text[] as askers offset 0) as given,
    unnest(given.workspaces, given.normals, given.askers) with ordinality as asked (workspace, normal, slack_id, place)
  join workspaces w on w.id = asked.workspace
  left join people asker on asker.workspace_id = w.id and asker.slack_id = asked.slack_id
  left join lateral (
    select r.* from rocks r
    where r.workspace_id = w.id and r.id = ${named('w.id', 'asked.normal')} and ${seenBy('r', 'asker.id')}
    limit ${mostAlike}) r on true
  ${beside}`);
const cardsByName = statement<{ card: CardJson }>(
  `select ${cardFor('$3')} as card ${fromRocks}
  where r.workspace_id = $1 and r.id = ${named('$1', '$2')} and ${seenBy('r', '$3')}
  order by r.state = 'retired', r.key limit ${mostAlike}`,
);
const cardsByPlace = statement<{ card: CardJson }>(`
  with seen as (
    select r.id, l.place from rock_links l join rocks r on r.id = l.rock_id
    where l.workspace_id = $1 and l.place = any($2::text[]) and ${seenBy('r', '$3')}
  )
  select ${cardFor('$3')} as card ${fromRocks}
  where r.workspace_id = $1 and r.id in (
    select id from seen where length(place) = (select max(length(place)) from seen))
  order by r.state = 'retired', r.key limit ${mostAlike}`);
const cardById = statement<{ card: CardJson }>(
  `select ${cardFor('$3')} as card ${fromRocks} where r.workspace_id = $1 and r.id = $2 and ${seenBy('r', '$3')}`,
);

/** By the longest of the places, from $2's first on, below which any link is: `…/` to `…0` are what begins with it. */
const rocksBelowPlaces = statement<{ rockId: number }>(`
  with below as (
    select above.depth, l.rock_id
    from unnest($2::text[]) with ordinality as above (place, depth), lateral (
      select distinct l.rock_id from rock_links l join rocks r on r.id = l.rock_id
      where l.workspace_id = $1 and l.place collate "C" >= above.place || '/'
        and l.place collate "C" < above.place || '0' and ${seenBy('r', '$3')}
      limit ${mostAlike}) l
  )
  select rock_id as "rockId" from below where depth = (select min(depth) from below) order by rock_id`);

/**
 * The rocks of exactly this name that the asker sees, and who asks, in a single statement: what most questions need.
 * Of an asker whom Cairn has not met nothing is known yet, so the rocks are those that everybody sees.
 */
export async function findCardsForAsker(
  db: Database,
  workspaceId: string,
  normal: string,
  askerSlackId: string,
): Promise<{ cards: RockCard[]; asker: Person | null }> {
  return await askForCards(db, { workspaceId, normal, askerSlackId });
}

const askForCards = gathered<Asked, { cards: RockCard[]; asker: Person | null }>(async (db, asked) => {
  const rows = await cardsForAskers(
    db,
    asked.map(({ workspaceId }) => workspaceId),
    asked.map(({ normal }) => normal),
    asked.map(({ askerSlackId }) => askerSlackId),
  );
  const answers = asked.map((): { cards: RockCard[]; asker: Person | null } => ({ cards: [], asker: null }));
  for (const { place, card, asker } of rows) {
    const answer = answers[place - 1];
    if (answer === undefined) continue;
    answer.asker = asker;
    if (card !== null) answer.cards.push(readCard({ card }));
  }
  return answers;
});

/** Rocks with exactly this name, key or alias, as they are compared, retired ones last; at most six. */
export async function findCardsByName(
  db: Database,
  workspaceId: string,
  normal: string,
  viewerId: number,
): Promise<RockCard[]> {
  return (await cardsByName(db, workspaceId, normal, viewerId)).map(readCard);
}

/** Rocks with the longest of these places among their links, retired ones last; at most six. */
export async function findCardsByPlace(
  db: Database,
  workspaceId: string,
  places: string[],
  viewerId: number,
): Promise<RockCard[]> {
  return (await cardsByPlace(db, workspaceId, places, viewerId)).map(readCard);
}

/** Rocks with a link below the first of the places, from the longest to the host, below which there is one; at most six. */
export async function findRocksBelow(
  db: Database,
  workspaceId: string,
  places: string[],
  viewerId: number,
): Promise<number[]> {
  return (await rocksBelowPlaces(db, workspaceId, places, viewerId)).map(({ rockId }) => rockId);
}

/** The card of a rock; undefined when it is gone, or when the viewer does not see it. */
export async function findCard(
  db: Database,
  workspaceId: string,
  rockId: number,
  viewerId: number,
): Promise<RockCard | undefined> {
  return (await cardById(db, workspaceId, rockId, viewerId)).map(readCard)[0];
}

function readCard({ card }: { card: CardJson }): RockCard {
  const { owner, loan, past, setDown, retired } = card;
  return {
    ...card,
    now: instant(card.now),
    links: card.links ?? [],
    contributors: card.contributors ?? [],
    backups: (card.backups ?? []).map(withAway),
    owner: owner && {
      ...withAway(owner),
      since: instant(owner.since),
      confirmedAt: owner.confirmedAt === null ? null : instant(owner.confirmedAt),
    },
    loan: loan && { to: loan.to, until: date(loan.until) },
    past: past && { askPerson: past.askPerson, until: instant(past.until) },
    setDown: setDown && {
      ...setDown,
      at: instant(setDown.at),
      lookAgainOn: setDown.lookAgainOn === null ? null : date(setDown.lookAgainOn),
    },
    retired: retired && { ...retired, at: instant(retired.at) },
  };
}

function withAway<P extends PersonRef & { away: { until: string } | null }>(person: P) {
  return { ...person, away: person.away && { until: date(person.away.until) } };
}

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
