import type { Database } from '../../../platform/db/database.ts';
import { button } from '../../../platform/slack/elements.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { listTeams } from '../store.ts';
import { zoneLines } from '../teams/core/zones.ts';
import { openProposal } from '../teams/operations.ts';
import { listMade } from '../teams/store.ts';
import { teamActions } from './actions.ts';
import type { GuideStep } from './step.ts';
import { countZones, findSetup } from './store.ts';

/** The first step: done when somebody has said it, though they may have said that there is nobody else. */
export async function whoStep(db: Database, workspaceId: string): Promise<GuideStep> {
  const setup = await findSetup(db, workspaceId);
  return {
    key: 'who',
    title: 'Who sets Cairn up',
    isDone: setup?.whoSaidAt != null,
    lines: ['Admins of Slack are admins here, too. All of this can be changed later.'],
    buttons: [],
  };
}

/** As many teams as are named in a line. */
const mostNamed = 12;

/** The second step: done when there is a team. */
export async function peopleStep(db: Database, workspaceId: string): Promise<GuideStep> {
  const teams = await listTeams(db, workspaceId);
  const made = await listMade(db, workspaceId);
  const open = await openProposal(db, workspaceId);
  const named = teams.slice(0, mostNamed).map(({ name }) => inline(name));
  const more = teams.length > named.length ? [`${teams.length - named.length} more`] : [];
  const count = teams.length === 1 ? 'One team' : `${teams.length} teams`;
  return {
    key: 'people',
    title: 'People, zones and teams',
    isDone: teams.length > 0,
    lines: [
      ...zoneLines(await countZones(db, workspaceId)),
      teams.length === 0 ? 'No team yet.' : `*${count}*: ${[...named, ...more].join(', ')}`,
    ],
    buttons: [
      button('Teams from Slack', teamActions.pick, 'pick'),
      ...(open === null
        ? []
        : [
            button(
              open.teams === 1 ? 'Go on with the proposed team' : `Go on with ${open.teams} proposed teams`,
              teamActions.preview,
              String(open.id),
            ),
          ]),
      ...(made.length > 0 ? [button('Remove a team', teamActions.removing, 'removing')] : []),
    ],
  };
}
