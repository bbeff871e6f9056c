import type { Entry } from '../../platform/file/entries.ts';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import { normalName } from './core/names.ts';

/** A name by which a rock of the workspace is found. `rock` is the rock's key. */
export type TakenName = { rock: string; kind: 'key' | 'name' | 'alias'; name: string };

type Named = { key?: string | undefined; name?: string | undefined; aliases?: string[] | undefined };
type Place = TakenName & { owner: Path | null; path: Path };

const words = { key: 'the key', name: 'the name', alias: 'an alias' };

/**
 * An alias must lead to one rock: it may not be another rock's key, name or alias, neither in the file nor, for
 * rocks that the file does not mention, in the workspace. Two rocks may have the same name.
 */
export function findNameClashes(
  entries: readonly Entry<unknown, Named>[],
  taken: readonly TakenName[],
  findings: Finding[],
): void {
  const places = entries.flatMap(namesOf);
  const inFile = new Set(entries.map(({ loose }) => loose.key));
  for (const name of taken) {
    if (!inFile.has(name.rock)) places.push({ ...name, owner: null, path: [] });
  }

  const byNormal = Map.groupBy(places, (place) => normalName(place.name));
  for (const [normal, same] of byNormal) {
    if (normal === '' || same.length === 1 || same.every(({ kind }) => kind !== 'alias')) continue;
    same.forEach((place, index) => {
      const other = same.find((candidate, at) => isInTheWay(place, candidate, at < index));
      if (other === undefined) return;
      const whose = other.owner === place.owner ? 'of this rock' : `of ${shown(other.rock)}`;
      const mend =
        place.kind === 'alias' ? 'leave it out or choose another' : 'choose another, or take that alias away';
      findings.push({
        path: place.path,
        words: `${shown(place.name)} is ${words[other.kind]} ${whose} already; ${mend}`,
      });
    });
  }
}

/** Of two aliases in the file the later one is wrong; against a key or name, it is the alias. */
function isInTheWay(place: Place, other: Place, isEarlier: boolean): boolean {
  if (place.owner === null || place === other) return false;
  if (other.owner === place.owner) return place.kind === 'alias' && other.kind === 'alias' && isEarlier;
  if (place.kind === 'alias') return other.kind !== 'alias' || other.owner === null || isEarlier;
  // The workspace's alias stands already, so the newcomer gives way.
  return other.kind === 'alias' && other.owner === null;
}

function namesOf({ path, loose }: Entry<unknown, Named>): Place[] {
  const rock = loose.key ?? loose.name ?? '';
  const at = { rock, owner: path };
  const places: Place[] = [];
  if (loose.key !== undefined) places.push({ ...at, kind: 'key', name: loose.key, path: [...path, 'key'] });
  if (loose.name !== undefined)
    places.push({ ...at, kind: 'name', name: loose.name, path: [...path, 'name'] });
  for (const [index, alias] of (loose.aliases ?? []).entries()) {
    places.push({ ...at, kind: 'alias', name: alias, path: [...path, 'aliases', index] });
  }
  return places;
}
