import { type Finding, shown } from '../../platform/file/finding.ts';
import type { Absence, PersonEntry } from './file.ts';

export type PersonRow = {
  id: number;
  handle: string | null;
  email: string | null;
  slackId: string | null;
  name: string;
  workingDays: number[] | null;
  away: Absence[];
  limit: number | null;
  isAdmin: boolean;
};

/** What a person's row shall say, and the row that it is, if there is one already. */
export type PersonPlan = {
  handle: string;
  email: string | null;
  slack_id: string | null;
  working_days: number[] | null;
  away: Absence[];
  limit: number | null;
  isAdmin: boolean;
  row: PersonRow | null;
};

/**
 * Finds who of the workspace each person of the file is: by short name, else by member ID, else by address.
 * Adds to `findings` where two of the file, or one of the file and somebody else, would be the same person.
 */
export function matchPeople(entries: PersonEntry[], rows: PersonRow[], findings: Finding[]): PersonPlan[] {
  const byHandle = indexBy(rows, (row) => row.handle);
  const bySlackId = indexBy(rows, (row) => row.slackId);
  const byEmail = indexBy(rows, (row) => row.email?.toLowerCase() ?? null);

  const plans: (PersonPlan & { entry: PersonEntry })[] = [];
  const takenRows = new Map<PersonRow, string>();
  for (const entry of entries) {
    const { handle, path } = entry;
    const row =
      byHandle.get(handle) ??
      bySlackId.get(entry.slack ?? '') ??
      byEmail.get(entry.email?.toLowerCase() ?? '') ??
      null;
    const other =
      row === null ? undefined : (takenRows.get(row) ?? (row.handle === handle ? null : row.handle));
    if (typeof other === 'string') {
      findings.push({ path, words: `is the same person as ${shown(other)} here; use that short name` });
      continue;
    }
    if (row !== null) takenRows.set(row, handle);
    plans.push({ ...planFor(entry, row), entry });
  }
  findCollisions(
    plans,
    rows.filter((row) => !takenRows.has(row)),
    findings,
  );
  return plans;
}

function planFor(entry: PersonEntry, row: PersonRow | null): PersonPlan {
  const email = entry.email ?? null;
  const present = row?.email ?? null;
  // Of an address that Slack has told, Slack knows better; and one is the same in capitals.
  const isSettled =
    present !== null && (row?.slackId != null || email?.toLowerCase() === present.toLowerCase());
  return {
    handle: entry.handle,
    email: isSettled ? present : (email ?? present),
    slack_id: entry.slack ?? row?.slackId ?? null,
    working_days: entry.workingDays === undefined ? (row?.workingDays ?? null) : entry.workingDays,
    away: entry.away ?? row?.away ?? [],
    limit: entry.limit ?? row?.limit ?? null,
    isAdmin: entry.admin ?? row?.isAdmin ?? false,
    row,
  };
}

/** No two rows may end with one address or one member ID, whoever had it before. */
function findCollisions(
  plans: (PersonPlan & { entry: PersonEntry })[],
  others: PersonRow[],
  findings: Finding[],
): void {
  const holders = { email: new Map<string, string>(), slack: new Map<string, string>() };
  for (const { name, handle, email, slackId } of others) {
    if (email !== null) holders.email.set(email.toLowerCase(), handle ?? name);
    if (slackId !== null) holders.slack.set(slackId, handle ?? name);
  }
  const entries = new Map(plans.map(({ entry }) => [entry.handle, entry]));
  for (const { entry, handle, email, slack_id } of plans) {
    for (const [field, value] of [
      ['email', email?.toLowerCase()],
      ['slack', slack_id],
    ] as const) {
      if (value === null || value === undefined) continue;
      const holder = holders[field].get(value);
      holders[field].set(value, handle);
      if (holder === undefined) continue;
      // Two of the file that say the same were told when the file was read.
      const given = [entry, entries.get(holder)].map((one) => one?.[field]?.toLowerCase());
      if (given.every((one) => one === value.toLowerCase())) continue;
      const words = `is ${shown(holder)}'s here, who is not ${shown(handle)}; take it out, or use a new short name for them`;
      findings.push({ path: [...entry.path, field], words });
    }
  }
}

function indexBy<Row>(rows: Row[], by: (row: Row) => string | null): Map<string, Row> {
  return new Map(rows.flatMap((row) => (by(row) === null ? [] : [[by(row) ?? '', row] as const])));
}
