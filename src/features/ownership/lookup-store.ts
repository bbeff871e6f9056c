import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
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
 * The rocks of the name $2. As an array, of which Postgres expects as many with the name as without it: else it
 * would think a plan for each name worth making, which takes ten times as long as the look-up.
 */
const named = `any(array(select rock_id from rock_names where workspace_id = $1 and normal = $2))`;

/** A row in any case, since it has the asker; the card is null where no rock has the name. */
const cardsForAsker = statement<{ card: CardJson | null; asker: Person | null }>(
  `select case when r.id is not null then ${cardFor('asker.id')} end as card, ${askerColumn('w', '$3')} as asker
  from workspaces w
  left join people asker on asker.workspace_id = w.id and asker.slack_id = $3
  left join rocks r on r.workspace_id = w.id and r.id = ${named} and ${seenBy('r', 'asker.id')}
  ${beside}
  where w.id = $1 limit ${mostAlike}`,
);
const cardsByName = statement<{ card: CardJson }>(
  `select ${cardFor('$3')} as card ${fromRocks}
  where r.workspace_id = $1 and r.id = ${named} and ${seenBy('r', '$3')}
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
  const rows = await cardsForAsker(db, workspaceId, normal, askerSlackId);
  return {
    asker: rows[0]?.asker ?? null,
    cards: rows.flatMap(({ card }) => (card === null ? [] : [readCard({ card })])),
  };
}

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
