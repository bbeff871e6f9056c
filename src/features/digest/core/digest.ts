import type { Health } from '../../okrs/core/health.ts';

/** In the order in which leaders read it. */
export const sections = ['strategy', 'health', 'changes', 'risk', 'coverage', 'load', 'overdue'] as const;
export type Section = (typeof sections)[number];

/** What stands behind a line. */
export const subjectKinds = [
  'intent',
  'strategy',
  'key-result',
  'rock',
  'decision',
  'item',
  'cycle',
  'team',
  'action',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];
export type Subject = { kind: SubjectKind; id: number };

export type Person = { id: number; slackId: string | null; name: string };

/** As what a line is counted where it is not named. */
export type Counted =
  | 'intent'
  | 'handoff'
  | 'decision-made'
  | 'roadmap-change'
  | 'strategy'
  | 'cycle'
  | 'target'
  | 'at-risk'
  | 'critical-gap'
  | 'team-over'
  | 'decision-overdue'
  | 'action-overdue';

/** One thing that leaders may read of. Its words are as people wrote them: whoever shows them escapes them. */
export type Line = {
  /** What it is, once in a digest, such as `risk-12`. */
  key: string;
  section: Section;
  counted: Counted;
  /** The larger, the more it matters; see `weights.ts`. */
  weight: number;
  opens: Subject;
  /** An emoji that people scan for; empty: none. */
  mark: string;
  title: string;
  facts: string[];
  /** What somebody said about it, never without their name. */
  said: Said | null;
  /** Of a line at risk: whoever answers for it, and sees it beforehand. */
  owner: Person | null;
};

export type Said = { words: string; by: Person };

/** How many lines of a kind are not named. */
export type Left = { section: Section; counted: Counted; count: number };

export type HealthCounts = Record<Health, number>;

/** The counts of a digest, kept for the pictures of later ones. */
export type Figures = {
  /** The company's day, as an ISO date. */
  on: string;
  health: HealthCounts;
  coverage: Coverage;
  overdue: { decisions: number; actions: number };
};

/** Rocks that everybody may see. */
export type Coverage = {
  carried: number;
  /** Of these, what its owner has said is theirs in the last 100 days. */
  confirmed: number;
  unowned: number;
  critical: number;
  setDown: number;
};

/** Ownership that was confirmed within so many days counts as confirmed: a quarter and the time to answer. */
export const confirmedWithinDays = 100;

/** What was gathered for a digest. */
export type Gathered = {
  /** Company time, as ISO. */
  at: string;
  since: string;
  named: Line[];
  left: Left[];
  /** What a section says in sums, as plain words; a section that has nothing to say is not there. */
  sums: Partial<Record<Section, string>>;
  /** Two kind lines in place of all sections; null where there is something to tell. */
  quiet: string[] | null;
  figures: Figures;
  /** The digests before it and itself, the earliest first. */
  course: { on: string; health: HealthCounts }[];
  /** How many people carry how much of their limit; empty where they are too few to stay unnamed. */
  spread: { label: string; people: number }[];
};

/** What people changed of a digest before it was sent. */
export type Edits = {
  note: string | null;
  /** Keys of lines that were taken out. */
  hidden: string[];
  /** By key: words in place of what was gathered; empty ones take the quote away. */
  said: Record<string, Said>;
};

export const noEdits: Edits = { note: null, hidden: [], said: {} };

/** The named lines as they are sent: without what was taken out, and with people's own words. */
export function editedLines({ named }: Pick<Gathered, 'named'>, edits: Edits): Line[] {
  return named.filter(({ key }) => !edits.hidden.includes(key)).map((line) => withWords(line, edits));
}

/** A line with the words that stand in it now. */
export function withWords(line: Line, { said }: Edits): Line {
  const own = said[line.key];
  if (own === undefined) return line;
  return { ...line, said: own.words === '' ? null : own };
}

/** Characters that people may write. */
export const longest = { note: 500, words: 280 };
