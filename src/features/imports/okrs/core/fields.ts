import type { ImportField } from '../../core/import.ts';

/** What a sheet of OKRs can say, a row a key result. The headings of an export are among them. */
export const okrFields: readonly ImportField[] = [
  {
    key: 'objective',
    name: 'Objective',
    isNeeded: true,
    headings: ['objective', 'objectives', 'objective title', 'goal', 'ziel', 'objectif', 'objetivo'],
  },
  {
    key: 'keyResult',
    name: 'Key result',
    isNeeded: false,
    headings: ['key result', 'key results', 'kr', 'krs', 'title', 'key result title', 'measure of success', 'resultat cle'],
  },
  { key: 'key', name: 'Key', isNeeded: false, headings: ['key', 'kr key', 'key result key', 'id'] },
  {
    key: 'owner',
    name: 'Owner',
    isNeeded: false,
    headings: ['owner', 'kr owner', 'key result owner', 'dri', 'responsible', 'who', 'lead', 'verantwortlich', 'assignee'],
  },
  {
    key: 'objectiveOwner',
    name: 'Owner of the objective',
    isNeeded: false,
    headings: ['objective owner', 'owner of the objective', 'o owner', 'goal owner', 'sponsor'],
  },
  { key: 'backup', name: 'Backup', isNeeded: false, headings: ['backup', 'deputy', 'stand in', 'second'] },
  { key: 'team', name: 'Team', isNeeded: false, headings: ['team', 'squad', 'group', 'department', 'tribe'] },
  {
    key: 'cycle',
    name: 'Cycle or quarter',
    isNeeded: false,
    headings: ['cycle', 'quarter', 'period', 'quartal', 'timeframe', 'time frame', 'okr cycle', 'trimestre'],
  },
  { key: 'type', name: 'Type', isNeeded: false, headings: ['type', 'kr type', 'metric type', 'kind'] },
  { key: 'unit', name: 'Unit', isNeeded: false, headings: ['unit', 'units', 'einheit', 'uom'] },
  { key: 'direction', name: 'Direction', isNeeded: false, headings: ['direction', 'up or down', 'trend wanted'] },
  {
    key: 'start',
    name: 'Start',
    isNeeded: false,
    headings: ['start', 'baseline', 'start value', 'starting value', 'initial', 'initial value', 'startwert'],
  },
  {
    key: 'target',
    name: 'Target',
    isNeeded: false,
    headings: ['target', 'target value', 'goal value', 'zielwert', 'cible'],
  },
  {
    key: 'current',
    name: 'Current value',
    isNeeded: false,
    headings: ['current', 'current value', 'actual', 'now', 'value', 'latest', 'status value', 'aktuell'],
  },
  {
    key: 'due',
    name: 'Due day',
    isNeeded: false,
    headings: ['due', 'due date', 'due day', 'deadline', 'by when', 'end date', 'target date', 'fallig'],
  },
  {
    key: 'commitment',
    name: 'Committed or aspirational',
    isNeeded: false,
    headings: ['commitment', 'committed', 'committed or aspirational', 'ambition', 'okr type'],
  },
  {
    key: 'confidence',
    name: 'Confidence (noted, not imported)',
    isNeeded: false,
    headings: ['confidence', 'confidence level', 'confidence score'],
  },
];
