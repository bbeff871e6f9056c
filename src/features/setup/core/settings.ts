import type { Person } from '../../people/core/person.ts';

type ChannelRef = { id: number; slackId: string | null; name: string };

/** What is set for the whole workspace. */
export type Settings = {
  /** Whom `/cairn setup` named; admins of Slack are admins without it. */
  admins: Person[];
  productOperations: ChannelRef | null;
  leaders: ChannelRef | null;
  /** The sum of weights that is enough for one backpack, unless something else is set for a person. */
  backpackLimit: number;
  /** Hours after which admins are told of somebody who left. */
  releaseAfterHours: number;
};

/** A team with who is in it. */
export type Team = { id: number; key: string; name: string; lead: Person | null; members: Person[] };

export const hours = { least: 0, most: 720 };
/** As many members as a team may have here; a file may bring more. */
export const mostMembers = 500;
export const mostAdmins = 50;
