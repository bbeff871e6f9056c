/** What its people say of an item, 1 to 5 each; null: not said yet. */
export type Scores = { impact: number | null; effort: number | null; alignment: number | null };

/** `(impact × alignment) ÷ effort`, from 0.2 to 25; null as long as one of the three is not said. */
export function priorityOf({ impact, effort, alignment }: Scores): number | null {
  return impact === null || effort === null || alignment === null ? null : (impact * alignment) / effort;
}

/** "6.7": a priority with one digit behind the point. */
export function roundedPriority(priority: number): string {
  return priority.toFixed(1);
}

/** "Priority 6.7 = impact 5 × alignment 4 ÷ effort 3"; null: it is not scored. */
export function priorityWords(scores: Scores): string | null {
  const priority = priorityOf(scores);
  if (priority === null) return null;
  const { impact, alignment, effort } = scores;
  return `Priority ${roundedPriority(priority)} = impact ${impact} × alignment ${alignment} ÷ effort ${effort}`;
}

/** The highest priority first; what is not scored comes after all that is; else as people keep them. */
export function byPriority(
  one: Scores & { position: number; id: number },
  other: Scores & { position: number; id: number },
): number {
  const [a, b] = [priorityOf(one), priorityOf(other)];
  if (a !== null && b !== null && a !== b) return b - a;
  if ((a === null) !== (b === null)) return a === null ? 1 : -1;
  return one.position - other.position || one.id - other.id;
}

/** What an alignment begins with where nobody has said one: work for something in force is aligned with it by half. */
export function suggestedAlignment({
  alignment,
  supportsWhatIsInForce,
}: {
  alignment: number | null;
  supportsWhatIsInForce: boolean;
}): number {
  return alignment ?? (supportsWhatIsInForce ? 3 : 1);
}
