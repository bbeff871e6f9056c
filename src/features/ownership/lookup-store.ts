import { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { statement } from '../../platform/db/statement.ts';
import { askerColumn } from '../people/asker-column.ts';
import type { Person } from '../people/core/person.ts';
import type { PersonRef, RockCard } from './core/rock.ts';
import { personRef, seenBy } from './lookup-sql.ts';

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

/** The last day of the absence in which `p` is at the moment, by the calendar of their own zone. */
const away = `(
  select json_build_object('until', max(a.ends_on)) from absences a
  where a.person_id = p.id
    and (company_now(w) at time zone coalesce(p.timezone, w.timezone))::date between a.starts_on and a.ends_on
  having count(*) > 0)`;

/** The whole answer for the viewer: every part is a look-up by key. */
function cardFor(viewer: string): string {
  return `json_build_object(
    'id', r.id, 'key', r.key, 'name', r.name, 'summary', r.summary, 'type', r.type, 'discipline', r.discipline,
    'importance', r.importance, 'weight', r.weight, 'visibility', r.visibility, 'state', r.state,
    'team', t.name, 'teamId', t.id, 'now', company_now(w), 'timezone', w.timezone,
    'channel', case when c.id is not null then json_build_object('slackId', c.slack_id, 'name', c.name) end,
    'owner', (
      select json_build_object(${personRef}, 'timezone', coalesce(p.timezone, w.timezone), 'away', ${away},
        'since', s.began_at, 'confirmedAt', s.confirmed_at, 'isActing', s.began = 'acting')
      from stints s join people p on p.id = s.person_id
      where s.rock_id = r.id and s.ended_at is null),
    'backups', (
      select json_agg(json_build_object(${personRef}, 'away', ${away}) order by b.position)
      from rock_backups b join people p on p.id = b.person_id where b.rock_id = r.id),
    'contributors', (
      select json_agg(json_build_object(${personRef}, 'discipline', rc.discipline) order by rc.discipline, p.name)
      from rock_contributors rc join people p on p.id = rc.person_id where rc.rock_id = r.id),
    'loan', (
      select json_build_object('until', h.until_on,
        'to', json_build_object(${personRef}, 'timezone', coalesce(p.timezone, w.timezone)))
      from handoffs h join people p on p.id = h.to_id
      where h.rock_id = r.id and h.kind = 'lend' and h.state = 'accepted'),
    'past', (
      select json_build_object('until', h.overlap_until, 'askPerson', json_build_object(${personRef}))
      from handoffs h join people p on p.id = h.from_id and p.deactivated_at is null
      where h.rock_id = r.id and h.state = 'overlap' and h.overlap_until > company_now(w)
        and not exists (select from stints s
          where s.rock_id = r.id and s.ended_at is null and s.person_id = h.from_id)
      order by h.accepted_at desc, h.id desc limit 1),
    'setDown', case when r.state = 'set-down' then json_build_object(
      'at', r.set_down_at, 'reason', r.set_down_reason, 'lookAgainOn', r.look_again_on,
      'by', (select json_build_object(${personRef}) from people p where p.id = r.set_down_by)) end,
    'retired', case when r.state = 'retired' then json_build_object(
      'at', r.retired_at, 'reason', r.retired_reason,
      'successor', (select json_build_object('id', n.id, 'name', n.name)
        from rocks n where n.id = r.successor_id and ${seenBy('n', viewer)})) end,
    'links', (
      select json_agg(json_build_object('label', l.label, 'url', l.url) order by l.position)
      from rock_links l where l.rock_id = r.id and l.position < 3)
  )`;
}

/** The rocks `r` of the workspace $1, with what their cards are made of. */
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
