/**
 * SQL of a `Person` as one JSON column, for a statement that answers whoever asks: it saves a round trip on the
 * way to the answer. `workspace` and `slackId` are the statement's parameters, such as `$1`. Null for somebody
 * whom Cairn has not met; what it finds goes through `admitKnown`.
 */
export function askerColumn(workspace: `$${number}`, slackId: `$${number}`): string {
  return `(
    select json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name,
      'timezone', coalesce(p.timezone, z.timezone), 'kind', p.kind,
      'isSlackAdmin', p.is_slack_admin, 'isDeactivated', p.deactivated_at is not null)
    from people p join workspaces z on z.id = p.workspace_id
    where p.workspace_id = ${workspace} and p.slack_id = ${slackId})`;
}
