/** What can be had as a table, and how people call it. */
export const csvTables = {
  rocks: 'Rocks',
  objectives: 'Objectives and key results',
  'key-results': 'Key results',
  'check-ins': 'Check-ins',
  roadmap: 'Roadmap',
  decisions: 'Decisions',
  strategy: 'Strategy',
  people: 'People',
  teams: 'Teams',
  accounts: 'Accounts of customers',
} as const satisfies Record<string, string>;

export type CsvTableName = keyof typeof csvTables;

/** Their names, in the order in which they are offered. */
export const csvTableNames: readonly CsvTableName[] = [
  ...(['rocks', 'objectives', 'key-results', 'check-ins', 'roadmap'] as const),
  ...(['decisions', 'strategy', 'people', 'teams', 'accounts'] as const),
];

export function readTableName(typed: string | null | undefined): CsvTableName | undefined {
  return csvTableNames.find((name) => name === typed);
}

/** A table as a file; `title` is how people call it. */
export type CsvFile = { name: string; title: string; text: string; rows: number };
