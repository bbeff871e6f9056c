import { isAwayOn, promptAt } from '../../../cadence/core/asking.ts';
import type { Prospect, Rehearsal } from '../../../cadence/ritual.ts';
import { dayWords } from '../../../platform/core/time-words.ts';
import type { Database } from '../../../platform/db/database.ts';
import { listOwners } from './audit-store.ts';
import { auditBlocks, auditPromptBlocks, auditSummaryBlocks } from './blocks.ts';
import { listAskable } from './rehearsal-store.ts';

/** So many people's messages are shown where nobody says how many; all are named. */
const mostShown = 2;

/** What an audit would say from its beginning to its end, if nobody answered. */
export async function rehearseAudit(
  db: Database,
  prospect: Prospect & { name: string; mostPeople?: number },
): Promise<Rehearsal> {
  const { workspaceId, cadenceId } = prospect;
  const owners = await listOwners(db, workspaceId, [{ occurrenceId: 0, cadenceId }]);
  const ids = owners.map(({ personId }) => personId);
  const people = new Map((await listAskable(db, workspaceId, ids)).map((person) => [person.id, person]));
  const all = owners.flatMap(({ personId, count }) => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const at = promptAt(prospect, person.timezone);
    const isAway = isAwayOn(person, at.toZonedDateTimeISO(person.timezone).toPlainDate());
    return [{ ...person, at, count, isAway }];
  });
  const asked = all.filter(({ isAway }) => !isAway);
  const sum = (rows: readonly { count: number }[]) => rows.reduce((total, { count }) => total + count, 0);
  const away = sum(all.filter(({ isAway }) => isAway));
  const tally = { owned: sum(all), confirmed: 0, away, unasked: 0, left: 0, unowned: 0, lookAgain: 0 };
  const day = dayWords(prospect.local.toZonedDateTime('UTC').toInstant(), 'UTC');
  return {
    asked,
    shown: [
      { where: 'The channel', content: auditBlocks(tally, { day, late: null, isOver: false }) },
      ...asked.slice(0, prospect.mostPeople ?? mostShown).map(({ name, count }) => ({
        where: `${name}, directly`,
        content: auditPromptBlocks(0, { owned: count, left: count }),
      })),
      { where: 'The thread, when it closes', content: auditSummaryBlocks(tally) },
    ],
  };
}
