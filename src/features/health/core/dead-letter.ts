/** What a message was, by the first part of its dedupe key: all that an admin is told of it. */
const kinds: Record<string, string> = {
  'check-in-run': 'The start of a check-in',
  'check-in-prompt': 'A check-in question',
  'check-in-nudge': 'A reminder of a check-in',
  'check-in-answers': 'An answer to a check-in',
  'check-in-summary': 'The summary of a check-in',
  'cadence-lost': 'News of a cadence that was paused',
  'handoff-offer': 'An offer of a rock',
  'handoff-sender': 'News of an offer',
  'handoff-accepted': 'News of an accepted offer',
  'handoff-declined': 'News of a declined offer',
  'handoff-thanks': 'Thanks for a handoff',
};

/** "A check-in question"; a kind that has no words of its own is called by its key. */
export function kindWords(dedupeKey: string): string {
  const [kind = ''] = dedupeKey.split(':');
  return kinds[kind] ?? `A message (${kind.replaceAll('-', ' ')})`;
}

const troubles: [words: string, errors: string[]][] = [
  ['its channel is archived', ['is_archived']],
  ['I am not in that channel: type `/invite @Cairn` there', ['not_in_channel']],
  ['that channel is gone, or I am not in it', ['channel_not_found']],
  [
    "that person's Slack account is deactivated or does not take messages",
    ['user_not_found', 'user_disabled', 'cannot_dm_bot', 'user_not_visible', 'messages_tab_disabled'],
  ],
  [
    "this workspace's rules do not let me write there",
    ['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_locked'],
  ],
  [
    'Slack does not take it as I wrote it, which is a fault of mine',
    ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long', 'no_text'],
  ],
];

/** Why a message was not delivered, in words; Slack's own word where there are none. */
export function reasonWords(reason: string | null): string {
  if (reason === null) return 'the reason is not known';
  const known = troubles.find(([, errors]) => errors.includes(reason));
  if (known !== undefined) return known[0];
  return /^[a-z_]+$/.test(reason) ? `Slack answered \`${reason}\`` : reason;
}
