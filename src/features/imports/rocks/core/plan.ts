import type { Sheet } from '../../../../platform/core/sheet.ts';
import { Asking } from '../../core/asking.ts';
import type { Answers, Mapping, Question } from '../../core/import.ts';
import { splitPeople } from '../../core/people-in-cell.ts';
import { fullName } from '../../core/person-index.ts';
import { Resolving } from '../../core/resolving.ts';
import { lookedAt, Names } from './duplicates.ts';
import { filled, newRock, type RowAsMeant } from './filling.ts';
import { channelIn, type FindTeam, findingTeams } from './places.ts';
import { type RowAsRead, readRow } from './reading-row.ts';
import type { KnownForRocks, KnownRock, RockRow } from './rock-row.ts';
import { sameInRegister, sameInSheet } from './same-rock.ts';
import { TakenNames } from './taken-names.ts';

type Given = { sheet: Sheet; mapping: Mapping; answers: Answers; known: KnownForRocks };

/** A row that is a rock of its own: the one that is there, or a new one. */
type Subject = { read: RowAsRead; present: KnownRock | null };

type Planned = { rows: RockRow[]; questions: Question[] };

/**
 * What becomes of each row of a sheet of rocks: a new rock, or more about one that is there. What people said in Slack
 * stays; nothing is guessed that a person should say.
 */
export function planRocks(given: Given): Planned {
  const planning = planRocksByRow(given);
  for (;;) {
    const { done, value } = planning.next();
    if (done === true) return value;
  }
}

/** The same, pausing after each row: thousands of them take longer than others should wait. */
export function* planRocksByRow({ sheet, mapping, answers, known }: Given): Generator<void, Planned> {
  const asking = new Asking(answers);
  const rows = new Map<number, RockRow>();
  const subjects = yield* sortOut(sheet, mapping, known, asking, rows);
  const names = new TakenNames(known.rocks);
  for (const { read, present } of subjects)
    if (present === null) names.addName(read.name, ownName(read, null));

  const finding = findingIn(known, asking);
  const planned: { subject: Subject; meant: RowAsMeant; aliases: string[]; notes: string[] }[] = [];
  for (const subject of subjects) {
    yield;
    const { read, present } = subject;
    const own = ownName(read, present);
    if (present === null && names.isAliasOfOther(read.name, own)) {
      rows.set(
        read.line,
        row(read, 'refused', `“${read.name}” is another name of a rock that is there already`),
      );
      continue;
    }
    const notes = [...read.notes];
    const aliases = read.aliases.filter((alias) => {
      const outcome = names.takeAlias(alias, own);
      if (outcome === 'other') notes.push(`“${alias}” leads to another rock, so it is left out`);
      return outcome === 'taken';
    });
    planned.push({ subject, meant: meaningOf(read, finding, notes), aliases, notes });
  }
  for (const { subject, meant, aliases, notes } of planned) {
    yield;
    const { read, present } = subject;
    rows.set(
      read.line,
      present === null
        ? addedRow(meant, { key: names.takeKey(read.key === '' ? read.name : read.key), aliases, notes })
        : presentRow(present, meant, { aliases, notes }),
    );
  }
  const ordered = sheet.rows.flatMap(({ line }) => rows.get(line) ?? []);
  return { rows: ordered, questions: asking.questions() };
}

/** Reads the rows, and says which are rocks; what keeps the others out is put into `rows`. */
function* sortOut(
  sheet: Sheet,
  mapping: Mapping,
  known: KnownForRocks,
  asking: Asking,
  rows: Map<number, RockRow>,
): Generator<void, Subject[]> {
  const register = new Names<KnownRock>();
  const byKey = new Map(known.rocks.map((rock) => [rock.key, rock]));
  for (const rock of known.rocks) {
    yield;
    const looks = [rock.rock.name, rock.key, ...rock.rock.aliases].map(lookedAt);
    // A key is most often the name again.
    for (const [place, looked] of looks.entries())
      if (looks.findIndex(({ normal }) => normal === looked.normal) === place) register.add(looked, rock);
  }
  const earlier = new Names<number>();
  const takenBy = new Map<KnownRock, number>();
  const subjects: Subject[] = [];
  for (const sheetRow of sheet.rows) {
    yield;
    const read = readRow(sheetRow, mapping);
    if ('why' in read) {
      rows.set(read.line, row(read, 'refused', read.why));
      continue;
    }
    const byItsKey = read.key === '' ? undefined : byKey.get(read.key.toLowerCase());
    const looked = lookedAt(read.name);
    const twin = byItsKey === undefined ? sameInSheet(read, looked, earlier, asking) : null;
    if (twin !== null) {
      rows.set(read.line, row(read, 'left-out', `the same rock as row ${twin}`));
      continue;
    }
    earlier.add(looked, read.line);
    const present = byItsKey ?? sameInRegister(read, looked, register, asking);
    const other = present === null ? undefined : takenBy.get(present);
    if (present !== null && other !== undefined) {
      rows.set(read.line, row(read, 'left-out', `the same rock of the register as row ${other}`));
      continue;
    }
    if (present?.standing === 'retired') {
      rows.set(read.line, row(read, 'refused', `${present.rock.name} is retired`));
      continue;
    }
    if (present !== null) takenBy.set(present, read.line);
    subjects.push({ read, present });
  }
  return subjects;
}

