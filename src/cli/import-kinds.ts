import { importCalendar } from '../cadence/calendar-import.ts';
import type { DayOff } from '../cadence/core/rule.ts';
import type { DaysOff } from '../cadence/days-off.ts';
import { importCadences } from '../cadence/import.ts';
import { markAllHomes } from '../delivery/homes.ts';
import { importLoans, type LoanEntry } from '../features/handoffs/import-loans.ts';
import { importCycles } from '../features/okrs/import.ts';
import { importKeyResults } from '../features/okrs/import-key-results.ts';
import { importObjectives } from '../features/okrs/import-objectives.ts';
import { importRocks } from '../features/ownership/import.ts';
import { importPeople } from '../features/people/import.ts';
import { importChannels } from '../features/people/import-channels.ts';
import type { PersonPlan, PersonRow } from '../features/people/import-matching.ts';
import { importTeams } from '../features/people/import-teams.ts';
import { importPlaybook } from '../features/playbook/import.ts';
import { importAccounts } from '../features/research/import.ts';
import { importRoadmap } from '../features/roadmap/import.ts';
import { importSettings } from '../features/setup/import.ts';
import { importStrategy } from '../features/strategy/import.ts';
import { moving } from '../moving.ts';
import { got, type Importing, type Tally } from '../platform/db/importing.ts';
import type { CairnFile } from './cairn-file/read.ts';

/** How many of each kind, in the order of the format. */
export type Tallies = { kind: string; tally: Tally }[];

/** Writes what a file says that nothing is wrong with: each kind after those that it refers to. */
export async function writeKinds(
  importing: Importing,
  file: CairnFile,
  given: {
    people: PersonPlan[];
    rows: PersonRow[];
    daysOff: DaysOff;
    dayOff: DayOff;
  },
): Promise<{ tallies: Tallies; notes: string[] }> {
  const named = [...file.teams, ...file.rocks, ...file.cadences].flatMap(({ channel }) => channel ?? []);
  const { productOperations, leaders } = file.settings ?? {};
  const channels = await importChannels(
    importing,
    [...named, productOperations, leaders].filter((name) => name !== undefined),
  );
  const settings = await importSettings(importing, file.settings, channels);
  const people = await importPeople(importing, given.people, given.rows);
  const teams = await importTeams(importing, file.teams, { people: people.ids, channels });
  const strategy = await importStrategy(importing, file.strategy, people.ids);
  const refer = { people: people.ids, teams: teams.ids, channels, lines: strategy.ids };
  const rocks = await importRocks(importing, file.rocks, refer, moving);
  const lent = await importLoans(importing, loansIn(importing, file.rocks, rocks, people.ids));
  const cycles = await importCycles(importing, file.cycles);
  const objectives = await importObjectives(importing, file.objectives, { ...refer, cycles: cycles.ids });
  const keyResults = await importKeyResults(importing, file.objectives, {
    people: people.ids,
    objectives: objectives.ids,
  });
  const roadmap = await importRoadmap(importing, file.roadmap, {
    ...refer,
    rocks: rocks.ids,
    objectives: objectives.ids,
  });
  const playbook = await importPlaybook(importing, file.playbook);
  const calendar = await importCalendar(importing, given.daysOff, file.calendar);
  const cadences = await importCadences(importing, file.cadences, {
    ...refer,
    timezone: importing.timezone,
    dayOff: given.dayOff,
    isCalendarChanged: calendar.isChanged,
  });
  const accounts = await importAccounts(importing, file.accounts);
  await markAllHomes(importing.tx, importing.workspaceId);
  const tallies = [
    { kind: 'people', tally: people.tally },
    { kind: 'teams', tally: teams.tally },
    { kind: 'rocks', tally: withChanged(rocks, lent) },
    { kind: 'strategy', tally: strategy.tally },
    { kind: 'cycles', tally: cycles.tally },
    { kind: 'objectives', tally: objectives.tally },
    { kind: 'key results', tally: keyResults.tally },
    { kind: 'roadmap', tally: roadmap.tally },
    { kind: 'playbook', tally: playbook.tally },
    { kind: 'calendar', tally: calendar.tally },
    { kind: 'cadences', tally: cadences.tally },
    { kind: 'settings', tally: settings.tally },
    { kind: 'accounts', tally: accounts.tally },
  ];
  return { tallies, notes: cadences.notes };
}

type ImportedRocks = Awaited<ReturnType<typeof importRocks>>;

/** What the file says of loans. What knows a part of things only says nothing of the loans that it leaves out. */
function loansIn(
  { isPartial }: Importing,
  entries: CairnFile['rocks'],
  { ids, added }: ImportedRocks,
  people: ReadonlyMap<string, number>,
): LoanEntry[] {
  return entries.flatMap(({ key, owner, lent, given }) => {
    if (isPartial && !given.has('lent')) return [];
    return {
      rock: got(ids, key),
      isNew: added.has(key),
      owner: owner === undefined ? null : got(people, owner),
      lent: lent && { to: got(people, lent.to), until: lent.until },
    };
  });
}

/** A rock whose loan alone has changed is a changed rock. */
function withChanged({ tally, changed }: ImportedRocks, lent: readonly number[]): Tally {
  const more = lent.filter((rock) => !changed.has(rock)).length;
  return { added: tally.added, changed: tally.changed + more, unchanged: tally.unchanged - more };
}
