/** What can be gathered for the agenda of a ritual, in the order in which an agenda has it. */
export const agendaSources = [
  { key: 'deferred', name: 'Lines deferred last time' },
  { key: 'changed-items', name: 'Roadmap items that changed' },
  { key: 'slips', name: 'Dates that slipped' },
  { key: 'stale-key-results', name: 'Key results nobody answered for' },
  { key: 'confidence-drops', name: 'Confidence that dropped' },
  { key: 'unowned-rocks', name: 'Rocks nobody carries' },
  { key: 'waiting-handoffs', name: 'Handoffs that wait' },
  { key: 'open-decisions', name: 'Open decisions' },
  { key: 'needs', name: 'What teams need of each other' },
  { key: 'overdue-actions', name: 'Actions overdue' },
  { key: 'look-again', name: 'Decisions due for another look' },
  { key: 'intents', name: 'Intents and how their work stands' },
  { key: 'loose-lines', name: 'Strategy without work, work without strategy' },
] as const;

export type AgendaSource = (typeof agendaSources)[number]['key'];

const names: ReadonlyMap<string, string> = new Map(agendaSources.map(({ key, name }) => [key, name]));

export function isAgendaSource(key: string): key is AgendaSource {
  return names.has(key);
}

/** As people read it. */
export function sourceName(key: AgendaSource): string {
  return names.get(key) ?? key;
}

/** Each once, in the order of an agenda; what is none is left out. */
export function inAgendaOrder(keys: readonly string[]): AgendaSource[] {
  return agendaSources.flatMap(({ key }) => (keys.includes(key) ? [key] : []));
}
