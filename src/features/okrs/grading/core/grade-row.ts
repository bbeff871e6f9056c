import type { Commitment } from '../../core/health.ts';
import type { Measured } from '../../core/key-result.ts';
import type { Owed } from '../../core/owed.ts';
import type { Fate } from './grade.ts';

/** A key result of a cycle that is graded, with what was said of it so far. */
export type GradeRow = Measured & {
  objectiveKey: string;
  id: number;
  key: string;
  title: string;
  unit: string | null;
  commitment: Commitment;
  state: Owed['state'];
  objectiveId: number;
  objective: string;
  visibility: 'workspace' | 'team' | 'people';
  teamId: number | null;
  team: string | null;
  /** The home channel of its team. */
  channelId: number | null;
  ownerId: number | null;
  backupId: number | null;
  reviewerId: number | null;
  leadId: number | null;
  /** Who is asked for the grade: its owner, or the backup where Slack does not know the owner. Null: nobody. */
  askedId: number | null;
  askedSlackId: string | null;
  score: number | null;
  words: string | null;
  fate: Fate | null;
  gradedById: number | null;
};
