import { shown } from '../platform/file/finding.ts';
import { Names } from '../platform/file/names.ts';
import type { Place } from './holidays.ts';

/** What is wrong with a place: which of its fields, and how to mend it. */
export type PlaceProblem = { field: keyof Place; words: string };

/** The places whose holidays are known. */
export type Places = { problemOf(place: Place): PlaceProblem | null };

/** For a file that names no place. */
export const noPlaces: Places = { problemOf: () => null };

/** A code that many write for another. */
const meantBy = new Map([['UK', 'GB']]);

/** Which countries, states of them and regions of those have holidays. Takes a moment the first time. */
export async function loadPlaces(): Promise<Places> {
  const { default: Holidays } = await import('date-holidays');
  const places = new Holidays();
  return {
    problemOf({ country, state, region }) {
      const countries = places.getCountries('en');
      if (!Object.hasOwn(countries, country)) {
        const words = `${shown(country)} is no country whose holidays Cairn knows`;
        return {
          field: 'country',
          words: `${words}; ${mend(country, countries, 'write its two letters, such as DE')}`,
        };
      }
      if (state === null) return null;
      const states = places.getStates(country, 'en') ?? {};
      if (!Object.hasOwn(states, state)) {
        return { field: 'state', words: notIn(state, 'a state', countries[country] ?? country, states) };
      }
      if (region === null) return null;
      const regions = places.getRegions(country, state, 'en') ?? {};
      if (Object.hasOwn(regions, region)) return null;
      return { field: 'region', words: notIn(region, 'a region', states[state] ?? state, regions) };
    },
  };
}

type Codes = Readonly<Record<string, string>>;

function notIn(typed: string, kind: string, where: string, codes: Codes): string {
  const known = Object.keys(codes);
  if (known.length === 0) return `${where} has no such parts with holidays of their own; leave it out`;
  return `${shown(typed)} is not ${kind} of ${where}; ${mend(typed, codes, `write one of ${known.sort().join(', ')}`)}`;
}

/** People write a code in small letters, or the name in place of it. */
function mend(typed: string, codes: Codes, otherwise: string): string {
  const capitals = typed.toUpperCase();
  const byName = new Map(Object.entries(codes).map(([code, name]) => [name, code]));
  const code = Object.hasOwn(codes, capitals) ? capitals : meantBy.get(capitals);
  const meant = code ?? byName.get(new Names(byName.keys()).nearest(typed) ?? '');
  return meant === undefined ? otherwise : `did you mean ${shown(meant)} (${codes[meant] ?? ''})?`;
}
