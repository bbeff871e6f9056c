import type { ImportField } from '../../core/import.ts';

const field = (key: string, name: string, headings: readonly string[]): ImportField => ({
  ...{ key, name, headings },
  isNeeded: key === 'title',
});

/** What a sheet of the roadmap can say, a row an item. */
export const roadmapFields: readonly ImportField[] = [
  field('title', 'Title', [
    'title',
    'item',
    'roadmap item',
    'initiative',
    'feature',
    'epic',
    'project',
    'what',
    'name',
  ]),
  field('key', 'Key', ['key', 'item key', 'slug']),
  field('summary', 'Summary', ['summary', 'description', 'details', 'notes', 'beschreibung']),
  field('horizon', 'Horizon', [
    'horizon',
    'status',
    'stage',
    'when',
    'now next later',
    'quarter',
    'timeframe',
    'bucket',
    'state',
  ]),
  field('owner', 'Owner', [
    'owner',
    'dri',
    'responsible',
    'who',
    'lead',
    'pm',
    'product manager',
    'assignee',
    'verantwortlich',
  ]),
  field('team', 'Team', ['team', 'squad', 'department', 'tribe']),
  field('rock', 'Rock', ['rock', 'area', 'product area', 'component', 'feature area', 'domain']),
  field('needs', 'Needs of other teams', [
    'needs',
    'depends on',
    'dependencies',
    'dependency',
    'other teams',
    'team needs',
  ]),
  field('due', 'Due day', [
    'due',
    'due date',
    'due day',
    'deadline',
    'target date',
    'release date',
    'launch date',
    'eta',
  ]),
  field('impact', 'Impact', ['impact', 'value', 'benefit', 'reach']),
  field('effort', 'Effort', ['effort', 'cost', 'size', 't shirt size', 'complexity', 'aufwand']),
  field('alignment', 'Alignment', ['alignment', 'strategic alignment', 'strategic fit', 'fit']),
  field('why', 'Why it was stopped', ['why', 'why stopped', 'reason', 'why it was stopped']),
];
