/** A cadence that holds a ritual; `channel` null: a private one, whose name is not for everybody. */
export type Holding = { key: string; channel: string | null };

/** Why a page cannot go yet, in words without formatting. */
export function inUseWords(cadences: readonly Holding[]): string {
  const [first, ...rest] = cadences;
  if (first === undefined) return '';
  const where = first.channel === null ? 'a private channel' : `#${first.channel}`;
  const used = `${first.key} in ${where}`;
  const mend = `(/cadence edit ${first.key})`;
  return rest.length === 0
    ? `${used} still uses it. Give that one another ritual first ${mend}.`
    : `${used} and ${rest.length} more still use it. Give those another ritual first ${mend}.`;
}
