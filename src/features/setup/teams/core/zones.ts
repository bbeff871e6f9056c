/** How many people live by one clock; null: Slack does not tell theirs. */
export type ZoneCount = { timezone: string | null; count: number };

/** As many zones as are named. */
const mostNamed = 4;

/**
 * "14 people in 3 zones: 9 in Berlin, 4 in New York, 1 in Kolkata", and how many have none. Where most would be "elsewhere",
 * the list says nothing, and only the place of the most is named.
 */
export function zoneLines(zones: readonly ZoneCount[]): string[] {
  const total = zones.reduce((sum, { count }) => sum + count, 0);
  const known = zones
    .filter((zone): zone is { timezone: string; count: number } => zone.timezone !== null)
    .sort((a, b) => b.count - a.count || a.timezone.localeCompare(b.timezone));
  const without = total - known.reduce((sum, { count }) => sum + count, 0);
  const people = total === 1 ? '1 person' : `${total} people`;
  if (total === 0) return ['Slack has told me of nobody yet.'];
  if (known.length === 0) return [`*${people}*. Slack does not tell where: I go by this workspace's clock.`];
  const named = known.slice(0, mostNamed).map(({ timezone, count }) => `${count} in ${placeOf(timezone)}`);
  const rest = known.slice(mostNamed).reduce((sum, { count }) => sum + count, 0);
  const inZones = known.length === 1 ? 'one zone' : `${known.length} zones`;
  const [most] = known;
  const isScattered = rest > total - without - rest;
  const where =
    isScattered && most !== undefined
      ? most.count === 1
        ? 'each in one of their own'
        : `the most in ${placeOf(most.timezone)} (${most.count})`
      : [...named, ...(rest > 0 ? [`${rest} elsewhere`] : [])].join(', ');
  const lacking = without === 1 ? '1 has' : `${without} have`;
  return [
    `*${people} in ${inZones}*: ${where}`,
    ...(without === 0 ? [] : [`${lacking} no zone in Slack: for them I go by this workspace's clock.`]),
  ];
}

/** "America/Argentina/Buenos_Aires" is said as "Buenos Aires". */
export function placeOf(timezone: string): string {
  return (timezone.split('/').at(-1) ?? timezone).replaceAll('_', ' ');
}
