import type { RockType } from './rock-fields.ts';

/** What a sheet can say of a rock; people, team and channel are ids of ours. */
export type SheetRock = {
  name: string;
  summary: string | null;
  type: RockType;
  discipline: string | null;
  importance: string | null;
  weight: number;
  teamId: number | null;
  channelId: number | null;
  aliases: string[];
  links: { label: string; url: string }[];
  backups: number[];
};
