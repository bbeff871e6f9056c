import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { PersonRef } from '../core/rock.ts';
import { personRef } from '../lookup-sql.ts';
import type { Chapter, Happening } from './core/story.ts';

const person = sql<PersonRef>`json_build_object(${sql.raw(personRef)})`;

/** What an event says, with the name of the team in place of its id. */
const named = (side: 'before' | 'after') => sql<unknown>`case when e.${sql.raw(side)} ? 'team_id'
  then (e.${sql.raw(side)} - 'team_id') || jsonb_build_object('team', (select t.name from teams t
    where t.workspace_id = e.workspace_id and t.id::text = e.${sql.raw(side)} ->> 'team_id'))
  else e.${sql.raw(side)} end`;

/** Which rock it was split from, went into or took in, where an event says so: of ours by its id, of a file by its key. */
const other = (viewerId: number) => sql<{
  name: string;
} | null>`(select json_build_object('name', r.name) from rocks r
  where r.workspace_id = e.workspace_id and sees(r, ${viewerId}) and (r.key = e.after -> 'retired' ->> 'into'
    or r.id = case when e.type <> 'rock.changed'
      then coalesce(e.after ->> 'into', e.after ->> 'splitFrom', e.after ->> 'successor', e.after ->> 'rock')::bigint
      end))`;

/** As far back as a story goes; a rock changes hands a few times a year. */
const most = { chapters: 200, events: 200 };

/** What is told of every rock; that it was created only of one that was a part of another. */
const toldTypes = [
  'rock.changed',
  'rock.set-down',
  'rock.retired',
  'rock.merged',
  'rock.split',
  'rock.took-in',
  'rock.brought-back',
];

export async function listChapters(db: Database, workspaceId: string, rockId: number): Promise<Chapter[]> {
  return await db
    .selectFrom('stints as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .where('s.workspace_id', '=', workspaceId)
    .where('s.rock_id', '=', rockId)
    .select([
      's.began',
      's.began_at as beganAt',
      's.ended_at as endedAt',
      's.ended',
      's.end_reason as endReason',
      person.as('person'),
    ])
    .orderBy('s.began_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(most.chapters)
    .execute();
}

/** Its loans, and the changes of what the register says of it. Other rocks are named as far as the viewer sees them. */
export async function listHappenings(
  db: Database,
  workspaceId: string,
  rockId: number,
  viewerId: number,
): Promise<Happening[]> {
  const loans = await db
    .selectFrom('handoffs as h')
    .innerJoin('people as p', 'p.id', 'h.to_id')
    .where('h.workspace_id', '=', workspaceId)
    .where('h.rock_id', '=', rockId)
    .where('h.kind', '=', 'lend')
    .where('h.accepted_at', 'is not', null)
    .select(['h.accepted_at as at', 'h.until_on as until', 'h.ended_at as endedAt', person.as('to')])
    .$narrowType<{ at: Temporal.Instant }>()
    .execute();
  const events = await db
    .selectFrom('events as e')
    .leftJoin('people as p', 'p.id', 'e.actor_id')
    .where('e.workspace_id', '=', workspaceId)
    .where('e.subject_kind', '=', 'rock')
    .where('e.subject_id', '=', rockId)
    .where((eb) =>
      eb.or([
        eb('e.type', 'in', toldTypes),
        eb.and([eb('e.type', '=', 'rock.created'), sql<boolean>`e.after ? 'splitFrom'`]),
      ]),
    )
    .select([
      'e.at',
      'e.type',
      named('before').as('before'),
      named('after').as('after'),
      other(viewerId).as('other'),
      sql<PersonRef | null>`case when p.id is not null then ${person} end`.as('by'),
    ])
    .orderBy('e.id', 'desc')
    .limit(most.events)
    .execute();
  return [
    ...loans.map((loan): Happening => ({ kind: 'loan', ...loan })),
    ...events.map((event): Happening => ({ kind: 'event', ...event })),
  ];
}
