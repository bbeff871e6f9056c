import { readCompanyClock } from '../../../platform/db/company-time.ts';
import { rocksToLink } from '../../ownership/names-to-link.ts';
import { whoAndWhere } from '../../people/operations.ts';
import { knownTeams } from '../../people/teams.ts';
import { importItems, presentItems } from '../../roadmap/import-sheet.ts';
import { importing } from '../importing.ts';
import type { KindOfImport } from '../kind.ts';
import { roadmapFields } from './core/fields.ts';
import type { RoadmapKnown, RoadmapRow } from './core/known.ts';
import { planRoadmap } from './core/plan.ts';

/** The roadmap from a sheet. */
export const roadmapImport: KindOfImport<RoadmapKnown, RoadmapRow> = {
  kind: 'roadmap',
  fields: roadmapFields,
  async load(db, workspaceId, actor) {
    const { people } = await whoAndWhere(db, workspaceId);
    const { zone } = await readCompanyClock(db, workspaceId);
    return {
      ...{ people, zone },
      teams: await knownTeams(db, workspaceId),
      rocks: await rocksToLink(db, workspaceId, actor.id),
      items: await presentItems(db, workspaceId),
    };
  },
  plan: planRoadmap,
  async apply(tx, importer, rows) {
    const items = rows.flatMap(({ item }) => item ?? []);
    await importItems(await importing(tx, importer), items);
  },
};
