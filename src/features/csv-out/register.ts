import { decisionsFor } from '../decisions/reading-operations.ts';
import { exportTeams } from '../people/export.ts';
import { exportAccounts } from '../research/export.ts';
import { cellOf, channelCell } from './core/cells.ts';
import { listEverybody } from './store.ts';
import type { Reading, Table } from './table.ts';

const decisionColumns = [
  ...['Number', 'Question', 'State', 'Outcome', 'Why', 'Options', 'Driver', 'Approver', 'Contributors'],
  ...[
    'Informed',
    'Due',
    'Decided on',
    'Decided by',
    'Look again',
    'About',
    'Team',
    'Superseded by',
    'Source',
  ],
];

/** Every decision that the reader sees, the latest first; what it is about is named as far as they see that. */
export async function decisionsTable({ db, workspaceId, readerId, naming }: Reading): Promise<Table> {
  const names = (people: readonly { id: number }[]) => cellOf(people.map(({ id }) => naming.person(id)));
  const decisions = await decisionsFor(db, workspaceId, readerId);
  const rows = decisions.map((decision) => ({
    Number: decision.number,
    Question: decision.question,
    State: decision.state,
    Outcome: decision.outcome,
    Why: decision.why,
    Options: cellOf(decision.options),
    Driver: naming.person(decision.driver.id),
    Approver: naming.person(decision.approver.id),
    Contributors: names(decision.contributors),
    Informed: names(decision.informed),
    Due: decision.dueOn?.toString() ?? null,
    'Decided on': decision.decidedAt?.toString().slice(0, 10) ?? null,
    'Decided by': decision.decidedBy === null ? null : naming.person(decision.decidedBy.id),
    'Look again': decision.lookAgainOn?.toString() ?? null,
    About: cellOf(decision.about.map(({ name }) => name)),
    Team: decision.team?.name ?? null,
    'Superseded by': decision.supersededBy,
    Source: decision.sourceUrl,
  }));
  return { columns: decisionColumns, rows };
}

const peopleColumns = [
  ...['Name', 'Short name', 'Email', 'Slack ID', 'Time zone', 'Teams', 'Admin', 'Guest', 'Left', 'Limit'],
];

/** Who is in the workspace, also who left. */
export async function peopleTable({ db, workspaceId }: Reading): Promise<Table> {
  const yes = (is: boolean) => (is ? 'yes' : null);
  const rows = (await listEverybody(db, workspaceId)).map((person) => ({
    Name: person.name,
    'Short name': person.handle,
    Email: person.email,
    'Slack ID': person.slackId,
    'Time zone': person.timezone,
    Teams: cellOf(person.teams),
    Admin: yes(person.isAdmin),
    Guest: yes(person.isGuest),
    Left: yes(person.hasLeft),
    Limit: person.limit,
  }));
  return { columns: peopleColumns, rows };
}

/** The teams, with whom they lead and who is in them. */
export async function teamsTable({ db, workspaceId, naming, seen }: Reading): Promise<Table> {
  const teams = await exportTeams(db, workspaceId, naming);
  const rows = teams.map((team) => ({
    Team: cellOf(team['name']),
    Key: cellOf(team['key']),
    Lead: cellOf(team['lead']),
    Channel: channelCell(team['channel'], seen.hiddenChannels),
    Members: cellOf(team['members']),
  }));
  return { columns: ['Team', 'Key', 'Lead', 'Channel', 'Members'], rows };
}

/** The accounts of customers; what was talked about stays where it is. */
export async function accountsTable({ db, workspaceId }: Reading): Promise<Table> {
  const rows = (await exportAccounts(db, workspaceId)).map((account) => ({
    Account: cellOf(account['name']),
    Key: cellOf(account['key']),
    'Cool-down': cellOf(account['cool_down']),
  }));
  return { columns: ['Account', 'Key', 'Cool-down'], rows };
}
