import { editDistance } from '../../../../platform/core/edit-distance.ts';
import { normalName } from '../../../ownership/core/names.ts';
import type { Asking } from '../../core/asking.ts';
import { nearestTeams } from '../../core/asking-team.ts';
import type { KnownForRocks } from './rock-row.ts';
import { short } from './values.ts';

/** Which channel a cell names: `#payments`, `payments`, a mention. `words` say why none. */
export function channelIn(
  cell: string,
  byName: ReadonlyMap<string, KnownForRocks['channels'][number]>,
  bySlackId: ReadonlyMap<string, KnownForRocks['channels'][number]>,
): { id: number | null; words: string | null } {
  const text = cell.trim();
  if (text === '' || /^[-–—?]+$/.test(text)) return { id: null, words: null };
  const slackId = /^<?#?([CG][A-Z0-9]{6,})(?:\|[^>]*)?>?$/.exec(text)?.[1];
  const name = (/[^\s,;/|]+/.exec(text.replace(/^<?#\s*/, ''))?.[0] ?? '').toLowerCase();
  const channel = (slackId === undefined ? undefined : bySlackId.get(slackId)) ?? byName.get(name);
  if (channel === undefined)
    return {
      id: null,
      words: `#${short(name)} is private and I am not in it, or it is not there, so the rock has no channel`,
    };
  if (channel.isArchived)
    return { id: null, words: `#${channel.name} is archived, so the rock has no channel` };
  return { id: channel.id, words: null };
}

/** A menu holds a hundred. */
const mostOffered = 90;

/** Which team a cell names, but for a slip. One that is not there is asked about: made, or left out. */
export function teamIn(
  cell: string,
  line: number,
  teams: KnownForRocks['teams'],
  asking: Asking,
): { id: number | null; newTeam: string | null; words: string | null } {
  const typed = cell.replace(/\s+/g, ' ').replace(/^@/, '').trim().slice(0, 80);
  const normal = normalName(typed);
  if (normal === '') return { id: null, newTeam: null, words: null };
  const without = (name: string) => normalName(name).replace(/^(?:team|squad) | (?:team|squad)$/g, '');
  const same =
    teams.find(({ key, name }) => normalName(name) === normal || normalName(key) === normal) ??
    teams.find(({ name }) => without(name) === without(typed));
  if (same !== undefined) return { id: same.id, newTeam: null, words: null };
  const near =
    normal.length < 5 ? [] : teams.filter(({ name }) => editDistance(normalName(name), normal, 1) <= 1);
  const [only] = near;
  if (only !== undefined && near.length === 1)
    return { id: only.id, newTeam: null, words: `team: ${only.name}` };

  const ranked = nearestTeams(typed, teams);
  const [nearest] = ranked;
  const answer = asking.ask(line, {
    key: `team:${normal.replaceAll(' ', '-')}`,
    words: (rows) => `There is no team “${typed}” (${rows}).`,
    choices: [
      { value: 'none', name: 'No team for now' },
      { value: 'create', name: `Make the team ${typed}` },
      ...ranked
        .slice(0, mostOffered)
        .map(({ team }) => ({ value: String(team.id), name: `It is ${team.name}` })),
    ],
    suggested: nearest?.isNear ? String(nearest.team.id) : 'none',
  });
  const meant = teams.find(({ id }) => String(id) === answer);
  if (meant !== undefined) return { id: meant.id, newTeam: null, words: null };
  return answer === 'create'
    ? { id: null, newTeam: typed, words: `with the new team ${typed}` }
    : { id: null, newTeam: null, words: `there is no team “${typed}”, so it has none` };
}
