import type { Person } from '../../people/core/person.ts';
import type { Effect, ProposedTeam } from './core/proposal.ts';
import type { ZoneCount } from './core/zones.ts';

/** A proposed team as things stand now, with who is meant. */
export type PreviewTeam = ProposedTeam & {
  effect: Effect;
  members: readonly Person[];
  leader: { person: Person; why: NonNullable<ProposedTeam['lead']>['why'] } | null;
  home: { id: number; slackId: string | null; name: string; hasCairn: boolean } | null;
};

/** What creating a proposal's teams would do. */
export type TeamPreview = {
  id: number;
  teams: readonly PreviewTeam[];
  /** What could not be read, in words, escaped. */
  troubles: readonly string[];
  /** Of the people who would be in them. */
  zones: readonly ZoneCount[];
  /** Of all that it was reckoned from. */
  stamp: string;
};

/** What was done. */
export type Created = { added: readonly string[]; changed: readonly string[] };
