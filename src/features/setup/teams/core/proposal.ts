/** Why somebody who is in a group or channel is not in its team. */
export type LeftOut = { name: string; why: 'guest' | 'bot' | 'outsider' | 'deactivated' | 'unknown' };

/** Why somebody is proposed as a lead; `chosen`: an admin said so. */
export type LeadWhy = 'topic' | 'creator' | 'title' | 'chosen';

/** A team that was read from Slack, before anything of it is created. */
export type ProposedTeam = {
  /** Where it was read, as people write it: `#payments`, `@checkout-team`. */
  from: readonly string[];
  name: string;
  /** Ids of full members. */
  memberIds: readonly number[];
  lead: { id: number; why: LeadWhy } | null;
  /** The channel that would be its home, where it was read from one. */
  channelId: number | null;
  leftOut: readonly LeftOut[];
  /** An admin does not want it. */
  isLeftOut: boolean;
};

/** A team as it is in the register now. */
export type PresentTeam = {
  id: number;
  key: string;
  name: string;
  leadId: number | null;
  channelId: number | null;
  memberIds: readonly number[];
};

/** What creating a proposed team would do. A team that is there gains people, a lead and a home; it loses nothing. */
export type Effect =
  | { kind: 'new' }
  | {
      kind: 'changed';
      team: PresentTeam;
      added: readonly number[];
      leadId: number | null;
      channelId: number | null;
    }
  | { kind: 'same'; team: PresentTeam };

/** As many teams as are read at once: each is several calls to Slack, and all of them are one page. */
export const mostTeams = 20;
