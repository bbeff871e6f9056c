import { dayOf } from '../../platform/db/import-days.ts';
import type { Touched } from '../../platform/db/import-touched.ts';
import { got, type Importing } from '../../platform/db/importing.ts';
import type { RockEntry } from './file.ts';
import type { PresentRock, RockState } from './present-rocks.ts';

/** Ids of what rocks refer to, by short name, key and channel name. */
export type References = {
  people: ReadonlyMap<string, number>;
  teams: ReadonlyMap<string, number>;
  channels: ReadonlyMap<string, number>;
  /** The lines of the strategy in force. */
  lines: ReadonlyMap<string, number>;
};

/** Which key of the file each part of a rock comes from. */
const keyOf: Record<keyof RockState, string> = {
  name: 'name',
  summary: 'summary',
  type: 'type',
  discipline: 'discipline',
  importance: 'importance',
  weight: 'weight',
  team_id: 'team',
  channel_id: 'channel',
  line_id: 'supports',
  aliases: 'aliases',
  links: 'links',
  backups: 'backups',
  visibility: 'visibility',
  viewers: 'visibility',
  contributors: 'contributors',
  set_down: 'set_down',
  retired: 'retired',
};
const fields = Object.keys(keyOf) as (keyof RockState)[];

/** What people change in Slack, so that a file says it of new rocks alone unless the operator overwrites. */
const peoplesOwn = new Set<keyof RockState>([
  'backups',
  'visibility',
  'viewers',
  'contributors',
  'set_down',
  'retired',
]);

/**
 * How a rock of the file shall be, beside how it is. What the file says otherwise and stays as people made it in
 * Slack is added to `kept`.
 */
export function wantedState(
  entry: RockEntry,
  present: PresentRock | undefined,
  refer: References,
  { at, timezone, overwrite, isPartial, kept }: Importing,
  touched: Touched,
): RockState {
  const today = dayOf(at, timezone);
  const told = toldState(entry, present?.state, refer, today);
  if (present === undefined) return told;
  const isKept = (field: keyof RockState): boolean => {
    const isGiven = entry.given.has(keyOf[field]);
    // Nothing that is meant for few is shown to all by a file that does not speak of it.
    if (!isGiven && (isPartial || keyOf[field] === 'visibility')) return true;
    const isTouched = touched(present.id, field, keyOf[field], camelCase(field));
    if (!(isTouched || peoplesOwn.has(field)) || overwrite) return false;
    const line = `rocks.${entry.key} ${keyOf[field]}`;
    const differs = JSON.stringify(told[field]) !== JSON.stringify(present.state[field]);
    if (isGiven && differs && !kept.includes(line)) kept.push(line);
    return true;
  };
  const state = { ...told };
  for (const field of fields) if (isKept(field)) keep(state, field, present.state);
  if (!overwrite || entry.owner === undefined) return state;
  const owner = got(refer.people, entry.owner);
  return {
    ...state,
    backups: state.backups.filter((backup) => backup !== owner),
    set_down: null,
    retired: null,
  };
}

/** Events of different features have names of their own for one thing: `team_id`, `teamId`, `team`. */
function camelCase(field: string): string {
  return field.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
}

function keep<Field extends keyof RockState>(state: RockState, field: Field, from: RockState): void {
  state[field] = from[field];
}

/** A rock as the file tells it. A day that it does not tell is the one that is known, or today. */
function toldState(
  entry: RockEntry,
  present: RockState | undefined,
  { people, teams, channels, lines }: References,
  today: string,
): RockState {
  const { visibility = 'workspace', setDown, retired } = entry;
  const idOf = (handle: string): number => got(people, handle);
  return {
    name: entry.name,
    summary: entry.summary ?? null,
    type: entry.type,
    discipline: entry.discipline ?? null,
    importance: entry.importance ?? null,
    weight: entry.weight,
    team_id: entry.team === undefined ? null : got(teams, entry.team),
    channel_id: entry.channel === undefined ? null : got(channels, entry.channel),
    line_id: entry.supports === undefined ? null : got(lines, entry.supports),
    aliases: entry.aliases,
    links: entry.links.map(({ label, url }) => ({ label, url })),
    backups: entry.backups.map(idOf),
    visibility: Array.isArray(visibility) ? 'people' : visibility,
    viewers: Array.isArray(visibility) ? visibility.map(idOf).sort((a, b) => a - b) : [],
    contributors: entry.contributors
      .map(({ person, discipline }) => ({ person: idOf(person), discipline }))
      .sort((a, b) => a.person - b.person || (a.discipline < b.discipline ? -1 : 1)),
    set_down: setDown && {
      by: setDown.by === null ? null : idOf(setDown.by),
      on: setDown.on ?? present?.set_down?.on ?? today,
      why: setDown.why,
      look_again: setDown.lookAgain,
    },
    retired: retired && {
      on: retired.on ?? present?.retired?.on ?? today,
      why: retired.why,
      into: retired.into,
    },
  };
}
