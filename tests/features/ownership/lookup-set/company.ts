import { seededRandom } from '../../../support/fake-slack/random.ts';
import { activities, aspects, codeNames, hosts, places, subjects, summaries, systemNames } from './words.ts';

/** A rock as a file would bring it. */
export type SetRock = { key: string; name: string; summary: string; aliases: string[]; links: string[] };

/** Chance with a seed. */
export type Chance = {
  one<T>(of: readonly T[]): T;
  below(limit: number): number;
  is(share: number): boolean;
};

export function chance(seed: number): Chance {
  const random = seededRandom(seed);
  // The first numbers of near seeds are near to each other.
  for (let turn = 0; turn < 10; turn += 1) random();
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    is: (share) => random() < share,
    one(of) {
      const picked = of[below(of.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
  };
}

/** What the contract compares names by, written once more so that the set leans on no rule that it measures. */
export function bare(name: string): string {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return letters
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word))
    .join(' ');
}

/** Letters, digits and hyphens, as people make keys and addresses of a name. */
export function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/**
 * The register of a bank: each subject is a rock, the others are a subject with an aspect, a place or an activity, as
 * such registers grow. The same `seed` gives the same company.
 */
export function makeCompany(count = 1_000, seed = 1): SetRock[] {
  const random = chance(seed);
  const names = new Map<string, string>(subjects.map((subject) => [subject, subject]));
  while (names.size < count) {
    const subject = random.one(subjects);
    names.set(grown(subject, random), subject);
  }
  const taken = new Set([...names.keys()].map(bare));
  const code = codeNames.flatMap((name) => [name, ...systemNames.map((system) => `${name} ${system}`)]);
  return [...names].slice(0, count).map(([name, subject]) => {
    const aliases = [
      random.is(0.4) ? random.one(code) : null,
      random.is(0.25) ? initials(name) : null,
      random.is(0.2) ? `${subject.split(/[ -]/)[0]} ${random.one(systemNames)}` : null,
    ]
      .filter((alias) => alias !== null)
      .filter((alias) => alias.length > 1 && !taken.has(bare(alias)));
    for (const alias of aliases) taken.add(bare(alias));
    const links = hosts.filter(() => random.is(0.5)).map((host) => linkOf(host, name, random));
    return {
      key: slug(name),
      name,
      summary: random.one(summaries).replace('{subject}', subject.toLowerCase()),
      aliases,
      links,
    };
  });
}

function grown(subject: string, random: Chance): string {
  const lower = subject.charAt(0).toLowerCase() + subject.slice(1);
  const single = subject.replace(/(?<=ch)es$|s$/, '');
  const turn = random.below(10);
  if (turn < 6) return `${single} ${random.one(aspects)}`;
  if (turn < 8) return `${subject} ${random.one(places)}`;
  if (turn < 9) return `${single} ${random.one(aspects)} ${random.one(places)}`;
  return `${random.one(activities)} ${lower}`;
}

export function initials(name: string): string {
  return name
    .split(/[ -]/)
    .map((word) => word.charAt(0))
    .join('')
    .toUpperCase();
}

function linkOf(host: string, name: string, random: Chance): string {
  const page = random.one(['', '/overview', '/2026', '/main']);
  const folder = random.one(['teams', 'boards', 'spaces', 'products']);
  return `https://${host}/${folder}/${slug(name)}${page}`;
}
