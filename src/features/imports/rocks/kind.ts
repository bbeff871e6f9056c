import { readCompanyClock } from '../../../platform/db/company-time.ts';
import { got } from '../../../platform/db/importing.ts';
import { bringIn, readRegister } from '../../ownership/bringing-in.ts';
import { normalName } from '../../ownership/core/names.ts';
import type { SheetRock } from '../../ownership/core/sheet-rock.ts';
import { whoAndWhere } from '../../people/operations.ts';
import { addTeams, knownTeams } from '../../people/teams.ts';
import type { KindOfImport } from '../kind.ts';
import { rockFields } from './core/fields.ts';
import { planRocksByRow } from './core/plan.ts';
import type { KnownForRocks, KnownRock, RockRow } from './core/rock-row.ts';

type Loaded = KnownForRocks & { register: Awaited<ReturnType<typeof readRegister>> };

/** Rocks from a sheet: proposals, which their owners are asked about later. Nobody is told anything from here. */
export const rocksImport: KindOfImport<Loaded, RockRow> = {
  kind: 'rocks',
  fields: rockFields,
  async load(db, workspaceId) {
    const register = await readRegister(db, workspaceId);
    const { zone } = await readCompanyClock(db, workspaceId);
    return {
      ...(await whoAndWhere(db, workspaceId)),
      teams: await knownTeams(db, workspaceId),
      rocks: register.map(knownRock),
      zone,
      register,
    };
  },
  plan: planRocksByRow,
  async apply(tx, { workspaceId, actor, at }, rows, { register }) {
    const doer = { kind: 'person', personId: actor.id } as const;
    const writes = rows.flatMap(({ write }) => write ?? []);
    // "Growth" and "growth" are one team, called as it is written first.
    const names = new Map<string, string>();
    for (const { newTeam } of writes)
      if (newTeam !== null && !names.has(normalName(newTeam))) names.set(normalName(newTeam), newTeam);
    const teams = await addTeams(tx, { workspaceId, at, doer }, [...names.values()]);
    const withTeam = ({ rock, newTeam }: (typeof writes)[number]): SheetRock =>
      newTeam === null ? rock : { ...rock, teamId: got(teams, names.get(normalName(newTeam)) ?? newTeam) };
    const byId = new Map(register.map((rock) => [rock.id, rock]));
    const all = writes.map((write) => {
      const before = write.rockId === null ? undefined : byId.get(write.rockId);
      return { key: write.key, rock: withTeam(write), ownerId: write.ownerId, before };
    });
    await bringIn(
      tx,
      { workspaceId, at, doer },
      {
        added: all.filter(({ before }) => before === undefined),
        changed: all.flatMap(({ before, rock, ownerId }) =>
          before === undefined ? [] : [{ before, rock, ownerId }],
        ),
      },
    );
  },
};

function knownRock({ id, key, state, ownerId }: Loaded['register'][number]): KnownRock {
  const { name, summary, type, aliases, links, backups, weight } = state;
  return {
    ...{ id, key, ownerId },
    standing: state.retired !== null ? 'retired' : state.set_down !== null ? 'set-down' : 'active',
    rock: {
      ...{ name, summary, type, weight, aliases, links, backups },
      discipline: state.discipline,
      importance: state.importance,
      teamId: state.team_id,
      channelId: state.channel_id,
    },
  };
}
