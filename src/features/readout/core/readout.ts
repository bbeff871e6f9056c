import type { Temporal } from 'temporal-polyfill';

/** Did it move the number that it was for? Null: nobody has said yet. */
export type Outcome = 'moved' | 'too-early' | 'not-moved' | null;

/** An item of the roadmap as people outside of product read of it: nothing of how sure anybody is. */
export type Item = { title: string; summary: string | null; team: string | null; owner: string | null };

export type Shipped = Item & { on: Temporal.PlainDate; outcome: Outcome };
export type Coming = Item & { dueOn: Temporal.PlainDate | null };
export type Later = Item & {
  /** The date that was said before; null: there was none. */
  from: Temporal.PlainDate | null;
  to: { on: Temporal.PlainDate } | { horizon: 'next' | 'later' | 'stopped' };
};

/** What a readout tells, each list in the order in which it is read. */
export type Readout = {
  today: Temporal.PlainDate;
  since: Temporal.PlainDate;
  shipped: Shipped[];
  coming: Coming[];
  later: Later[];
  fresh: Item[];
};

/** Whether there is nothing to tell. */
export function isEmpty({ shipped, coming, later, fresh }: Readout): boolean {
  return shipped.length + coming.length + later.length + fresh.length === 0;
}

/** One heading with its lines. */
export type Part = { heading: string; lines: string[] };
export type Shown = Part & { left: number };

/** A part shows so many lines, and fewer where all of them together would be too long. */
const mostLines = 12;

/**
 * As many lines of each part as one message holds, the same number of each, so that one long list does not take the room
 * of the others; and how many are left out.
 */
export function fittedParts(parts: readonly Part[], mostText: number): Shown[] {
  for (let most = mostLines; ; most -= 1) {
    const shown = parts.map(({ heading, lines }) => ({
      heading,
      lines: lines.slice(0, most),
      left: Math.max(0, lines.length - most),
    }));
    if (most === 1 || lengthOf(shown) <= mostText) return shown;
  }
}

function lengthOf(parts: readonly Shown[]): number {
  const lines = parts.flatMap(({ heading, lines }) => [heading, ...lines]);
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
