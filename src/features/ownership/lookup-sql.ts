/** Parts of the statements that look rocks up. */

/** A `PersonRef` of the people's row `p`, as arguments of json_build_object. */
export const personRef = `'id', p.id, 'slackId', p.slack_id, 'name', p.name, 'isDeactivated', p.deactivated_at is not null`;

/**
 * Whether `viewer`, a person's id, may see the rock. It asks first what is true of nearly every rock and costs
 * nothing, before the function that looks who somebody is to it.
 */
export function seenBy(rock: string, viewer: string): string {
  return `(${rock}.visibility = 'workspace' or sees(${rock}, ${viewer}))`;
}
