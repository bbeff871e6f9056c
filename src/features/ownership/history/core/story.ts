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
  /** The handoff by which it came, if its brief is part of the rock's history. */
  briefOf: number | null;
};

/** Something that happened besides: a loan, or a change of what the register says. */
export type Happening =
  | {
      kind: 'loan';
      at: Temporal.Instant;
      to: PersonRef;
      until: Temporal.PlainDate | null;
      endedAt: Temporal.Instant | null;
      /** The handoff by which it is lent. */
      briefOf: number;
    }
  | {
      kind: 'event';
      at: Temporal.Instant;
      type: string;
      by: PersonRef | null;
      /** The rock that it was split from, went into or took in; null also where the reader does not see that one. */
      other: { name: string } | null;
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
    const others = inOrder.filter((other) => other !== chapter);
    const { endedAt } = chapter;
    const next = endedAt === null ? undefined : whoCarriedOn(others, inOrder.slice(index + 1), endedAt);
    lines.push({ kind: 'carried', at: chapter.beganAt, chapter, next: next?.person ?? null });
    if (endedAt === null || next !== undefined) continue;
    const later = inOrder.slice(index + 1).find(({ beganAt }) => !isBefore(beganAt, endedAt));
    lines.push({ kind: 'nobody', at: endedAt, until: later?.beganAt ?? null });
  }
  return lines.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
}

/**
 * Who carried it when somebody ceased to: whoever began at once, or an owner who is back, whose stint goes on as if the
 * one between had not been; undefined: nobody.
 */
function whoCarriedOn(
  others: readonly Chapter[],
  later: readonly Chapter[],
  endedAt: Temporal.Instant,
): Chapter | undefined {
  const began = later.find(
    ({ beganAt }) => !isBefore(beganAt, endedAt) && !isBefore(endedAt.add(shortestGap), beganAt),
  );
  const goesOn = (it: Chapter): boolean =>
    !isBefore(endedAt, it.beganAt) && (it.endedAt === null || isBefore(endedAt, it.endedAt));
  return began ?? others.find(goesOn);
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

/** What the register says of a rock that changed, with words for people; what is not here is too small for a story. */
const told: Record<string, string> = {
  name: 'name',
  team: 'team',
  importance: 'importance',
  weight: 'weight',
  visibility: 'who may see it',
  type: 'kind',
  discipline: 'discipline',
  backups: 'backups',
  aliases: 'other names',
  links: 'links',
  summary: 'description',
  line_id: 'what it supports',
  supports: 'what it supports',
};

/** What is told with how it was before and after; of the rest only that it changed. */
const valued = ['team', 'importance'];

/** Of a change besides the name, a few words each; empty where nothing of it is worth telling. */
export function changedWords(before: unknown, after: unknown): string[] {
  if (typeof before !== 'object' || before === null) return [];
  return Object.keys(before).flatMap((field) => {
    const words = told[field];
    if (words === undefined || field === 'name') return [];
    if (!valued.includes(field)) return [words];
    return [`${words} from ${textAt(before, field) ?? 'none'} to ${textAt(after, field) ?? 'none'}`];
  });
}

/** The text that stands at `field` of an event's before or after; null where there is none. */
export function textAt(of: unknown, field: string): string | null {
  const value = valueAt(of, field);
  return typeof value === 'string' ? value : null;
}

/** What stands there, of whichever kind; null also where nothing does. */
export function valueAt(of: unknown, field: string): unknown {
  if (typeof of !== 'object' || of === null) return null;
  return Object.entries(of).find(([name]) => name === field)?.[1] ?? null;
}
