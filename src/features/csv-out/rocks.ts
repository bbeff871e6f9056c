import { readCompanyClock } from '../../platform/db/company-time.ts';
import { dayOf } from '../../platform/db/import-days.ts';
import type { Fields } from '../../platform/file/writing.ts';
import { exportLoans } from '../handoffs/export.ts';
import { weights } from '../ownership/core/rock-fields.ts';
import { exportRocks } from '../ownership/export.ts';
import { cellOf, channelCell, fieldOf, visibilityCell } from './core/cells.ts';
import { readChannelNames } from './store.ts';
import type { Reading, Table } from './table.ts';

const columns = [
  ...['Rock', 'Key', 'Owner', 'Backup', 'Team', 'Channel', 'Other names', 'Type', 'Discipline'],
  ...['Importance', 'Weight', 'Summary', 'Link', 'Supports', 'Confirmed', 'Carried since', 'On loan with'],
  ...['State', 'Reason', 'Visible to'],
];

/** Every rock that the reader sees, with who carries it and when they last said so. */
export async function rocksTable({ db, workspaceId, naming, seen }: Reading): Promise<Table> {
  const { now, zone: timezone } = await readCompanyClock(db, workspaceId);
  const loans = await exportLoans(db, workspaceId, dayOf(now, timezone));
  const channels = await readChannelNames(db, workspaceId);
  const refer = { naming, channels, loans, timezone };
  const rocks = await exportRocks(db, workspaceId, refer);
  return {
    columns,
    rows: rocks
      .filter(({ key }) => seen.rocks.has(String(key)))
      .map((rock) => rowOf(rock, seen.hiddenChannels)),
  };
}

function rowOf(rock: Fields, hidden: ReadonlySet<string>): Record<string, string | number | null> {
  const confirmed = rock['confirmed'];
  const over = rock['set_down'] ?? rock['retired'];
  return {
    Rock: cellOf(rock['name']),
    Key: cellOf(rock['key']),
    Owner: cellOf(rock['owner']),
    Backup: cellOf(rock['backups']),
    Team: cellOf(rock['team']),
    Channel: channelCell(rock['channel'], hidden),
    'Other names': cellOf(rock['aliases']),
    Type: cellOf(rock['type'] ?? 'area'),
    Discipline: cellOf(rock['discipline']),
    Importance: cellOf(rock['importance']),
    Weight: cellOf(rock['weight'] ?? weights.usual),
    Summary: cellOf(rock['summary']),
    Link: cellOf(fieldOf(rock['links'], 'url')),
    Supports: cellOf(rock['supports']),
    Confirmed: confirmed === false ? 'not yet' : cellOf(confirmed),
    'Carried since': cellOf(rock['owned_since']),
    'On loan with': cellOf(fieldOf(rock['lent'], 'to')),
    State: stateOf(rock),
    Reason: cellOf(fieldOf(over, 'why')),
    'Visible to': visibilityCell(rock['visibility']),
  };
}

function stateOf(rock: Fields): string {
  if (rock['retired'] !== undefined) return 'retired';
  if (rock['set_down'] !== undefined) return 'set down';
  if (rock['owner'] === undefined) return 'unowned';
  return rock['acting'] === true ? 'acting owner' : 'owned';
}
