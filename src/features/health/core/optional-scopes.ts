/** A scope that whoever installs Cairn may leave out, and the one thing that is off without it. */
export type OptionalScope = { scope: string; off: string };

/** Those that manifest.yml marks as `bot_optional`. Without one of them everything else works. */
export const optionalScopes: readonly OptionalScope[] = [
  {
    scope: 'files:read',
    off: 'Spreadsheets cannot be uploaded in `/cairn setup`; their cells can be pasted instead.',
  },
  {
    scope: 'files:write',
    off: 'Charts are said in words, and CSV files cannot be sent in Slack.',
  },
  {
    scope: 'usergroups:read',
    off: 'User groups are not looked into; people and channels can be named instead.',
  },
];

/** What is off, since Slack has not granted it. Null: Slack has not said what it grants, so nothing is known to be off. */
export function offWithout(granted: ReadonlySet<string> | null): readonly OptionalScope[] {
  return granted === null ? [] : optionalScopes.filter(({ scope }) => !granted.has(scope));
}
