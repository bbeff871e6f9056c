import type { SheetRock } from '../../../ownership/core/sheet-rock.ts';
import type { PlannedRow } from '../../core/import.ts';
import type { DirectoryPerson } from '../../core/resolving.ts';

/** A rock of the register, as far as a sheet is compared with it. */
export type KnownRock = {
  id: number;
  key: string;
  ownerId: number | null;
  standing: 'active' | 'set-down' | 'retired';
  rock: SheetRock;
};

/** All that a sheet of rocks is compared with. */
export type KnownForRocks = {
  people: readonly DirectoryPerson[];
  channels: readonly { id: number; slackId: string | null; name: string; isArchived: boolean }[];
  teams: readonly { id: number; key: string; name: string }[];
  rocks: readonly KnownRock[];
  zone: string;
};

/** A row with what it writes; null: nothing. */
export type RockRow = PlannedRow & {
  write: {
    /** The rock that is there already; null: a new one. */
    rockId: number | null;
    key: string;
    rock: SheetRock;
    /** Who shall own it, unconfirmed; null: nobody, or whoever does. */
    ownerId: number | null;
    /** The name of a team that is made with it. */
    newTeam: string | null;
  } | null;
};
