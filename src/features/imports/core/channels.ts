import type { Sheet } from '../../../platform/core/sheet.ts';

/** A public channel, as far as it tells what somebody may own. */
export type ToldChannel = { slackId: string; name: string; topic: string; purpose: string };
export type Proposal = { slackId: string; channel: string; name: string; summary: string; owner: string };

const prefixes = /^(?:team|proj|project|feat|feature|squad|help|ext|topic|area)[-_]+/;
const social =
  /^(?:general|random|social|announcements?|announce|watercooler|fun|memes?|pets|music|food|lunch|coffee|jobs|kudos|intros?|introductions|all-hands|off-?topic|test(?:ing)?|sandbox|everyone|company)(?:[-_].*)?$/;
const noise =
  /(?:^|[-_])(?:inc|incidents?|alerts?|alarms?|logs?|monitoring|deploys?|builds?|ci|bots?|notifications?|random|social|archive|temp|tmp)(?:[-_]|$)/;

/** Whether a channel may be about something that somebody owns; the rest is chat, or a machine's. */
export function isLikely({ name }: Pick<ToldChannel, 'name'>): boolean {
  return !social.test(name) && !noise.test(name) && bareName(name) !== '' && !/^\d+$/.test(bareName(name));
}

/** A rock for each likely channel: its name from the channel's, its owner only where the topic names one. */
export function proposeFrom(channels: readonly ToldChannel[]): Proposal[] {
  const seen = new Set<string>();
  return channels
    .filter(isLikely)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .flatMap(({ slackId, name, topic, purpose }) => {
      const title = titleCase(bareName(name));
      if (seen.has(title)) return [];
      seen.add(title);
      const story = topic.trim() || purpose.trim();
      return [
        {
          slackId,
          channel: name,
          name: title,
          summary: withoutOwner(story).slice(0, 300),
          owner: ownerIn(story),
        },
      ];
    });
}

/** The proposals as a sheet, to be brought in like any other. */
export function channelSheet(proposals: readonly Proposal[]): Sheet {
  return {
    name: null,
    columns: ['Name', 'Summary', 'Owner', 'Channel'],
    rows: proposals.map(({ name, summary, owner, channel }, index) => ({
      line: index + 1,
      cells: [name, summary, owner, `#${channel}`],
    })),
    notes: [],
  };
}

function bareName(name: string): string {
  let bare = name;
  while (prefixes.test(bare)) bare = bare.replace(prefixes, '');
  return bare.replace(/[-_]+/g, ' ').trim();
}

function titleCase(words: string): string {
  return words
    .split(' ')
    .map((word) =>
      word.length <= 3 && /^(?:api|sdk|sso|psp|kyc|seo|ios|crm|pos)$/.test(word) ? word.toUpperCase() : word,
    )
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

const owner =
  /\b(?:owner|owned by|dri|lead|pm|responsible)\b\s*[:=–-]?\s*(<@[UW][A-Z0-9]+(?:\|[^>]*)?>|@[\p{L}\p{N}._-]+)|^(<@[UW][A-Z0-9]+(?:\|[^>]*)?>)/iu;

function ownerIn(story: string): string {
  const found = owner.exec(story);
  return (found?.[1] ?? found?.[2] ?? '').replace(/[.,;]+$/, '');
}

function withoutOwner(story: string): string {
  return story
    .replace(owner, ' ')
    .replace(/<(?:https?:[^>|]*)(?:\|([^>]*))?>/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^[\s|·,;.–-]+|[\s|·,;–-]+$/g, '')
    .trim();
}
