import { markAllHomes } from '../../delivery/homes.ts';
import { may, rolesInWorkspace } from '../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type NewEvent, recordEvents } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Actor } from '../people/core/person.ts';
import { findPeople } from '../people/operations.ts';
import type { Settings } from './core/settings.ts';
import { getSettings, listAdmins, lockWorkspace, saveAdmins, saveSettings } from './store.ts';

export type NewSettings = {
  adminIds: number[];
  productOperationsId: number | null;
  leadersId: number | null;
  backpackLimit: number;
  releaseAfterHours: number;
};

/** How Cairn is set up, for admins. */
export async function readSettings(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<Settings>> {
  return refusalFor(actor) ?? accepted(await settingsOf(db, workspaceId));
}

/**
 * Sets Cairn up: who else is an admin, the channels for product operations and for leaders, and what is enough. One
 * of the admins must remain. Setting what is set already changes nothing.
 */
export async function changeSettings(
  db: Database,
  workspaceId: string,
  actor: Actor,
  settings: NewSettings,
): Promise<Result<Settings>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(db, async (tx) => await settle(tx, workspaceId, actor, settings), {
    timeoutMs: submissionTimeoutMs,
  });
}

/** The same in a transaction that does more, by an actor who was found to be an admin. */
export async function settle(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  settings: NewSettings,
): Promise<Result<Settings>> {
  await lockWorkspace(tx, workspaceId);
  const { named, hasSlackAdmins } = await listAdmins(tx, workspaceId);
  const adminIds = [...new Set(settings.adminIds)];
  if (!hasSlackAdmins && adminIds.length === 0) return nobodyLeft;
  const before = await settingsOf(tx, workspaceId);
  await saveSettings(tx, workspaceId, settings);
  await saveAdmins(tx, workspaceId, adminIds);
  const after = await settingsOf(tx, workspaceId);
  const at = await companyNow(tx, workspaceId);
  const doer = { kind: 'person', personId: actor.id } as const;
  const common = { workspaceId, at, doer };
  await recordEvents(tx, [
    ...setUpEvents(before, after).map((event) => ({ ...common, ...event })),
    ...adminEvents(named, adminIds).map((event) => ({ ...common, ...event })),
  ]);
  await markAllHomes(tx, workspaceId);
  return accepted(after);
}

/** No for whoever is no admin. */
export function refusalFor(actor: Actor): Refusal | null {
  return may('set Cairn up', rolesInWorkspace(actor)) ? null : notAnAdmin;
}

type Told = Pick<NewEvent, 'type' | 'subject' | 'before' | 'after'>;

function setUpEvents(before: Settings, after: Settings): Told[] {
  const [was, is] = [before, after].map((settings) => ({
    productOperations: settings.productOperations?.id ?? null,
    leaders: settings.leaders?.id ?? null,
    backpackLimit: settings.backpackLimit,
    releaseAfterHours: settings.releaseAfterHours,
  }));
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  // A workspace has no number; the event's own column says which.
  return [{ type: 'workspace.set-up', subject: { kind: 'workspace', id: 0 }, before: was, after: is }];
}

function adminEvents(before: readonly number[], after: readonly number[]): Told[] {
  const changed = (ids: readonly number[], isAdmin: boolean) =>
    ids.map((id) => ({
      type: isAdmin ? 'person.made-admin' : 'person.unmade-admin',
      subject: { kind: 'person', id },
      before: { isAdmin: !isAdmin },
      after: { isAdmin },
    }));
  return [
    ...changed(
      after.filter((id) => !before.includes(id)),
      true,
    ),
    ...changed(
      before.filter((id) => !after.includes(id)),
      false,
    ),
  ];
}

/** How Cairn is set up, for whoever was found to be an admin. */
export async function settingsOf(db: Database | Tx, workspaceId: string): Promise<Settings> {
  const { named } = await listAdmins(db, workspaceId);
  return { ...(await getSettings(db, workspaceId)), admins: await findPeople(db, workspaceId, named) };
}

export const notAnAdmin = refused(
  'not-an-admin',
  'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.',
);
const nobodyLeft = refused(
  'nobody-left',
  'Slack tells me of no admin of its own, so nobody could set Cairn up any more. Name one person at least.',
);
