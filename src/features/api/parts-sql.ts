import { type RawBuilder, sql } from 'kysely';

/**
 * Parts of the statements that read for other tools. What they may see is what everybody in the workspace may see; whether
 * that is so is asked for a viewer who is nobody.
 */
export const nobody = 0;

export type PersonAnswer = { name: string; handle: string | null; slack_id: string | null };
export type Present = PersonAnswer & { away_until: string | null };
export type Named = { key: string; name: string };
export type Titled = { key: string; title: string };
export type Supported = Titled & { kind: 'objective' | 'intent' | 'initiative' };

/** The person of the row `p`; null where the row is not there. */
export function personOf(p: string): RawBuilder<PersonAnswer | null> {
  return sql`case when ${column(p, 'id')} is not null then json_build_object(${fieldsOf(p)}) end`;
}

/** The same, of a row that is always there. */
export function aPerson(p: string): RawBuilder<PersonAnswer> {
  return sql`json_build_object(${fieldsOf(p)})`;
}

/** The fields of a person and the last day of the absence in which they are at the moment, beside their workspace `w`. */
export function presentFieldsOf(p: string): RawBuilder<unknown> {
  return sql`${fieldsOf(p)}, 'away_until', (
    select max(a.ends_on) from absences a where a.person_id = ${column(p, 'id')}
      and (company_now(w) at time zone coalesce(${column(p, 'timezone')}, w.timezone))::date
        between a.starts_on and a.ends_on)`;
}

/** What has a key and a name, of the row `row`; null where the row is not there. */
export function namedOf(row: string): RawBuilder<Named | null> {
  return sql`case when ${column(row, 'id')} is not null then json_build_object(
    'key', ${column(row, 'key')}, 'name', ${column(row, 'name')}) end`;
}

/** What has a key and a title. */
export function titledOf(row: string): RawBuilder<Titled | null> {
  return sql`case when ${column(row, 'id')} is not null then json_build_object(
    'key', ${column(row, 'key')}, 'title', ${column(row, 'title')}) end`;
}

/** What something supports: the objective of the row `o`, else the line of the strategy in force of the row `l`. */
export function supportedOf(o: string, l: string): RawBuilder<Supported | null> {
  return sql`case
    when ${column(o, 'id')} is not null then json_build_object('kind', 'objective',
      'key', ${column(o, 'key')}, 'title', ${column(o, 'title')})
    when ${column(l, 'id')} is not null then json_build_object('kind', ${column(l, 'kind')},
      'key', ${column(l, 'key')}, 'title', ${column(l, 'title')}) end`;
}

/** The conditions that hold all together; those that are null are not asked. */
export function every(conditions: readonly (RawBuilder<unknown> | null)[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.join(
    conditions.filter((condition) => condition !== null),
    sql` and `,
  )}`;
}

function fieldsOf(p: string): RawBuilder<unknown> {
  return sql`'name', ${column(p, 'name')}, 'handle', ${column(p, 'handle')}, 'slack_id', ${column(p, 'slack_id')}`;
}

function column(row: string, name: string): RawBuilder<unknown> {
  return sql.ref(`${row}.${name}`);
}
