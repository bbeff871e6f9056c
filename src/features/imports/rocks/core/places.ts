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

export type FindTeam = (cell: string, line: number) => FoundTeam;
type Ranked = ReturnType<typeof nearestTeams<KnownForRocks['teams'][number]>>;
type FoundTeam = { id: number | null; newTeam: string | null; words: string | null };

/** Which team a cell names, but for a slip. One that is not there is asked about: made, or left out. */
export function findingTeams(teams: KnownForRocks['teams'], asking: Asking): FindTeam {
  const known = teams.map((team) => ({
    ...team,
    normal: normalName(team.name),
    normalKey: normalName(team.key),
    bare: withoutTeam(normalName(team.name)),
  }));
  const looked = new Map<string, { id: number; words: string | null } | null>();
  const look = (normal: string) => {
    const same =
      known.find((team) => team.normal === normal || team.normalKey === normal) ??
      known.find(({ bare }) => bare === withoutTeam(normal));
    if (same !== undefined) return { id: same.id, words: null };
    const near = normal.length < 5 ? [] : known.filter((team) => editDistance(team.normal, normal, 1) <= 1);
    const [only] = near;
    return only !== undefined && near.length === 1 ? { id: only.id, words: `team: ${only.name}` } : null;
  };
  const rankings = new Map<string, Ranked>();
  const rankedFor = (typed: string) => {
    const ranked = rankings.get(typed) ?? nearestTeams(typed, teams);
    rankings.set(typed, ranked);
    return ranked;
  };
  return (cell, line) => {
    const typed = cell.replace(/\s+/g, ' ').replace(/^@/, '').trim().slice(0, 80);
    const before = looked.get(typed);
    const normal = before == null ? normalName(typed) : '';
    if (before == null && normal === '') return { id: null, newTeam: null, words: null };
    const found = before === undefined ? look(normal) : before;
    looked.set(typed, found);
    return found === null
      ? askTeam(typed, normal, line, { ranked: rankedFor(typed), asking })
      : { ...found, newTeam: null };
  };
}

function withoutTeam(normal: string): string {
  return normal.replace(/^(?:team|squad) | (?:team|squad)$/g, '');
}

function askTeam(
  typed: string,
  normal: string,
  line: number,
  { ranked, asking }: { ranked: Ranked; asking: Asking },
): FoundTeam {
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
  const meant = ranked.find(({ team }) => String(team.id) === answer)?.team;
  if (meant !== undefined) return { id: meant.id, newTeam: null, words: null };
  return answer === 'create'
    ? { id: null, newTeam: typed, words: `with the new team ${typed}` }
    : { id: null, newTeam: null, words: `no team “${typed}”` };
}
