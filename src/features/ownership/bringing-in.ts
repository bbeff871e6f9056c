import type { Temporal } from 'temporal-polyfill';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, type NewEvent, recordEvents } from '../../platform/db/events.ts';
import { eventsOf, got, type Importing, portions, sortOut } from '../../platform/db/importing.ts';
import type { SheetRock } from './core/sheet-rock.ts';
import { replaceParts } from './import-parts.ts';
import { saveRocks } from './import-rows.ts';
import { presentRocks, type RockState, readRocks } from './present-rocks.ts';
import { lockNames } from './register/store.ts';
import { readRegisterFigures } from './register-figures-store.ts';

/** A rock of the register beside which a sheet is read. */
export type RegisterRock = { id: number; key: string; state: RockState; ownerId: number | null };

/** Holds the names of all rocks: nobody gives a rock another before the transaction is over. */
export async function lockRegister(tx: Tx, workspaceId: string): Promise<void> {
  await lockNames(tx, workspaceId);
}

/** How many rocks there are, retired ones left out, and how many of them somebody owns. */
export async function countRegister(
  db: Database,
  workspaceId: string,
): Promise<{ rocks: number; owned: number }> {
  return await readRegisterFigures(db, workspaceId);
}

/** The whole register, the oldest rock first. */
export async function readRegister(db: Database, workspaceId: string): Promise<RegisterRock[]> {
  const { zone } = await readCompanyClock(db, workspaceId);
  const rocks = [...(await readRocks(db, workspaceId, zone))];
  return rocks
    .map(([key, { id, state, stint }]) => ({ id, key, state, ownerId: stint?.personId ?? null }))
    .sort((a, b) => a.id - b.id);
}

export type BroughtIn = {
  /** `owner` null: nobody owns it yet. */
  added: readonly { key: string; rock: SheetRock; ownerId: number | null }[];
  /** Rocks as they shall be. `ownerId` is of one that nobody owns yet; null leaves that as it is. */
  changed: readonly { before: RegisterRock; rock: SheetRock; ownerId: number | null }[];
};

/** Somebody was quicker: a rock is not any more as the import has read it. */
export class Overtaken extends Error {}

/**
 * Adds and changes many rocks at once. Who owns one by this has not confirmed it, and is told nothing. The names must be
 * held. Throws `Overtaken` where a rock is not as `before` says.
 */
export async function bringIn(
  tx: Tx,
  { workspaceId, at, doer }: { workspaceId: string; at: Temporal.Instant; doer: Doer },
  { added, changed }: BroughtIn,
): Promise<void> {
  const { zone } = await readCompanyClock(tx, workspaceId);
  const importing: Importing = {
    ...{ tx, workspaceId, at, timezone: zone },
    ...{ overwrite: false, isPartial: true, kept: [] },
  };
  const present = await presentRocks(
    importing,
    changed.map(({ before }) => before.key),
  );
  for (const { before } of changed) {
    const now = present.get(before.key);
    const isSame =
      JSON.stringify(now?.state) === JSON.stringify(before.state) &&
      (now?.stint?.personId ?? null) === before.ownerId;
    if (!isSame) throw new Overtaken();
  }
  const wanted = new Map<string, RockState>([
    ...added.map(({ key, rock }) => [key, stateOf(rock)] as const),
    ...changed.map(({ before, rock }) => [before.key, stateOf(rock, before.state)] as const),
  ]);
  const sorted = sortOut(wanted, new Map([...present].map(([key, { state }]) => [key, state])));
  const ids = new Map([...present].map(([key, { id }]) => [key, id]));
  await saveRocks(importing, sorted, present, ids);
  const states = [...sorted.added, ...sorted.changed];
  await replaceParts(
    importing,
    states.map(({ key, wanted: state }) => ({ id: got(ids, key), key, state })),
  );
  const owned = [...added, ...changed.map(({ before, ownerId }) => ({ key: before.key, ownerId }))].flatMap(
    ({ key, ownerId }) => (ownerId === null ? [] : [{ rockId: got(ids, key), ownerId }]),
  );
  for (const portion of portions(owned)) {
    await tx
      .insertInto('stints')
      .values(
        portion.map(({ rockId, ownerId }) => ({
          workspace_id: workspaceId,
          rock_id: rockId,
          person_id: ownerId,
          began: 'assigned' as const,
          began_at: at.toString(),
          confirmed_at: null,
        })),
      )
      .execute();
  }
  const events: Omit<NewEvent, 'workspaceId' | 'at' | 'doer'>[] = [
    ...eventsOf('rock', sorted, (key) => got(ids, key)),
    ...owned.map(({ rockId, ownerId }) => ({
      type: 'rock.assigned',
      subject: { kind: 'rock', id: rockId },
      before: { owner: null },
      after: { owner: ownerId },
    })),
  ];
  for (const portion of portions(events))
    await recordEvents(
      tx,
      portion.map((event) => ({ ...event, workspaceId, at, doer })),
    );
}

function stateOf(rock: SheetRock, before?: RockState): RockState {
  const { teamId, channelId, ...same } = rock;
  return {
    name: same.name,
    summary: same.summary,
    type: same.type,
    discipline: same.discipline,
    importance: same.importance,
    weight: same.weight,
    team_id: teamId,
    channel_id: channelId,
    line_id: before?.line_id ?? null,
    aliases: same.aliases,
    links: same.links,
    backups: same.backups,
    visibility: before?.visibility ?? 'workspace',
    viewers: before?.viewers ?? [],
    contributors: before?.contributors ?? [],
    set_down: before?.set_down ?? null,
    retired: before?.retired ?? null,
  };
}
