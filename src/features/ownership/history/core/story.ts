import { Temporal } from 'temporal-polyfill';
import type { PersonRef } from '../../core/rock.ts';

/** One carrying of a rock. */
export type Chapter = {
  person: PersonRef;
  began: 'created' | 'claimed' | 'handoff' | 'assigned' | 'acting';
  beganAt: Temporal.Instant;
  /** Null: it goes on. */
  endedAt: Temporal.Instant | null;
  ended: string | null;
  endReason: string | null;
};

/** Something that happened besides: a loan, or a change of what the register says. */
export type Happening =
  | {
      kind: 'loan';
      at: Temporal.Instant;
      to: PersonRef;
      until: Temporal.PlainDate | null;
      endedAt: Temporal.Instant | null;
    }
  | {
      kind: 'event';
      at: Temporal.Instant;
      type: string;
      by: PersonRef | null;
      before: unknown;
      after: unknown;
    };

/** A line of the story, before it is put into words. */
export type Line = { at: Temporal.Instant } & (
  | { kind: 'carried'; chapter: Chapter; next: PersonRef | null }
  | { kind: 'nobody'; until: Temporal.Instant | null }
  | Happening
);

/** A gap shorter than this is no gap: one hand gave and the other took. */
const shortestGap = Temporal.Duration.from({ minutes: 1 });

/** The story in the order in which it happened: who carried it and who came next, when nobody did, and what else was. */
export function storyOf(chapters: readonly Chapter[], happenings: readonly Happening[]): Line[] {
  const inOrder = chapters.toSorted((a, b) => Temporal.Instant.compare(a.beganAt, b.beganAt));
  const lines: Line[] = happenings.map((it) => ({ ...it }));
  for (const [index, chapter] of inOrder.entries()) {
    const next = inOrder[index + 1];
    const gapFrom = chapter.endedAt;
    const isGap = gapFrom !== null && (next === undefined || isLonger(gapFrom, next.beganAt));
    lines.push({
      kind: 'carried',
      at: chapter.beganAt,
      chapter,
      next: isGap ? null : (next?.person ?? null),
    });
    if (isGap) lines.push({ kind: 'nobody', at: gapFrom, until: next?.beganAt ?? null });
  }
  return lines.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
}

function isLonger(from: Temporal.Instant, to: Temporal.Instant): boolean {
  return Temporal.Duration.compare(from.until(to), shortestGap) > 0;
}

/** What the register says of a rock that changed, with words for people; what is not here is too small for a story. */
const told: Record<string, string> = {
  name: 'name',
  team_id: 'team',
  importance: 'importance',
  weight: 'weight',
  visibility: 'who may see it',
  type: 'kind',
  discipline: 'discipline',
  backups: 'backups',
  aliases: 'other names',
  links: 'links',
  summary: 'description',
};

/** Of a change, the words for what changed; empty where nothing of it is worth telling. */
export function changedWords(before: unknown): string[] {
  if (typeof before !== 'object' || before === null) return [];
  return Object.keys(before).flatMap((field) => told[field] ?? []);
}

/** The text that stands at `field` of an event's before or after; null where there is none. */
export function textAt(of: unknown, field: string): string | null {
  if (typeof of !== 'object' || of === null) return null;
  const value: unknown = Object.entries(of).find(([name]) => name === field)?.[1];
  return typeof value === 'string' ? value : null;
}
