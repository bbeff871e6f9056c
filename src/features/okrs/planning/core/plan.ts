/** An objective of a draft, as a planning looks at it. */
export type Planned = {
  id: number;
  title: string;
  teamId: number | null;
  team: string | null;
  owner: string | null;
  /** Whether it supports a line of the strategy or another objective. */
  isSupporting: boolean;
  /** The key of the cycle that it was carried over from. */
  carriedFrom: string | null;
  committed: number;
  aspirational: number;
  /** Names of the teams that it needs something of. */
  needs: string[];
};

/** What an objective lacks before its cycle starts, in words. */
export function gapsOf({ owner, isSupporting, committed, aspirational }: Planned): string[] {
  return [
    ...(owner === null ? ['no owner'] : []),
    ...(committed + aspirational === 0 ? ['no key results'] : []),
    ...(isSupporting ? [] : ['no line it supports']),
  ];
}

/** "4 committed, 3 aspirational": how much is promised, and how much is a stretch. */
export function mixWords(objectives: readonly Planned[]): string {
  const sum = (count: (one: Planned) => number) => objectives.reduce((all, one) => all + count(one), 0);
  return `${sum(({ committed }) => committed)} committed, ${sum(({ aspirational }) => aspirational)} aspirational`;
}
