import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { type Fields, inOrder, type Naming, plainText, some, told } from '../../platform/file/writing.ts';
import { handlesFor, isAddress, isHandle, isMemberId } from './core/handle.ts';
import { type Absence, weekdays } from './file.ts';

type Person = {
  id: number;
  handle: string | null;
  email: string | null;
  slackId: string | null;
  name: string;
  limit: number | null;
  isAdmin: boolean;
  workingDays: number[] | null;
  away: Absence[];
};
type Team = { id: number; key: string };

/** Names everybody of a workspace, and remembers who was named. */
export class PeopleNaming implements Naming {
  readonly #handles: ReadonlyMap<number, string>;
  readonly #teams: ReadonlyMap<number, string>;
  readonly #people: readonly Person[];
  readonly #named = new Set<number>();

  /** `given` are short names that people shall have who have another one, or none, so far; they are named by it. */
  constructor(people: readonly Person[], teams: readonly Team[], given: ReadonlyMap<number, string>) {
    const handles = new Map(given);
    for (const { id, handle } of people) {
      if (!handles.has(id) && handle !== null && isHandle(handle)) handles.set(id, handle);
    }
    const nameless = people.filter(({ id }) => !handles.has(id));
    for (const [id, handle] of handlesFor(nameless, handles.values())) handles.set(id, handle);
    for (const id of given.keys()) this.#named.add(id);
    this.#handles = handles;
    this.#teams = new Map(teams.map(({ id, key }) => [id, key]));
    this.#people = people;
  }

  person(id: number): string {
    this.#named.add(id);
    return this.#handles.get(id) ?? `person-${id}`;
  }

  team(id: number): string {
    return this.#teams.get(id) ?? `team-${id}`;
  }

  /**
   * The people of the export: whom a file has named before, whom something named now refers to, and of whom there
   * is something to say. Ask when all else is named. The rest of Slack's directory is Slack's.
   */
  people(): Map<string, Fields> {
    const shown = this.#people.filter((person) => {
      const { id, handle, limit, isAdmin, workingDays, away } = person;
      const hasMore = limit !== null || isAdmin || workingDays !== null || away.length > 0;
      return handle !== null || this.#named.has(id) || hasMore;
    });
    const entries = shown.map((person) => ({ handle: this.person(person.id), fields: fieldsOf(person) }));
    return new Map(inOrder(entries, ({ handle }) => handle).map(({ handle, fields }) => [handle, fields]));
  }
}

function fieldsOf({ email, slackId, limit, isAdmin, workingDays, away }: Person): Fields {
  return told({
    email: email !== null && isAddress(email) ? email : null,
    slack: slackId !== null && isMemberId(slackId) ? slackId : null,
    admin: isAdmin ? true : null,
    limit,
    working_days: workingDays?.map((day) => weekdays[day - 1]),
    away: some(away),
  });
}

export async function readNaming(
  db: Database,
  workspaceId: string,
  given: ReadonlyMap<number, string> = new Map(),
): Promise<PeopleNaming> {
  const people = await db
    .selectFrom('people as p')
    .select([
      'p.id',
      'p.handle',
      'p.email',
      'p.slack_id as slackId',
      'p.name',
      'p.backpack_limit as limit',
      'p.is_admin as isAdmin',
      'p.working_days as workingDays',
      sql<Absence[]>`coalesce((
        select json_agg(json_build_object('from', a.starts_on, 'until', a.ends_on) order by a.starts_on, a.ends_on)
        from absences a where a.person_id = p.id), '[]')`.as('away'),
    ])
    .where('p.workspace_id', '=', workspaceId)
    .execute();
  const teams = await db
    .selectFrom('teams')
    .select(['id', 'key'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new PeopleNaming(people, teams, given);
}

/** The workspace's teams as a file has them. */
export async function exportTeams(db: Database, workspaceId: string, naming: Naming): Promise<Fields[]> {
  const teams = await db
    .selectFrom('teams as t')
    .leftJoin('channels as c', 'c.id', 't.channel_id')
    .select([
      't.key',
      't.name',
      't.lead_id as leadId',
      'c.name as channel',
      sql<
        number[]
      >`coalesce((select json_agg(m.person_id) from team_members m where m.team_id = t.id), '[]')`.as(
        'members',
      ),
    ])
    .where('t.workspace_id', '=', workspaceId)
    .execute();
  return inOrder(teams, ({ key }) => key).map(({ key, name, leadId, channel, members }) =>
    told({
      key,
      name: plainText(name),
      lead: leadId === null ? null : naming.person(leadId),
      channel: channel === null ? null : `#${channel}`,
      members: some(
        inOrder(
          members.map((id) => naming.person(id)),
          (handle) => handle,
        ),
      ),
    }),
  );
}
