import { placeOf } from '../../../ownership/core/places.ts';
import { most, weights } from '../../../ownership/core/rock-fields.ts';
import type { SheetRock } from '../../../ownership/core/sheet-rock.ts';
import type { RowAsRead } from './reading-row.ts';
import type { KnownRock } from './rock-row.ts';

/** What a row says, with everybody and every place found. */
export type RowAsMeant = {
  read: RowAsRead;
  ownerId: number | null;
  /** As the preview shows who is proposed. */
  ownerName: string | null;
  backups: number[];
  teamId: number | null;
  newTeam: string | null;
  channelId: number | null;
};

/** A new rock as the row tells it. `aliases` are those that are free. */
export function newRock(meant: RowAsMeant, aliases: string[]): SheetRock {
  const { read, ownerId, teamId, channelId } = meant;
  return {
    ...{ name: read.name, summary: read.summary, type: read.type ?? 'area' },
    ...{ discipline: read.discipline, importance: read.importance, weight: read.weight ?? weights.usual },
    ...{ teamId, channelId, aliases, links: read.links },
    backups: meant.backups.filter((id) => id !== ownerId).slice(0, most.backups),
  };
}

/** A rock that is there, with what the row adds to it: what people said of it already stays, and is told as kept. */
export function filled(
  { rock, ownerId, standing }: KnownRock,
  meant: RowAsMeant,
  aliases: string[],
): { rock: SheetRock; ownerId: number | null; fills: string[]; kept: string[] } {
  const { read } = meant;
  const fills: string[] = [];
  const kept: string[] = [];
  /** The value that is there, else the one of the sheet. */
  const fill = <T>(name: string, now: T | null, told: T | null): T | null => {
    if (told === null || told === now) return now;
    (now === null ? fills : kept).push(name);
    return now ?? told;
  };
  const isOwned = ownerId !== null || standing !== 'active';
  if (meant.ownerId !== null && meant.ownerId !== ownerId) (isOwned ? kept : fills).push('owner');
  const owner = isOwned ? ownerId : meant.ownerId;

  const more = <T>(name: string, now: readonly T[], told: readonly T[], limit: number): T[] => {
    const added = told.slice(0, Math.max(0, limit - now.length));
    if (added.length > 0) fills.push(name);
    return [...now, ...added];
  };
  const places = new Set(rock.links.map(({ url }) => placeOf(url)));
  const links = read.links.filter(({ url }) => !places.has(placeOf(url)));
  const backups = meant.backups.filter((id) => id !== owner && !rock.backups.includes(id));
  if (read.type !== null && read.type !== rock.type) kept.push('type');
  if (read.weight !== null && read.weight !== rock.weight) kept.push('weight');
  const result: SheetRock = {
    ...{ name: rock.name, type: rock.type, weight: rock.weight },
    teamId: fill('team', rock.teamId, meant.teamId),
    channelId: fill('channel', rock.channelId, meant.channelId),
    discipline: fill('discipline', rock.discipline, read.discipline),
    importance: fill('importance', rock.importance, read.importance),
    summary: fill('summary', rock.summary, read.summary),
    aliases: more('other names', rock.aliases, aliases, most.aliases),
    links: more('links', rock.links, links, most.links),
    backups: more('backups', rock.backups, backups, most.backups),
  };
  return { rock: result, ownerId: isOwned ? null : meant.ownerId, fills, kept };
}
