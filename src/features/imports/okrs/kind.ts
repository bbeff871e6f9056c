import { readCompanyClock } from '../../../platform/db/company-time.ts';
import { presentOkrs } from '../../okrs/import-present.ts';
import { whoAndWhere } from '../../people/operations.ts';
import { knownTeams } from '../../people/teams.ts';
import type { KindOfImport } from '../kind.ts';
import { applyOkrs } from './apply.ts';
import { okrFields } from './core/fields.ts';
import type { OkrRow, OkrsKnown } from './core/known.ts';
import { planOkrs } from './core/plan.ts';

/** Objectives and key results from a sheet. */
export const okrsImport: KindOfImport<OkrsKnown, OkrRow> = {
  kind: 'okrs',
  fields: okrFields,
  async load(db, workspaceId, actor) {
    const { people } = await whoAndWhere(db, workspaceId);
    const { zone } = await readCompanyClock(db, workspaceId);
    const { cycles, objectives } = await presentOkrs(db, workspaceId, actor.id);
    return { people, zone, teams: await knownTeams(db, workspaceId), cycles, objectives };
  },
  plan: planOkrs,
  apply: applyOkrs,
};
