import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { meet, type PeopleDeps } from './operations.ts';

/** As many members of a group as are looked at: one is asked for in Slack whom Cairn has not met yet. */
const mostMembers = 200;

/** Who is in a user group of Slack's now, by our ids. Refuses what Slack does not tell, with words. */
export async function findGroup(
  deps: PeopleDeps,
  workspaceId: string,
  group: { slackId: string; name: string | null },
): Promise<Result<{ name: string; personIds: number[] }>> {
  const members = await deps.directory.groupMembers(group.slackId);
  if (members === 'unreadable') {
    return refused(
      'groups-unreadable',
      'I may not read user groups in this workspace. Ask about a person instead, such as `/owner @ana`; a Slack admin can give me the optional scope `usergroups:read`, where the plan has user groups.',
    );
  }
  if (members === 'unknown') return refused('unknown-group', "I don't know that user group.");
  const personIds: number[] = [];
  for (const slackId of members.slice(0, mostMembers)) {
    const person = await meet(deps, workspaceId, slackId);
    if (person !== undefined) personIds.push(person.id);
  }
  return accepted({ name: group.name ?? 'that group', personIds });
}
