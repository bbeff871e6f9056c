import { sql } from 'kysely';
import type { Tx } from '../../platform/db/database.ts';
import { type Touched, touchedInSlack } from '../../platform/db/import-touched.ts';
import {
  eventsOf,
  got,
  type Importing,
  portions,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { Absence } from './file.ts';
import { replaceAbsences } from './import-absences.ts';
import type { PersonPlan, PersonRow } from './import-matching.ts';

type PersonState = {
  handle: string | null;
  email: string | null;
  slack_id: string | null;
  working_days: number[] | null;
  away: Absence[];
  limit: number | null;
  isAdmin: boolean;
};

/** Everybody in the workspace as an import needs them, the oldest first. */
export async function presentPeople(tx: Tx, workspaceId: string): Promise<PersonRow[]> {
  return await tx
    .selectFrom('people as p')
    .select([
      'p.id',
      'p.handle',
      'p.email',
      'p.slack_id as slackId',
      'p.name',
      'p.working_days as workingDays',
      sql<Absence[]>`coalesce((
        select json_agg(json_build_object('from', a.starts_on, 'until', a.ends_on) order by a.starts_on, a.ends_on)
        from absences a where a.person_id = p.id), '[]')`.as('away'),
      'p.backpack_limit as limit',
      'p.is_admin as isAdmin',
    ])
    .where('p.workspace_id', '=', workspaceId)
    .orderBy('p.id')
    .execute();
}

/**
 * Adds and changes people. Returns everybody's id by short name, those too whom the file does not mention. When
 * they are away, their limit and whether they are an admin stay as people made them in Slack, unless the operator
 * overwrites.
 */
export async function importPeople(
  importing: Importing,
  plans: PersonPlan[],
  rows: PersonRow[],
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const touched = await touchedInSlack(
    importing,
    'person',
    plans.flatMap(({ row }) => row?.id ?? []),
  );
  const wanted = new Map(
    plans.map(({ row, ...plan }): [string, PersonState] => [
      plan.handle,
      row === null ? stateOf(plan) : kept(importing, stateOf(plan), row, touched),
    ]),
  );
  const present = new Map(
    plans.flatMap(({ handle, row }) => (row === null ? [] : [[handle, presentState(row)] as const])),
  );
  const sorted = sortOut<PersonState>(wanted, present);

  const ids = new Map<string, number>();
  for (const row of rows) if (row.handle !== null) ids.set(row.handle, row.id);
  for (const { handle, row } of plans) if (row !== null) ids.set(handle, row.id);
  await updatePeople(
    importing,
    sorted.changed.map(({ key, wanted: { away: _away, ...wanted } }) => ({ id: got(ids, key), ...wanted })),
  );
  for (const portion of portions(sorted.added)) {
    const inserted = await importing.tx
      .insertInto('people')
      .values(
        portion.map(({ key, wanted: { away: _away, limit, isAdmin, ...wanted } }) => ({
          ...wanted,
          backpack_limit: limit,
          is_admin: isAdmin,
          handle: key,
          name: capitalised(key),
          workspace_id: importing.workspaceId,
        })),
      )
      .returning(['id', 'handle'])
      .execute();
    for (const { id, handle } of inserted) ids.set(handle ?? '', id);
  }
  await replaceAbsences(
    importing,
    [...sorted.added, ...sorted.changed.filter(({ after }) => after.away !== undefined)].map(
      ({ key, wanted: { away } }) => ({ id: got(ids, key), away }),
    ),
  );
  await recordImport(
    importing,
    eventsOf('person', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally, ids };
}

/**
 * Two people may trade addresses, and the unique indexes look at each row as it changes, so the old ones go
 * first. A direct channel belongs to the member of Slack and goes with the member ID.
 */
async function updatePeople(
  { tx }: Importing,
  rows: ({ id: number } & Omit<PersonState, 'away'>)[],
): Promise<void> {
  for (const clears of [true, false]) {
    await sql`
      update people set
        handle = v.handle,
        direct_channel = case when ${clears} or people.slack_id = v.slack_id then people.direct_channel end,
        email = case when not ${clears} or people.email = v.email then v.email end,
        slack_id = case when not ${clears} or people.slack_id = v.slack_id then v.slack_id end,
        working_days = v.working_days,
        backpack_limit = v."limit",
        is_admin = v."isAdmin"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as v (id bigint, handle text, email text, slack_id text, working_days smallint[], "limit" smallint, "isAdmin" boolean)
      where people.id = v.id`.execute(tx);
  }
}

function presentState({ handle, email, slackId, workingDays, away, limit, isAdmin }: PersonRow): PersonState {
  return stateOf({
    handle,
    email,
    slack_id: slackId,
    working_days: workingDays,
    away,
    limit,
    isAdmin,
  });
}

const saidInSlack = ['person.said-away', 'person.came-back', 'person.cancelled-away'];

/** What the file says of somebody, but for what people changed in Slack. */
function kept(importing: Importing, told: PersonState, row: PersonRow, touched: Touched): PersonState {
  const present = presentState(row);
  const state = { ...told };
  const keep = (name: string, isTouched: boolean, ...fields: (keyof PersonState)[]): void => {
    const differs = fields.some((field) => JSON.stringify(told[field]) !== JSON.stringify(present[field]));
    if (!isTouched || !differs) return;
    for (const field of fields) Object.assign(state, { [field]: present[field] });
    importing.kept.push(`people.${told.handle} ${name}`);
  };
  keep('away', touched(row.id, ...saidInSlack), 'away');
  keep('limit', touched(row.id, 'limit'), 'limit');
  keep('admin', touched(row.id, 'isAdmin'), 'isAdmin');
  return state;
}

/** Its parts in one order, by which two are compared. */
function stateOf({ handle, email, slack_id, working_days, away, limit, isAdmin }: PersonState): PersonState {
  return { handle, email, slack_id, working_days, away, limit, isAdmin };
}

function capitalised(handle: string): string {
  return handle.charAt(0).toUpperCase() + handle.slice(1);
}
