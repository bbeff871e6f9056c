import { nearest } from '../platform/core/edit-distance.ts';
import { accepted, type Result, refused } from '../platform/core/result.ts';

/** Countries whose public holidays are known, by their English names; loading them takes a moment, once. */
export async function listCountries(): Promise<{ code: string; name: string }[]> {
  const { default: Holidays } = await import('date-holidays');
  return Object.entries(new Holidays().getCountries('en'))
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The code of a state of a country, typed as its code or its name; refuses with the nearest one. */
export async function findState(country: string, typed: string): Promise<Result<string>> {
  const { default: Holidays } = await import('date-holidays');
  const states = Object.entries(new Holidays().getStates(country, 'en') ?? {});
  if (states.length === 0) {
    return refused('no-states', 'The holidays of this country are the same everywhere. Leave this empty.');
  }
  const wanted = typed.trim().toLowerCase();
  const found = states.find(([code, name]) => [code, name].some((it) => it.toLowerCase() === wanted));
  if (found !== undefined) return accepted(found[0]);
  const words = states.flatMap(([code, name]) => [name.toLowerCase(), code.toLowerCase()]);
  const meant = nearest(wanted.slice(0, 80), words);
  const named = states.find(([code, name]) => [code, name].some((it) => it.toLowerCase() === meant));
  const guess =
    named === undefined
      ? `There are: ${states
          .slice(0, 20)
          .map(([, name]) => name)
          .join(', ')}.`
      : `Did you mean ${named[1]}?`;
  return refused('unknown-state', `I don't know this part of the country. ${guess}`);
}
