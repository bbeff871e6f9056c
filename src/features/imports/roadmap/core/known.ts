import type { PresentItem, SheetItem } from '../../../roadmap/core/present.ts';
import type { KnownRock } from '../../core/asking-rock.ts';
import type { KnownTeam } from '../../core/asking-team.ts';
import type { PlannedRow } from '../../core/import.ts';
import type { DirectoryPerson } from '../../core/resolving.ts';

/** What a sheet of the roadmap is compared with. */
export type RoadmapKnown = {
  people: readonly DirectoryPerson[];
  /** The company's zone, in which days are told. */
  zone: string;
  teams: readonly KnownTeam[];
  rocks: readonly KnownRock[];
  items: readonly PresentItem[];
};

/** A row with what is written for it; null: nothing is. */
export type RoadmapRow = PlannedRow & { item: SheetItem | null };
