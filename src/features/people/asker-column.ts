/**
 * SQL of a `Person` as one JSON column, for a statement that answers whoever asks: it saves a round trip on the
 * way to the answer. `workspaces` is the alias of their workspace's row there, `slackId` the statement's parameter,
 * such as `$3`. Null for somebody whom Cairn has not met; what it finds goes through `admitKnown`.
 */
export function askerColumn(workspaces: string, slackId: `$${number}`): string {
  return `(
    select json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name,
      'timezone', coalesce(p.timezone, ${workspaces}.timezone), 'kind', p.kind,
      'isAdmin', p.is_slack_admin or p.is_admin, 'isDeactivated', p.deactivated_at is not null)
    from people p
    where p.workspace_id = ${workspaces}.id and p.slack_id = ${slackId})`;
}
