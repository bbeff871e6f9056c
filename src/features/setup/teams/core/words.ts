import type { LeadWhy, LeftOut } from './proposal.ts';

export const whyLeftOut: Readonly<Record<LeftOut['why'], string>> = {
  guest: 'a guest',
  bot: 'a bot',
  outsider: 'of another company',
  deactivated: 'deactivated',
  unknown: 'not known to Slack',
};

export const whyLead: Readonly<Record<LeadWhy, string>> = {
  topic: 'the channel says so',
  creator: 'created the channel',
  title: 'by their title',
  chosen: 'as you said',
};

/** "Ana", "Ana and Ben", "Ana, Ben and 3 more". */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  const parts = more > 0 ? [...shown, `${more} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
