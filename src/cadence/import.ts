import {
  eventsOf,
  got,
  type Importing,
  recordImport,
  sortOut,
  type Tally,
} from '../platform/db/importing.ts';
import type { DayOff } from './core/rule.ts';
import type { CadenceEntry } from './file.ts';
import { notesOn, notIn, outsideOf } from './import-notes.ts';
import {
  type CadenceState,
  presentCadences,
  replaceTeams,
  rescheduleAll,
  saveCadences,
} from './import-store.ts';

/**
 * Adds and changes cadences. The state of one that is there stays as people made it in Slack, unless the operator
 * overwrites. One in a channel that Cairn is not in is kept paused, and goes on when it is imported again after Cairn was
 * invited. `notes` are lines for whoever imports.
 */
export async function importCadences(
  importing: Importing,
  entries: CadenceEntry[],
  refer: {
    teams: ReadonlyMap<string, number>;
    channels: ReadonlyMap<string, number>;
    /** The workspace's own zone, for a cadence that names none. */
    timezone: string;
    dayOff: DayOff;
    /** Whether this import has changed the days off. */
    isCalendarChanged: boolean;
  },
): Promise<{ tally: Tally; notes: string[] }> {
  const { ids, states } = await presentCadences(importing.tx, importing.workspaceId);
  const outside = await outsideOf(
    importing,
    entries.map(({ channel }) => got(refer.channels, channel)),
  );
  const wanted = new Map(
    entries.map((entry): [string, CadenceState] => {
      const channelId = got(refer.channels, entry.channel);
      const present = states.get(entry.key);
      const reason = outside.has(channelId) ? notIn(entry.channel) : null;
      return [
        entry.key,
        {
          ritual: entry.ritual,
          channel_id: channelId,
          schedule: entry.schedule,
          timezone: entry.timezone ?? refer.timezone,
          starts_on: entry.starts ?? null,
          on_holiday: entry.on_holiday,
          cycle: entry.cycle,
          nudge_after: entry.nudge_after ?? null,
          close_after: entry.close_after ?? null,
          catch_up: entry.catch_up,
          ...stateOf(entry, present, reason, importing.overwrite),
          teams: entry.teams.map((team) => got(refer.teams, team)).sort((a, b) => a - b),
        },
      ];
    }),
  );
  const sorted = sortOut<CadenceState>(wanted, states);
  await saveCadences(importing, sorted, ids, refer.dayOff);
  await replaceTeams(importing, sorted, ids);
  if (refer.isCalendarChanged) await rescheduleAll(importing, refer.dayOff);
  await recordImport(
    importing,
    eventsOf('cadence', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally, notes: await notesOn(importing, entries, wanted) };
}

/** `reason` says why Cairn cannot speak in the channel; null: it can, or nobody knows yet. */
function stateOf(
  entry: CadenceEntry,
  present: CadenceState | undefined,
  reason: string | null,
  overwrite: boolean,
): Pick<CadenceState, 'state' | 'pause_reason'> {
  const isPausedByImport = present?.state === 'paused' && present.pause_reason === notIn(entry.channel);
  const waits = isPausedByImport && (entry.state === 'paused' || reason !== null);
  if (present !== undefined && !overwrite && (waits || !isPausedByImport)) {
    return { state: present.state, pause_reason: present.pause_reason };
  }
  if (entry.state === 'active' && reason === null) return { state: 'active', pause_reason: null };
  if (present?.state === 'paused') return { state: 'paused', pause_reason: present.pause_reason };
  return { state: 'paused', pause_reason: entry.state === 'paused' ? null : reason };
}
