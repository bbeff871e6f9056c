import type { z } from 'zod';
import { type Entry, findRepeats, form, readEntries, wholes } from '../../platform/file/entries.ts';
import {
  date,
  key,
  list,
  oneOf,
  person,
  reference,
  rock,
  team,
  text,
  whole,
} from '../../platform/file/fields.ts';
import { type Finding, shown } from '../../platform/file/finding.ts';
import type { Known } from '../../platform/file/names.ts';
import { horizons, longest, outcomes } from './core/item.ts';

const score = (what: string) => whole(1, 5, what).optional();

const itemForm = (known: Known) =>
  form({
    key: key(),
    title: text(longest.title),
    summary: text(longest.summary, { lines: true }).optional(),
    horizon: oneOf(horizons),
    owner: person(known).optional(),
    team: team(known).optional(),
    rock: rock(known).optional(),
    supports: reference(
      known.supports,
      (name) => `there is no objective, initiative or intent ${shown(name)}`,
      'add it under objectives or strategy',
    ).optional(),
    needs: list(team(known)),
    impact: score('score of impact'),
    effort: score('score of effort'),
    alignment: score('score of alignment'),
    due: date().optional(),
    first_due: date().optional(),
    slips: whole(0, 999, 'count of slips').optional(),
    why: text(longest.why, { lines: true }).optional(),
    outcome: oneOf(outcomes).optional(),
    outcome_words: text(longest.why, { lines: true }).optional(),
  });
/** An item as a file has it. */
export type RoadmapEntry = z.output<ReturnType<typeof itemForm>['whole']>;
type Loose = z.output<ReturnType<typeof itemForm>['loose']>;

/** Reads `roadmap`. */
export function readRoadmap(raw: unknown, known: Known, findings: Finding[]): RoadmapEntry[] {
  const entries = readEntries(itemForm(known), raw, ['roadmap'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  for (const entry of entries) findContradictions(entry, findings);
  return wholes(entries);
}

/** What an item says of a horizon that it is not in, and what it needs of itself. */
function findContradictions({ path, loose }: Entry<unknown, Loose>, findings: Finding[]): void {
  const find = (field: string, words: string) => findings.push({ path: [...path, field], words });
  const { horizon, due, why, outcome, outcome_words: words, needs = [] } = loose;
  if (horizon !== undefined) {
    if (due !== undefined && horizon !== 'now')
      find(
        'due',
        `only what is in now has a date, and this is ${horizon}; leave it out, or write "horizon: now"`,
      );
    if (why !== undefined && horizon !== 'stopped')
      find('why', `says why something was stopped, and this is ${horizon}; leave it out`);
    if (why === undefined && horizon === 'stopped') find('why', 'is missing; add "why: …"');
    if (outcome !== undefined && horizon !== 'shipped')
      find('outcome', `says what became of what has shipped, and this is ${horizon}; leave it out`);
  }
  if (words !== undefined && outcome === undefined)
    find('outcome_words', 'are about an outcome, and there is none; add "outcome: …"');
  const own = loose.team === undefined ? -1 : needs.indexOf(loose.team);
  if (own >= 0)
    findings.push({
      path: [...path, 'needs', own],
      words: `${shown(loose.team)} is its own team; name others of which it needs something`,
    });
}
