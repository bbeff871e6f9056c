import { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import { dayOf } from '../../platform/db/import-days.ts';
import { type Importing, portions, recordImport } from '../../platform/db/importing.ts';
import type { BriefFacts } from './core/handoff.ts';

/** What a file says of one rock's loan; `to` null: it is with its owner. */
export type LoanEntry = {
  rock: number;
  isNew: boolean;
  owner: number | null;
  lent: { to: number; until: string } | null;
};

type PresentLoan = { id: number; rock: number; from: number | null; to: number; until: string };

/**
 * Keeps the loans of a file: of new rocks, and with `overwrite` of the others too, whose present loan ends where
 * the file has another one or none. A loan needs nobody's yes here: it is going on already. It returns by the
 * clock, as any other. Returns the rocks that were there already and whose loan changed; they must be locked.
 */
export async function importLoans(importing: Importing, entries: readonly LoanEntry[]): Promise<number[]> {
  const told = entries.filter(({ isNew }) => isNew || importing.overwrite);
  const present = await presentLoans(
    importing,
    told.flatMap(({ rock, isNew }) => (isNew ? [] : [rock])),
  );
  const changed = told.filter(({ rock, owner, lent }) => {
    const now = present.get(rock);
    return now?.to !== lent?.to || now?.until !== lent?.until || (now !== undefined && now.from !== owner);
  });
  await endLoans(
    importing,
    changed.flatMap(({ rock }) => present.get(rock) ?? []),
  );
  await beginLoans(importing, changed);
  await recordImport(
    importing,
    changed.map(({ rock, lent }) => ({
      type: lent === null ? 'rock.returned' : 'rock.lent',
      subject: { kind: 'rock', id: rock },
      before: { lent: shownLoan(present.get(rock)) },
      after: { lent },
    })),
  );
  return changed.flatMap(({ rock, isNew }) => (isNew ? [] : [rock]));
}

function shownLoan(loan: PresentLoan | undefined): { to: number; until: string } | null {
  return loan === undefined ? null : { to: loan.to, until: loan.until };
}

async function presentLoans({ tx }: Importing, rocks: readonly number[]): Promise<Map<number, PresentLoan>> {
  const present = new Map<number, PresentLoan>();
  for (const portion of portions(rocks, 5_000)) {
    const rows = await tx
      .selectFrom('handoffs')
      .select(['id', 'rock_id as rock', 'from_id as from', 'to_id as to', 'until_on as until'])
      .where('rock_id', 'in', portion)
      .where('kind', '=', 'lend')
      .where('state', '=', 'accepted')
      .orderBy('id')
      .forUpdate()
      .execute();
    for (const { id, rock, from, to, until } of rows) {
      if (rock !== null && until !== null) present.set(rock, { id, rock, from, to, until: until.toString() });
    }
  }
  return present;
}

async function endLoans({ tx, at }: Importing, loans: readonly PresentLoan[]): Promise<void> {
  for (const portion of portions(loans)) {
    const ids = portion.map(({ id }) => id);
    await tx
      .updateTable('handoffs')
      .set({ state: 'completed', ended_at: at.toString() })
      .where('id', 'in', ids)
      .execute();
    await tx.deleteFrom('handoff_steps').where('handoff_id', 'in', ids).execute();
  }
}

async function beginLoans(
  { tx, workspaceId, at, timezone }: Importing,
  entries: readonly LoanEntry[],
): Promise<void> {
  const begun = entries.flatMap(({ rock, owner, lent }) =>
    lent === null || owner === null ? [] : [{ rock, owner, ...lent }],
  );
  const zones = await zonesOf(
    { tx, timezone },
    begun.map(({ owner }) => owner),
  );
  for (const portion of portions(begun)) {
    const since = await carriedSince(
      tx,
      timezone,
      portion.map(({ rock }) => rock),
    );
    const rows = await tx
      .insertInto('handoffs')
      .values(
        portion.map(({ rock, owner, to, until }) => ({
          workspace_id: workspaceId,
          kind: 'lend' as const,
          rock_id: rock,
          from_id: owner,
          to_id: to,
          by_id: owner,
          state: 'accepted' as const,
          until_on: until,
          facts: JSON.stringify(factsOf(since.get(rock) ?? dayOf(at, timezone))),
          offered_at: at.toString(),
          accepted_at: at.toString(),
        })),
      )
      .returning(['id', 'rock_id'])
      .execute();
    const ids = new Map(rows.map(({ id, rock_id }) => [rock_id, id]));
    await tx
      .insertInto('handoff_steps')
      .values(
        portion.flatMap(({ rock, owner, until }) => {
          const id = ids.get(rock);
          if (id === undefined) return [];
          const due = endOf(until, zones.get(owner) ?? timezone).toString();
          return [{ workspace_id: workspaceId, handoff_id: id, step: 'return' as const, due_at: due }];
        }),
      )
      .execute();
  }
}

/** A loan that an operator brings in had no brief here; what is known of it is since when its owner carries the rock. */
function factsOf(carriedSince: string): BriefFacts {
  return { summary: null, carriedSince, team: null, channel: null, backups: [], links: [] };
}

async function carriedSince(
  tx: Tx,
  timezone: string,
  rocks: readonly number[],
): Promise<Map<number, string>> {
  const rows = await tx
    .selectFrom('stints')
    .select(['rock_id', 'began_at'])
    .where('rock_id', 'in', rocks)
    .where('ended_at', 'is', null)
    .execute();
  return new Map(rows.map(({ rock_id, began_at }) => [rock_id, dayOf(began_at, timezone)]));
}

/** The end of the last day of a loan, where its owner lives. */
function endOf(day: string, zone: string): Temporal.Instant {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).toInstant();
}

async function zonesOf(
  { tx, timezone }: Pick<Importing, 'tx' | 'timezone'>,
  people: readonly number[],
): Promise<Map<number, string>> {
  const zones = new Map<number, string>();
  for (const portion of portions(people)) {
    const rows = await tx
      .selectFrom('people')
      .select(['id', 'timezone'])
      .where('id', 'in', portion)
      .execute();
    for (const row of rows) zones.set(row.id, row.timezone ?? timezone);
  }
  return zones;
}
