import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';

/** What an agenda is about: which teams (empty: all of them), since when, and the day it is held on. */
export type Scope = {
  workspaceId: string;
  teamIds: readonly number[];
  /** When the last review was held; of the first one, a month before it. */
  since: Temporal.Instant;
  on: Temporal.PlainDate;
  cadenceId: number;
};

/** As many lines as one source gives; an agenda has room for fewer. */
export const mostOfSource = 40;

/** Whether a column of teams is within the scope; what belongs to no team is, where no teams are chosen. */
export function ofTeams({ teamIds }: Scope, column: string): RawBuilder<unknown> {
  return teamIds.length === 0 ? sql`true` : sql`${sql.ref(column)} = any(${[...teamIds]}::bigint[])`;
}

/** A person as a statement gives them. */
export type Ref = { id: number; slackId: string | null; name: string };
export const ref = (alias: string) =>
  sql.raw(
    `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'slackId', ${alias}.slack_id, 'name', ${alias}.name) end`,
  );
