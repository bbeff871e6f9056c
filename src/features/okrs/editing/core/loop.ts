/** Beyond these names nobody reads on. */
const mostNamed = 5;

/** That something would support itself, through what; null stands for an objective that the reader does not see. */
export function loopWords(title: string, through: readonly (string | null)[]): string {
  if (through.length === 0) return `This would make ${title} support itself.`;
  const names = through.slice(0, mostNamed).map((name) => name ?? 'one that you do not see');
  const more = through.length - names.length;
  if (more > 0) names.push(`${more} more`);
  const last = names.at(-1);
  const list = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  return `This would make ${title} support itself, through ${list}.`;
}