type Finding = {
  people: Resolving;
  teamIn: FindTeam;
  peopleIn: (cell: string) => readonly string[];
  channelsByName: Map<string, KnownForRocks['channels'][number]>;
  channelsBySlackId: Map<string, KnownForRocks['channels'][number]>;
};

function findingIn(known: KnownForRocks, asking: Asking): Finding {
  return {
    people: new Resolving(known.people, known.zone, asking),
    teamIn: findingTeams(known.teams, asking),
    peopleIn: onceFor((cell) => splitPeople(cell, known.people)),
    channelsByName: new Map(known.channels.map((channel) => [channel.name, channel])),
    channelsBySlackId: new Map(
      known.channels.flatMap((channel) => (channel.slackId === null ? [] : [[channel.slackId, channel]])),
    ),
  };
}

/** Finds whom and what a row names. Who is not found is told in `notes`, and keeps no rock out. */
function meaningOf(read: RowAsRead, finding: Finding, notes: string[]): RowAsMeant {
  const { people, peopleIn, teamIn, channelsByName, channelsBySlackId } = finding;
  const [first, ...seconds] = peopleIn(read.owner);
  const owner = first === undefined ? null : people.person(first, read.line);
  if (owner !== null && owner.words !== null) notes.push(`nobody owns it: ${owner.words}`);
  const backups = [...seconds, ...peopleIn(read.backup)].flatMap((typed) => {
    const { person, words } = people.person(typed, read.line);
    if (person === null) notes.push(`no backup: ${words}`);
    return person === null ? [] : [person.id];
  });
  const team = teamIn(read.team, read.line);
  const channel = channelIn(read.channel, channelsByName, channelsBySlackId);
  notes.push(...[team.words, channel.words].filter((words) => words !== null));
  return {
    read,
    ownerId: owner?.person?.id ?? null,
    ownerName: owner?.person == null ? null : fullName(owner.person),
    backups: [...new Set(backups)],
    ...{ teamId: team.id, newTeam: team.newTeam, channelId: channel.id },
  };
}

function addedRow(
  meant: RowAsMeant,
  { key, aliases, notes }: { key: string; aliases: string[]; notes: string[] },
): RockRow {
  const { read, ownerId, ownerName, newTeam } = meant;
  const write = { rockId: null, key, rock: newRock(meant, aliases), ownerId, newTeam };
  return { ...row(read, 'added', [...(ownerName === null ? [] : [ownerName]), ...notes].join('; ')), write };
}

function presentRow(
  present: KnownRock,
  meant: RowAsMeant,
  { aliases, notes }: { aliases: string[]; notes: string[] },
): RockRow {
  const { rock, ownerId, fills, kept } = filled(present, meant, aliases);
  const newTeam = present.rock.teamId === null && meant.teamId === null ? meant.newTeam : null;
  if (newTeam !== null) fills.push('team');
  const words = [
    ...(fills.length > 0 ? [`adds ${fills.join(', ')}`] : []),
    ...(kept.length > 0 ? [`kept as it is in Slack: ${kept.join(', ')}`] : []),
    ...notes,
  ].join('; ');
  if (fills.length === 0) return row(meant.read, 'unchanged', words);
  const write = { rockId: present.id, key: present.key, rock, ownerId, newTeam };
  return { ...row(meant.read, 'changed', words), write };
}

/** Cells say the same again and again. */
function onceFor<T>(read: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, T>();
  return (cell) => {
    const value = known.get(cell) ?? read(cell);
    known.set(cell, value);
    return value;
  };
}

function row(
  { line, name }: { line: number; name: string },
  outcome: RockRow['outcome'],
  words: string,
): RockRow {
  return { line, outcome, name, words, write: null };
}

function ownName({ line }: RowAsRead, present: KnownRock | null): string {
  return present === null ? `row ${line}` : `rock ${present.id}`;
}
