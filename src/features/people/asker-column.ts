/**
 * SQL of a `Person` as one JSON column, for a statement that answers whoever asks: it saves a round trip on the
 * way to the answer. `person` and `workspaces` are the aliases of their rows there. Null for somebody whom Cairn has
 * not met; what it finds goes through `admitKnown`.
 */
export function askerColumn(person: string, workspaces: string): string {
  return `case when ${person}.id is not null then json_build_object('id', ${person}.id, 'slackId', ${person}.slack_id,
    'name', ${person}.name, 'timezone', coalesce(${person}.timezone, ${workspaces}.timezone), 'kind', ${person}.kind,
    'isAdmin', ${person}.is_slack_admin or ${person}.is_admin,
    'isDeactivated', ${person}.deactivated_at is not null) end`;
}
