import { type CalendarEntry, readCalendar } from '../../cadence/calendar-file.ts';
import { type CadenceEntry, readCadences } from '../../cadence/file.ts';
import { noPlaces, type Places } from '../../cadence/places.ts';
import {
  type CycleEntry,
  type ObjectiveEntry,
  type PresentObjective,
  readCycles,
  readObjectives,
} from '../../features/okrs/file.ts';
import { type PresentRockNames, type RockEntry, readRocks } from '../../features/ownership/file.ts';
import { type PersonEntry, readPeople, readTeams, type TeamEntry } from '../../features/people/file.ts';
import { type PageEntry, type PresentPage, readPlaybook } from '../../features/playbook/file.ts';
import { type AccountEntry, readAccounts } from '../../features/research/file.ts';
import { type RoadmapEntry, readRoadmap } from '../../features/roadmap/file.ts';
import { readSettings, type SettingsEntry } from '../../features/setup/file.ts';
import type { LineKind } from '../../features/strategy/core/strategy.ts';
import { readStrategy, type StrategyEntry } from '../../features/strategy/file.ts';
import { isMap, unknownKey } from '../../platform/file/entries.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';
import { Names } from '../../platform/file/names.ts';

/** A whole cairn.yaml of version 1, every reference in it known to lead somewhere. */
export type CairnFile = {
  people: PersonEntry[];
  teams: TeamEntry[];
  rocks: RockEntry[];
  strategy: StrategyEntry | null;
  cycles: CycleEntry[];
  objectives: ObjectiveEntry[];
  roadmap: RoadmapEntry[];
  playbook: PageEntry[];
  cadences: CadenceEntry[];
  calendar: CalendarEntry | null;
  settings: SettingsEntry | null;
  accounts: AccountEntry[];
};

/** What the workspace has already: a file may refer to it, and may not contradict it. */
export type Present = {
  people: string[];
  teams: string[];
  cycles: string[];
  /** Every objective's key, with what it supports. */
  objectives: Map<string, PresentObjective>;
  rocks: PresentRockNames;
  /** Every line of the strategy that there ever was. */
  lines: { key: string; kind: LineKind; isInForce: boolean }[];
  /** Pages of the playbook that are the company's own. */
  playbook: readonly PresentPage[];
  /** The names of accounts by their keys. */
  accounts: Map<string, string>;
  /** The day of the workspace's zone. */
  today: string;
  /** The countries, and parts of them, whose holidays are known. */
  places: Places;
};

/** A workspace without anything, on a day; where its holidays are is taken as it is said. */
export function nothingPresent(today: string): Present {
  return {
    people: [],
    teams: [],
    cycles: [],
    objectives: new Map(),
    rocks: { names: [], successors: new Map() },
    lines: [],
    playbook: [],
    accounts: new Map(),
    today,
    places: noPlaces,
  };
}

const sections = [
  'version',
  'settings',
  'people',
  'teams',
  'rocks',
  'strategy',
  'cycles',
  'objectives',
  'roadmap',
  'playbook',
  'cadences',
  'calendar',
  'accounts',
];

/**
 * Reads the plain value of a cairn.yaml. Everything that is wrong with it is added to `findings`; what is
 * returned may be imported only when there is none. `overwrite` says whether the file wins over what people change in
 * Slack: what it says of days is not judged where nothing would be done.
 */
export function readCairnFile(
  value: unknown,
  present: Present,
  overwrite: boolean,
  findings: Finding[],
): CairnFile {
  const top = isMap(value) ? value : {};
  if (value !== null && !isMap(value)) {
    findings.push({ path: [], words: 'the file must be a map; begin it with "version: 1"' });
  } else {
    checkTop(top, findings);
  }
  const rockKeys = new Set(present.rocks.names.flatMap(({ kind, name }) => (kind === 'key' ? [name] : [])));
  const objectives = new Set([...present.objectives.keys(), ...keysIn(top['objectives'])]);
  const lines = [
    ...present.lines.flatMap(({ key, isInForce }) => (isInForce ? [key] : [])),
    ...lineKeysIn(top['strategy']),
  ];
  const known = {
    people: new Names([...present.people, ...(isMap(top['people']) ? Object.keys(top['people']) : [])]),
    teams: new Names([...present.teams, ...keysIn(top['teams'])]),
    rocks: new Names([...rockKeys, ...keysIn(top['rocks'])]),
    cycles: new Names([...present.cycles, ...keysIn(top['cycles'])]),
    objectives: new Names(objectives),
    lines: new Names(lines),
    supports: new Names([...objectives, ...lines]),
    playbook: new Names([...present.playbook.map((page) => page.key), ...keysIn(top['playbook'])]),
  };
  const days = { today: present.today, applies: (key: string) => overwrite || !rockKeys.has(key) };
  return {
    people: readPeople(top['people'], findings),
    teams: readTeams(top['teams'], known, findings),
    rocks: readRocks(top['rocks'], known, present.rocks, days, findings),
    strategy: readStrategy(
      top['strategy'],
      known,
      { kinds: new Map(present.lines.map(({ key, kind }) => [key, kind])), objectives },
      findings,
    ),
    cycles: readCycles(top['cycles'], known, findings),
    objectives: readObjectives(top['objectives'], known, present.objectives, findings),
    roadmap: readRoadmap(top['roadmap'], known, findings),
    playbook: readPlaybook(top['playbook'], present.playbook, findings),
    cadences: readCadences(top['cadences'], known, findings),
    calendar: readCalendar(top['calendar'], present.places, findings),
    settings: readSettings(top['settings'], findings),
    accounts: readAccounts(top['accounts'], present.accounts, findings),
  };
}

function checkTop(top: Record<string, unknown>, findings: Finding[]): void {
  const version = top['version'];
  if (version === undefined || version === null) {
    findings.push({ path: ['version'], words: 'is missing; begin the file with "version: 1"' });
  } else if (version !== 1) {
    const words = `this version of Cairn reads version 1 of the format, not ${shown(version)}; write "version: 1" and mend what is then told`;
    findings.push({ path: ['version'], words });
  }
  for (const name of Object.keys(top)) {
    if (!sections.includes(name)) findings.push({ path: [name], words: unknownKey(name, sections) });
  }
}

/** The keys of a list's entries, taken before the list is read: references may point forward. */
function keysIn(section: unknown): string[] {
  if (!Array.isArray(section)) return [];
  return section.flatMap((entry: unknown) => {
    const key = isMap(entry) ? entry['key'] : undefined;
    return typeof key === 'string' ? [key] : [];
  });
}

/** The keys of intents and, below them, of initiatives. */
function lineKeysIn(strategy: unknown): string[] {
  const intents = isMap(strategy) ? strategy['intents'] : undefined;
  const own = Array.isArray(intents) ? intents : [];
  return [
    ...keysIn(intents),
    ...own.flatMap((intent: unknown) => (isMap(intent) ? keysIn(intent['initiatives']) : [])),
  ];
}
