/** A channel that takes no messages of Cairn's any more. */
export type LostChannel = {
  isArchived: boolean;
  /** The word with which Slack refused the last message. */
  lostReason: string | null;
};

/** Why a cadence is paused whose channel is lost, and how to get it going again; both are whole sentences. */
export function lossWords({ isArchived, lostReason }: LostChannel): { why: string; mend: string } {
  if (isArchived || lostReason === 'is_archived') {
    return { why: 'The channel is archived.', mend: 'Take it out of the archive' };
  }
  const mend = 'Invite me there with `/invite @Cairn`';
  if (lostReason === 'not_in_channel') return { why: 'I am not in the channel any more.', mend };
  if (lostReason === 'channel_not_found') {
    return { why: 'I cannot see the channel any more: it was deleted, or I was taken out of it.', mend };
  }
  return { why: `Slack does not let me post there (${lostReason ?? 'no reason given'}).`, mend };
}
