import { markAllHomes } from '../../../delivery/homes.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvents } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { findPeople } from '../../people/operations.ts';
import { beginQuiet } from '../live/quiet-store.ts';
import { type NewSettings, notAnAdmin, refusalFor, settingsOf, settle } from '../operations.ts';
import { lockWorkspace } from '../store.ts';
import { mayBeFirst } from './core/first-admin.ts';
import type { StepKey } from './core/path.ts';
import { settingsStamp } from './core/stamp.ts';
import type { Guide, GuideDeps, Opening } from './guide.ts';
import {
  findSetup,
  findStanding,
  nameAdmin,
  type SetupRow,
  saveBegun,
  saveStep,
  saveWhoSaid,
} from './store.ts';

type ReadDeps = GuideDeps & { db: Database };

/** How `/cairn setup` begins for the actor. Refuses whoever is no admin and may not become the first one. */
export async function readOpening(
  { db, steps }: ReadDeps,
  workspaceId: string,
  actor: Actor,
): Promise<Result<Opening>> {
  const standing = await findStanding(db, workspaceId);
  const { isEmpty, begun } = standing;
  if (!actor.isAdmin) {
    if (!mayBeFirst(standing)) return notAnAdmin;
    return accepted({ kind: 'first', isEmpty, claim: begun === null ? 'installed' : 'follows' });
  }
  const setup = await findSetup(db, workspaceId);
  if (setup === undefined) return accepted({ kind: 'first', isEmpty, claim: null });
  return accepted({ kind: 'begun', guide: await guideOf({ db, steps }, workspaceId, actor, setup) });
}

/** Where the admins are. Refuses who is none, and where nobody has begun. */
export async function readGuide(deps: ReadDeps, workspaceId: string, actor: Actor): Promise<Result<Guide>> {
  const opening = await readOpening(deps, workspaceId, actor);
  if (!opening.ok) return opening;
  return opening.value.kind === 'begun' ? accepted(opening.value.guide) : notBegun;
}

/**
 * Begins the guided path. Whoever is taken for the one who installed Cairn becomes an admin by it; of two at once one
 * wins, and the other reads who it is. A workspace in which there is nothing yet is quiet from now on.
 */
export async function beginSetup(db: Database, workspaceId: string, actor: Actor): Promise<Result<Actor>> {
  return await inTransaction(
    db,
    async (tx) => {
      await lockWorkspace(tx, workspaceId);
      const [present] = await findPeople(tx, workspaceId, [actor.id]);
      const standing = await findStanding(tx, workspaceId);
      const isAdmin = present?.isAdmin === true;
      if (!isAdmin && !mayBeFirst(standing)) return await tooLate(tx, workspaceId);
      if (isAdmin && standing.begun !== null) return accepted({ ...actor, isAdmin });
      const at = await companyNow(tx, workspaceId);
      const common = { workspaceId, at, doer: { kind: 'person', personId: actor.id } as const };
      if (!isAdmin) await nameAdmin(tx, workspaceId, actor.id);
      await saveBegun(tx, workspaceId, actor.id, at);
      // Kept by the database from here on: what would be said waits until somebody presses `Go live`.
      if (standing.isEmpty) await beginQuiet(tx, workspaceId, at);
      await recordEvents(tx, [
        ...(isAdmin ? [] : [{ ...common, ...madeAdmin(actor.id) }]),
        { ...common, type: 'setup.begun', subject: { kind: 'workspace', id: 0 } },
      ]);
      await markAllHomes(tx, workspaceId);
      return accepted({ ...actor, isAdmin: true });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** The admins are at this step from now on, all of them together. */
export async function moveTo(
  db: Database,
  workspaceId: string,
  actor: Actor,
  step: StepKey,
): Promise<Result<null>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      const at = await companyNow(tx, workspaceId);
      return (await saveStep(tx, workspaceId, { step, personId: actor.id, at })) ? accepted(null) : notBegun;
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

export type Who = Pick<NewSettings, 'adminIds' | 'productOperationsId' | 'leadersId'>;

/**
 * The first step: who else is an admin, and where product operations and leaders meet. `seen` is the stamp of what stood
 * there when it was filled in: what another admin has saved since is shown before it is saved over.
 */
export async function sayWho(
  db: Database,
  workspaceId: string,
  actor: Actor,
  who: Who,
  seen: string,
): Promise<Result<null>> {
  const problem = refusalFor(actor);
  if (problem !== null) return problem;
  return await inTransaction(
    db,
    async (tx) => {
      await lockWorkspace(tx, workspaceId);
      const before = await settingsOf(tx, workspaceId);
      if (settingsStamp(before) !== seen) return changedMeanwhile;
      const { backpackLimit, releaseAfterHours } = before;
      const saved = await settle(tx, workspaceId, actor, { ...who, backpackLimit, releaseAfterHours });
      if (!saved.ok) return saved;
      const at = await companyNow(tx, workspaceId);
      await saveWhoSaid(tx, workspaceId, at);
      return (await saveStep(tx, workspaceId, { step: 'people', personId: actor.id, at }))
        ? accepted(null)
        : notBegun;
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

async function guideOf(
  { db, steps }: ReadDeps,
  workspaceId: string,
  actor: Actor,
  { step, movedAt, movedById }: SetupRow,
): Promise<Guide> {
  const [by] = await findPeople(db, workspaceId, [movedById]);
  return {
    step,
    steps: await Promise.all(steps.map(async (read) => await read(db, workspaceId))),
    moved: { by: by === undefined || by.id === actor.id ? null : by, at: movedAt },
    now: await companyNow(db, workspaceId),
    zone: actor.timezone,
  };
}

/** Who was faster, by name, so that one can ask them. */
async function tooLate(tx: Tx, workspaceId: string): Promise<Result<never>> {
  const setup = await findSetup(tx, workspaceId);
  if (setup === undefined) return notAnAdmin;
  const [first] = await findPeople(tx, workspaceId, [setup.begunById]);
  if (first === undefined || first.isDeactivated) return notAnAdmin;
  return refused(
    'somebody-was-first',
    `${personMention(first)} was here first and sets Cairn up. Ask them: they can name you an admin, too.`,
  );
}

function madeAdmin(id: number) {
  const subject = { kind: 'person', id };
  return { type: 'person.made-admin', subject, before: { isAdmin: false }, after: { isAdmin: true } };
}

const notBegun = refused('not-begun', 'Nobody has begun to set Cairn up here. `/cairn setup` begins.');
const changedMeanwhile = refused(
  'changed-meanwhile',
  'Another admin saved this while you filled it in, so nothing of yours is saved yet.',
);

/** Whether somebody has begun the guided path here. */
export async function hasBegun(db: Database, workspaceId: string): Promise<boolean> {
  return (await findSetup(db, workspaceId)) !== undefined;
}
