/** What a message was, by the first part of its dedupe key: all that an admin is told of it. */
const kinds: Record<string, string> = {
  'check-in-run': 'The start of a check-in',
  daily: 'The message of a day',
  'check-in-prompt': 'A check-in question',
  'check-in-nudge': 'A reminder of a check-in',
  'check-in-disowned': 'A question of whose a key result is',
  'check-in-disowned-outcome': 'News of whose a key result is',
  'check-in-answers': 'An answer to a check-in',
  'check-in-summary': 'The summary of a check-in',
  'cadence-lost': 'News of a cadence that was paused',
  'handoff-offer': 'An offer of a rock',
  'handoff-offered': 'What became of an offer',
  'handoff-accepted': 'News of an accepted offer',
  'handoff-declined': 'News of a declined offer',
  'handoff-thanks': 'Thanks for a handoff',
  'handoff-asked': 'A wish for a rock',
  'handoff-asking': 'What became of a wish',
  'handoff-ask-declined': 'News of a declined wish',
  'handoff-assigned': 'News of a rock that is assigned to somebody else',
  'handoff-suggested': 'News of suggested changes',
  'handoff-offered-again': 'News of a changed brief',
  'handoff-reminder': 'A reminder of a handoff',
  'handoff-waits': 'A word to a lead',
  'handoff-expired': 'News of an offer that is over',
  'handoff-expired-to': 'News of an offer that is over',
  'handoff-lapsed': 'News of a rock that moved on',
  'handoff-lapsed-to': 'News of a rock that moved on',
  'handoff-returned': 'News of a loan that is back',
  'handoff-loan-over': 'News of a loan that is back',
  'handoff-loan-over-to': 'News of a loan that is back',
  'handoff-missing-7': 'What a brief misses',
  'handoff-missing-30': 'What a brief misses',
  digest: 'The digest for leaders',
  'digest-preview': 'The draft of a digest for leaders',
  readout: 'The readout for sales and marketing',
  'ritual-opinions': 'What people think of a ritual',
  'action-done': 'News of an action that is done',
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

/** Why a message was not delivered, in mrkdwn of our own; null for a reason that is kept in plain words already. */
export function reasonWords(reason: string | null): string | null {
  if (reason === null) return 'the reason is not known';
  const known = troubles.find(([, errors]) => errors.includes(reason));
  if (known !== undefined) return known[0];
  return /^[a-z_]+$/.test(reason) ? `Slack answered \`${reason}\`` : null;
}
