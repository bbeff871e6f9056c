import type { Prospect } from '../../cadence/ritual.ts';
import type { Database } from '../../platform/db/database.ts';
import type { AgendaSource } from '../playbook/core/sources.ts';
import { findPage, isBuiltInPoint } from '../playbook/operations.ts';
import { pageOf, planAgenda } from './core/agenda.ts';
import type { GatheredLine } from './core/line.ts';
import { gather } from './gathering/gather.ts';
import { findLooksBackTo, listTeamIds } from './store.ts';

/** A review that begins for the first time tells what has changed in so many days. */
const firstDays = 30;

export type Agenda = {
  lines: (GatheredLine & { position: number; page: number })[];
  leftOut: number;
  since: Prospect['dueAt'];
};

/** The page of a ritual, as far as its reviews go by it; undefined: the page is not there any more. */
export async function pageOfRitual(db: Database, workspaceId: string, ritual: string) {
  const page = await findPage(db, workspaceId, ritual);
  if (page === undefined) return undefined;
  // The points of a page that comes with Cairn are what its sources give, in a copy of it as well; those of one's own are
  // talked about as they stand.
  const isGathered = (point: string) => page.sources.length > 0 && isBuiltInPoint(point);
  return { ...page, points: page.id === null ? [] : page.agenda.filter((point) => !isGathered(point)) };
}

/** The agenda that a review would have at this moment. */
export async function readAgenda(
  db: Database,
  prospect: Pick<Prospect, 'workspaceId' | 'cadenceId' | 'local' | 'dueAt'>,
  page: { points: readonly string[]; sources: readonly AgendaSource[] },
): Promise<Agenda> {
  const { workspaceId, cadenceId, local, dueAt } = prospect;
  const since = (await findLooksBackTo(db, cadenceId)) ?? dueAt.subtract({ hours: firstDays * 24 });
  const teamIds = await listTeamIds(db, cadenceId);
  const scope = { workspaceId, cadenceId, teamIds, since, on: local.toPlainDate() };
  const gathered = await gather(db, scope, page, dueAt);
  const { lines, leftOut } = planAgenda(gathered);
  return {
    lines: lines.map((line, index) => ({ ...line, position: index + 1, page: pageOf(index + 1) })),
    leftOut,
    since,
  };
}
