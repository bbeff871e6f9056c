import type { Figures } from './digest.ts';

/** A week in which nothing happened that a leader has to know, in two kind lines. */
export function quietWords({ health, coverage }: Figures, since: string): string[] {
  const first = `A quiet week: nothing has changed since ${since}, and nothing is at risk.`;
  const onTrack = health['on-track'];
  const parts = [
    ...(onTrack === 0 ? [] : [`${onTrack} ${onTrack === 1 ? 'key result is' : 'key results are'} on track`]),
    ...(coverage.carried === 0
      ? []
      : [`${coverage.carried} ${coverage.carried === 1 ? 'rock is' : 'rocks are'} in good hands`]),
  ];
  const second =
    parts.length === 0
      ? 'As soon as there are rocks and key results, this is where they are told of.'
      : `${parts.join(' and ')}. Thank you, all of you.`;
  return [first, second];
}
