import { normalName } from '../../core/names.ts';

/** As many words of a message as are read, and as a name may have. */
const mostWords = 150;
const longestRun = 5;
/** Shorter words are in every message. */
const shortest = 3;

/** Every run of words in a text that could be somebody's name for a rock, as names are compared; each once. */
export function runsIn(text: string): string[] {
  const words = normalName(text).split(' ').slice(0, mostWords);
  const runs = new Set<string>();
  for (const start of words.keys()) {
    for (let length = 1; length <= longestRun && start + length <= words.length; length += 1) {
      const run = words.slice(start, start + length).join(' ');
      if (run.length >= shortest) runs.add(run);
    }
  }
  return [...runs];
}

/** Names that were found, without those that are a part of a longer one: "refund" within "refund policy". */
export function longestOf<Found extends { normal: string }>(found: readonly Found[]): Found[] {
  const isWithin = (part: string, whole: string): boolean =>
    part !== whole && ` ${whole} `.includes(` ${part} `);
  return found.filter(({ normal }) => !found.some((other) => isWithin(normal, other.normal)));
}
