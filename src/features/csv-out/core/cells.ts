/** A value of an export as one cell; several are parted by semicolons, which people's names do not have. */
export function cellOf(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join('; ');
  return null;
}

/** Who sees it, in words: the workspace, the team, or some people besides those whom it concerns. */
export function visibilityCell(value: unknown): string {
  if (value === undefined || value === null || value === 'workspace') return 'workspace';
  if (Array.isArray(value))
    return value.length === 0 ? 'those whom it concerns' : value.map(String).join('; ');
  return String(value);
}

/** One field of something that an export has as a map, or of each of several. */
export function fieldOf(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => fieldOf(one, field));
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}

/** A channel as `#name`; one that is hidden is not named. */
export function channelCell(value: unknown, hidden: ReadonlySet<string>): string | null {
  return typeof value === 'string' && !hidden.has(value) ? value : null;
}
