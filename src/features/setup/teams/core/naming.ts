import { normalName } from '../../../ownership/core/names.ts';
import { slug } from '../../../people/core/handle.ts';

/** What channels and groups of teams begin or end with, and no team is called by. */
const frame = /^(?:team|squad|tribe|crew|grp|group)[-_ ]+|[-_ ]+(?:team|squad|tribe|crew)$/i;

/** As many characters as a team's name has. */
export const longestName = 80;

/** A team's name out of a channel's or a group's: "squad-fraud_and-risk" is "Fraud And Risk". */
export function teamName(from: string): string {
  const bare = from.trim().replace(/^[#@]/, '').replace(frame, '');
  const words = (bare || from).split(/[-_\s]+/).filter((word) => word !== '');
  // What somebody wrote with capitals, such as "UX research", is left as it is.
  const isPlain = bare === bare.toLowerCase();
  return words
    .map((word) => (isPlain ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word))
    .join(' ')
    .slice(0, longestName);
}

/** A key that is free: the name's letters, with a number behind them where a team has them already. */
export function teamKey(name: string, taken: ReadonlySet<string>): string {
  const plain = slug(name).slice(0, 40) || 'team';
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? plain : `${plain}-${number}`;
    if (!taken.has(key)) return key;
  }
}

/** Whether two names are of one team, as people read them. */
export function isSameName(one: string, other: string): boolean {
  return normalName(one) === normalName(other);
}
