import type { Database } from '../../platform/db/database.ts';
import { dayOf } from '../../platform/db/import-days.ts';
import { type Fields, inOrder, type Naming, plainText, some, told } from '../../platform/file/writing.ts';
import { weights } from './core/rock-fields.ts';
import { type PresentRock, readRocks } from './present-rocks.ts';

export type ExportRefer = {
  naming: Naming;
  channels: ReadonlyMap<number, string>;
  /** Who has a rock on loan, by the rock's id. */
  loans: ReadonlyMap<number, { to: number; until: string }>;
  timezone: string;
};

/** The workspace's rocks as a file has them, all of them, whoever may see them. */
export async function exportRocks(db: Database, workspaceId: string, refer: ExportRefer): Promise<Fields[]> {
  const rocks = await readRocks(db, workspaceId, refer.timezone);
  return inOrder([...rocks], ([key]) => key).map(([key, rock]) => fieldsOf(key, rock, refer));
}

function fieldsOf(
  key: string,
  { id, state, supports, stint }: PresentRock,
  { naming, channels, loans, timezone }: ExportRefer,
): Fields {
  const { set_down: setDown, retired } = state;
  const loan = loans.get(id);
  return told({
    key,
    name: plainText(state.name),
    summary: textOf(state.summary),
    aliases: some(state.aliases.map(plainText)),
    ...(stint === null ? {} : stintFields(stint, naming, timezone)),
    backups: some(
      state.backups.filter((person) => person !== stint?.personId).map((person) => naming.person(person)),
    ),
    lent: stint === null || loan === undefined ? null : { to: naming.person(loan.to), until: loan.until },
    contributors: some(
      inOrder(
        state.contributors.map(({ person, discipline }) => ({ person: naming.person(person), discipline })),
        ({ person, discipline }) => `${person} ${discipline}`,
      ),
    ),
    team: state.team_id === null ? null : naming.team(state.team_id),
    channel: state.channel_id === null ? null : `#${channels.get(state.channel_id)}`,
    type: state.type === 'area' ? null : state.type,
    supports,
    discipline: state.discipline,
    importance: state.importance,
    weight: state.weight === weights.usual ? null : state.weight,
    ...visibilityOf(state, naming),
    set_down:
      setDown &&
      told({
        by: setDown.by === null ? null : naming.person(setDown.by),
        on: setDown.on,
        why: textOf(setDown.why),
        look_again: setDown.look_again,
      }),
    retired: retired && told({ on: retired.on, why: textOf(retired.why), into: retired.into }),
    links: some(state.links.map(({ label, url }) => ({ label: plainText(label), url: plainText(url) }))),
  });
}

/** Days are always told: a file that does not tell them means the day of its import. */
function stintFields(
  { personId, began, beganAt, confirmedAt }: NonNullable<PresentRock['stint']>,
  naming: Naming,
  timezone: string,
): Fields {
  const since = dayOf(beganAt, timezone);
  const confirmed = confirmedAt === null ? false : dayOf(confirmedAt, timezone);
  return {
    owner: naming.person(personId),
    acting: began === 'acting' ? true : null,
    owned_since: since,
    // A former owner who came back has confirmed longer ago than they carry it again.
    confirmed: confirmed !== false && confirmed < since ? since : confirmed,
  };
}

/** A list of nobody is told as well: then those alone see it whom it concerns. */
function visibilityOf({ visibility, viewers, team_id }: PresentRock['state'], naming: Naming): Fields {
  if (visibility === 'workspace') return {};
  if (visibility === 'team' && team_id !== null) return { visibility: 'team' };
  const people = viewers.map((person) => naming.person(person));
  return { visibility: inOrder(people, (handle) => handle) };
}

function textOf(text: string | null): string | null {
  return text === null ? null : plainText(text) || null;
}
