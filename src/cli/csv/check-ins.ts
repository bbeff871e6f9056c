import { readHistory, takeHistory } from '../../features/check-ins/history-operations.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Importing, Tally } from '../../platform/db/importing.ts';
import { shown } from '../../platform/file/finding.ts';
import type { ReadRow, Row } from './format.ts';
import type { CsvProblem } from './key-results.ts';
import type { PeopleNames } from './people.ts';

export const checkInColumns = [
  'key_result',
  'answered_at',
  'person',
  'value',
  'confidence',
  'health',
  'words',
  'late',
] as const;
export const neededCheckInColumns = ['key_result', 'answered_at', 'person', 'value', 'confidence'];

const healths = ['on-track', 'at-risk', 'off-track'] as const;

/** Every answer of a workspace, the earliest first. */
export async function exportCheckIns(db: Database, workspaceId: string, people: PeopleNames): Promise<Row[]> {
  const rows = await readHistory(db, workspaceId);
  return rows.map(({ keyResult, answeredAt, personId, value, confidence, health, words, isLate }) => ({
    key_result: keyResult,
    answered_at: answeredAt.toString(),
    person: people.nameOf(personId),
    value: String(value),
    confidence: String(confidence),
    health: health ?? '',
    words: words ?? '',
    late: isLate ? 'yes' : '',
  }));
}

/** Brings answers of the past in, each once: one of the same key result at the same instant is there already. */
export async function importCheckInRows(
  importing: Importing,
  rows: readonly ReadRow[],
  people: PeopleNames,
): Promise<{ tally: Tally; problems: CsvProblem[] }> {
  const problems: CsvProblem[] = [];
  const { tx, workspaceId } = importing;
  const present = await tx
    .selectFrom('key_results')
    .select(['id', 'key'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const keyResults = new Map(present.map(({ id, key }) => [key, id]));
  const answers = rows.flatMap(({ line, row }) => {
    const said = (words: string) => problems.push({ line, words });
    const cell = (name: string) => row[name] ?? '';
    const keyResultId = keyResults.get(cell('key_result'));
    if (keyResultId === undefined)
      said(`key_result: there is no key result ${shown(cell('key_result'))}; add it first`);
    const personId = people.find(cell('person'));
    if (personId === undefined)
      said(`person: I know nobody called ${shown(cell('person'))}; write an e-mail address`);
    const at = new Date(cell('answered_at'));
    if (!/^\d{4}-\d{2}-\d{2}/.test(cell('answered_at')) || Number.isNaN(at.getTime()))
      said(`answered_at: ${shown(cell('answered_at'))} is no time; write it like 2026-11-23T09:00:00Z`);
    const value = Number(cell('value'));
    if (cell('value') === '' || !Number.isFinite(value))
      said('value: I could not read a number in this. Write it like 12.5.');
    const confidence = Number(cell('confidence'));
    if (!/^\d{1,2}$/.test(cell('confidence')) || confidence > 10)
      said('confidence: Confidence is a whole number from 0 to 10.');
    const health = healths.find((it) => it === cell('health')) ?? null;
    if (cell('health') !== '' && health === null)
      said(
        `health: ${shown(cell('health'))} is none of ${healths.join(', ')}; leave it empty where it follows from confidence`,
      );
    const words = cell('words') || null;
    if (health !== null && words === null) said('words: say why, where health is not what confidence says');
    if (keyResultId === undefined || personId === undefined || problems.length > 0) return [];
    const answeredAt = at.toISOString();
    return [
      { keyResultId, personId, answeredAt, value, confidence, health, words, isLate: cell('late') === 'yes' },
    ];
  });
  if (problems.length > 0) return { tally: { added: 0, changed: 0, unchanged: 0 }, problems };
  const added = await takeHistory(tx, workspaceId, answers);
  return { tally: { added, changed: 0, unchanged: answers.length - added }, problems: [] };
}
