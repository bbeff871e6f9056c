import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { dayOf, instantOn } from '../../platform/db/import-days.ts';
import { type Importing, portions, recordImport } from '../../platform/db/importing.ts';
import type { PresentStint } from './present-rocks.ts';

/** Who shall carry a rock, and who does. Days are of the workspace's zone; what is undefined the file does not say. */
export type Ownership = {
  rock: number;
  isNew: boolean;
  present: PresentStint | null;
  /** When somebody before ceased to carry it, the latest. */
  lastEndedAt: Temporal.Instant | null;
  to: number | null;
  since: string | undefined;
  confirmed: string | false | undefined;
  isActing: boolean | undefined;
};

/**
 * Gives new rocks their owners, and with `overwrite` the others too. What an operator imports counts as
 * confirmed, unless the file says otherwise. Gives what became of the rocks that were there already, which must be
 * locked by the caller: which `moved` to another owner or to nobody, and of which, by their ids, the same owner's stint
 * was `mended`.
 */
export async function importStints(
  importing: Importing,
  ownerships: Ownership[],
): Promise<{ moved: Ownership[]; mended: number[] }> {
  const { tx, workspaceId, at, timezone } = importing;
  const old = importing.overwrite ? ownerships.filter(({ isNew }) => !isNew) : [];
  const moved = old.filter(({ present, to }) => (present?.personId ?? null) !== to);
  const left = moved.flatMap(({ present }) => present ?? []);

  for (const portion of portions(left)) {
    await tx
      .updateTable('stints')
      // The playground's clock may have been turned back since.
      .set({ ended_at: sql<string>`greatest(began_at, ${at.toString()}::timestamptz)`, ended: 'imported' })
      .where(
        'id',
        'in',
        portion.map(({ id }) => id),
      )
      .execute();
  }
  const begun = [...ownerships.filter(({ isNew }) => isNew), ...moved].flatMap((ownership) => {
    const { rock, isNew, present, to, confirmed, isActing } = ownership;
    if (to === null) return [];
    const began: 'created' | 'assigned' | 'acting' = isActing ? 'acting' : isNew ? 'created' : 'assigned';
    const since = present !== null ? at : beginning(ownership, importing);
    const confirmedAt =
      confirmed === false
        ? null
        : confirmed === undefined
          ? at
          : later(instantOn(confirmed, at, timezone), since);
    return [
      {
        workspace_id: workspaceId,
        rock_id: rock,
        person_id: to,
        began,
        began_at: since.toString(),
        confirmed_at: confirmedAt?.toString() ?? null,
      },
    ];
  });
  for (const portion of portions(begun)) await tx.insertInto('stints').values(portion).execute();

  await recordImport(
    importing,
    [...ownerships.filter(({ isNew, to }) => isNew && to !== null), ...moved].map(
      ({ rock, present, to }) => ({
        type: to === null ? 'rock.unassigned' : 'rock.assigned',
        subject: { kind: 'rock', id: rock },
        before: { owner: present?.personId ?? null },
        after: { owner: to },
      }),
    ),
  );
  const kept = old.filter(({ present, to }) => (present?.personId ?? null) === to);
  return { moved, mended: await mendStints(importing, kept) };
}

/** Since when the owner of a file carries a rock: nobody confirms before, and nobody else carries it meanwhile. */
function beginning(
  { since, confirmed, lastEndedAt }: Ownership,
  { at, timezone }: Importing,
): Temporal.Instant {
  const day = since ?? (confirmed === false ? undefined : confirmed);
  const told = day === undefined ? at : instantOn(day, at, timezone);
  return lastEndedAt === null ? told : later(told, lastEndedAt);
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) > 0 ? a : b;
}

type StintState = { owned_since: string; confirmed: string | false; acting: boolean };

/** Changes what is known of those who own their rocks still: since when, when they confirmed, whether they only act. */
async function mendStints(importing: Importing, kept: Ownership[]): Promise<number[]> {
  const { tx, at, timezone } = importing;
  const rocks: number[] = [];
  for (const ownership of kept) {
    const { present, since, confirmed, isActing, rock } = ownership;
    if (present === null) continue;
    const now: StintState = {
      owned_since: dayOf(present.beganAt, timezone),
      confirmed: present.confirmedAt === null ? false : dayOf(present.confirmedAt, timezone),
      acting: present.began === 'acting',
    };
    const beganAt = since === undefined ? present.beganAt : beginning(ownership, importing);
    const began = dayOf(beganAt, timezone);
    const wanted: StintState = {
      owned_since: began,
      confirmed: typeof confirmed === 'string' && confirmed < began ? began : (confirmed ?? now.confirmed),
      acting: isActing ?? now.acting,
    };
    const changed = (['owned_since', 'confirmed', 'acting'] as const).filter(
      (field) => now[field] !== wanted[field],
    );
    if (changed.length === 0) continue;
    rocks.push(rock);
    const confirmedAt =
      wanted.confirmed === false ? null : later(instantOn(wanted.confirmed, at, timezone), beganAt);
    await tx
      .updateTable('stints')
      .set({
        ...(changed.includes('owned_since') ? { began_at: beganAt.toString() } : {}),
        ...(changed.includes('confirmed') ? { confirmed_at: confirmedAt?.toString() ?? null } : {}),
        ...(changed.includes('acting') ? { began: wanted.acting ? 'acting' : 'assigned' } : {}),
      })
      .where('id', '=', present.id)
      .execute();
    const only = (state: StintState): Partial<StintState> =>
      Object.fromEntries(changed.map((field) => [field, state[field]]));
    await recordImport(importing, [
      { type: 'rock.changed', subject: { kind: 'rock', id: rock }, before: only(now), after: only(wanted) },
    ]);
  }
  return rocks;
}
