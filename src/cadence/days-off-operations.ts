import type { Temporal } from 'temporal-polyfill';
import { may, rolesInWorkspace } from '../permission/permissions.ts';
import { accepted, type Result, refused } from '../platform/core/result.ts';
import { readCompanyClock } from '../platform/db/company-time.ts';
import type { Database } from '../platform/db/database.ts';
import { recordEvent } from '../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../platform/db/transaction.ts';
import { ruleOfCadence } from './cadence-rule.ts';
import { findCadenceById, findTaken, saveCadence } from './cadence-store.ts';
import { nextToPlan } from './core/upcoming.ts';
import { readDaysOff } from './days-off.ts';
import {
  type DaysOffSettings,
  lockMovable,
  type NamedDay,
  readSettings,
  saveDaysOff,
} from './days-off-store.ts';
import { listCountries } from './holiday-choices.ts';
import type { Changer } from './permission.ts';

const daysShown = 5;
/** Nobody plans farther ahead, and a company without any day off is told so soon. */
const farthestDays = 2 * 366;

/** The settings as they are, and the countries to pick from; for admins. */
export async function readDaysOffSettings(
  db: Database,
  workspaceId: string,
  actor: Changer,
): Promise<Result<DaysOffSettings & { countries: { code: string; name: string }[] }>> {
  if (!may('change holidays and company days', rolesInWorkspace(actor))) return notAnAdmin;
  const { now, zone } = await readCompanyClock(db, workspaceId);
  const settings = await readSettings(db, workspaceId, now.toZonedDateTimeISO(zone).toPlainDate());
  return accepted({ ...settings, countries: await listCountries() });
}

/**
 * Keeps where holidays are kept and the company's own days from today on. Cadences that holidays move or leave out
 * get their next time anew.
 */
export async function changeDaysOff(
  db: Database,
  workspaceId: string,
  actor: Changer,
  settings: DaysOffSettings,
): Promise<Result<{ next: NamedDay[]; today: Temporal.PlainDate }>> {
  if (!may('change holidays and company days', rolesInWorkspace(actor))) return notAnAdmin;
  return await inTransaction(
    db,
    async (tx) => {
      const { now, zone } = await readCompanyClock(tx, workspaceId);
      const today = now.toZonedDateTimeISO(zone).toPlainDate();
      const before = await readSettings(tx, workspaceId, today);
      await saveDaysOff(tx, workspaceId, settings, today);
      const dayOff = await readDaysOff(tx, workspaceId);
      const movable = await lockMovable(tx, workspaceId, now);
      const taken = await findTaken(tx, movable, now);
      for (const id of movable) {
        const cadence = await findCadenceById(tx, workspaceId, id);
        if (cadence === undefined) continue;
        const next = nextToPlan(ruleOfCadence(cadence, dayOff), now, taken.get(id) ?? []);
        await saveCadence(tx, id, { next_due_at: next?.toString() ?? null });
      }
      await recordEvent(tx, {
        workspaceId,
        at: now,
        doer: { kind: 'person', personId: actor.id },
        type: 'days-off.changed',
        // A workspace has no number; the event's own column says which.
        subject: { kind: 'workspace', id: 0 },
        before,
        after: settings,
      });
      const next: NamedDay[] = [];
      for (let ahead = 0; ahead < farthestDays && next.length < daysShown; ahead += 1) {
        const day = today.add({ days: ahead });
        const name = dayOff(day);
        if (name !== null) next.push({ day, name });
      }
      return accepted({ next, today });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

const notAnAdmin = refused(
  'not-an-admin',
  'Holidays and company days concern everybody, so admins set them. Ask one of them.',
);
