import type { Cells } from '../../platform/file/csv.ts';
import type { Fields } from '../../platform/file/writing.ts';
import { exportObjectives } from '../okrs/export.ts';
import { exportRoadmap } from '../roadmap/export.ts';
import { exportStrategy } from '../strategy/export.ts';
import { cellOf } from './core/cells.ts';
import type { Reading, Table } from './table.ts';

const roadmapColumns = [
  ...['Title', 'Key', 'Horizon', 'Owner', 'Team', 'Rock', 'Supports', 'Needs', 'Due', 'First due', 'Slips'],
  ...['Impact', 'Effort', 'Alignment', 'Summary', 'Reason', 'Outcome', 'Outcome in words'],
];

/** Every item of the roadmap. What it is about is named where the reader sees that. */
export async function roadmapTable({ db, workspaceId, naming, seen }: Reading): Promise<Table> {
  const objectives = await exportObjectives(db, workspaceId, naming);
  const hidden = new Set(objectives.map(({ key }) => String(key)).filter((key) => !seen.objectives.has(key)));
  const rows = (await exportRoadmap(db, workspaceId, naming)).map((item) => ({
    Title: cellOf(item['title']),
    Key: cellOf(item['key']),
    Horizon: cellOf(item['horizon']),
    Owner: cellOf(item['owner']),
    Team: cellOf(item['team']),
    Rock: seen.rocks.has(String(item['rock'])) ? cellOf(item['rock']) : null,
    Supports: hidden.has(String(item['supports'])) ? null : cellOf(item['supports']),
    Needs: cellOf(item['needs']),
    Due: cellOf(item['due']),
    'First due': cellOf(item['first_due']),
    Slips: cellOf(item['slips'] ?? 0),
    Impact: cellOf(item['impact']),
    Effort: cellOf(item['effort']),
    Alignment: cellOf(item['alignment']),
    Summary: cellOf(item['summary']),
    Reason: cellOf(item['why']),
    Outcome: cellOf(item['outcome']),
    'Outcome in words': cellOf(item['outcome_words']),
  }));
  return { columns: roadmapColumns, rows };
}

const strategyColumns = [
  ...[
    'Line',
    'Kind',
    'Key',
    'Part of',
    'Owner',
    'Rank',
    'Measure',
    'Horizon',
    'What we will not do',
    'Problem',
  ],
];

/** The strategy in force from top to bottom: the vision, each intent, its initiatives. */
export async function strategyTable({ db, workspaceId, naming }: Reading): Promise<Table> {
  const strategy = (await exportStrategy(db, workspaceId, naming)) ?? {};
  const vision = strategy['vision'];
  const intents = listOf(strategy['intents']).flatMap((intent) => [
    lineRow('intent', intent, null),
    ...listOf(intent['initiatives']).map((line) => lineRow('initiative', line, cellOf(intent['title']))),
  ]);
  return {
    columns: strategyColumns,
    rows: vision === undefined ? intents : [{ Line: cellOf(vision), Kind: 'vision' }, ...intents],
  };
}

function lineRow(kind: string, line: Fields, partOf: string | number | null): Cells {
  return {
    Line: cellOf(line['title']),
    Kind: kind,
    Key: cellOf(line['key']),
    'Part of': partOf,
    Owner: cellOf(line['owner']),
    Rank: cellOf(line['rank']),
    Measure: cellOf(line['measure'] ?? line['metric']),
    Horizon: cellOf(line['horizon']),
    'What we will not do': cellOf(line['not_doing']),
    Problem: cellOf(line['problem']),
  };
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value : [];
}
