import {
  coverageDrawing,
  type Drawing,
  healthDrawing,
  loadDrawing,
  spreadDrawing,
} from '../pictures/core/company-spec.ts';
import type { Gathered, HealthCounts, Section } from './core/digest.ts';

/** A picture and where it stands in a digest. */
export type SectionDrawing = { section: Section; drawing: Drawing };

/**
 * The pictures of a digest: how health went, once there are two digests to compare; what people carry, without names; how
 * rocks are carried. A quiet one has none, and a section that says nothing has none.
 */
export function drawingsOf({ quiet, course, spread, sums, figures, named }: Gathered): SectionDrawing[] {
  if (quiet !== null) return [];
  const { carried, confirmed, unowned, setDown } = figures.coverage;
  const has = (section: Section) =>
    sums[section] !== undefined || named.some((line) => line.section === section);
  const drawings: SectionDrawing[] = [];
  if (has('health') && course.length > 1)
    drawings.push({ section: 'health', drawing: healthDrawing(course.map(pointOf)) });
  if (has('coverage'))
    drawings.push({
      section: 'coverage',
      drawing: coverageDrawing({ confirmed, unconfirmed: carried - confirmed, unowned, setDown }),
    });
  if (has('load') && spread.length > 0) drawings.push({ section: 'load', drawing: spreadDrawing(spread) });
  return drawings;
}

/** The same with the bars of each person by name, for product operations alone. */
export function previewDrawingsOf(
  gathered: Gathered,
  loads: readonly { name: string; load: number; limit: number }[],
): SectionDrawing[] {
  const drawings = drawingsOf(gathered);
  const carrying = loads.filter(({ load }) => load > 0);
  if (gathered.quiet !== null || carrying.length === 0) return drawings;
  return [
    ...drawings.filter(({ section }) => section !== 'load'),
    { section: 'load', drawing: loadDrawing(carrying) },
  ];
}

function pointOf({ on, health }: { on: string; health: HealthCounts }) {
  return {
    on,
    onTrack: health['on-track'],
    atRisk: health['at-risk'],
    offTrack: health['off-track'],
    unknown: health.outdated + health.unanswered,
  };
}
