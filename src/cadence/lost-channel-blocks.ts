import { type Content, context, section } from '../platform/slack/elements.ts';
import { channelMention, inline } from '../platform/slack/mrkdwn.ts';
import { type LostChannel, lossWords } from './core/lost-channel.ts';

/** The direct message to who looks after a cadence that was paused since its channel is lost. */
export function lostChannelBlocks(
  of: LostChannel & { key: string; ritual: string; channel: { slackId: string | null; name: string } },
  asked: 'creator' | 'admin',
): Content {
  const { why, mend } = lossWords(of);
  const key = inline(of.key);
  const text = `I have paused ${key} (${inline(of.ritual)}) in ${channelMention(of.channel)}. ${why}`;
  const todo = `${mend}, or choose another channel with \`/cadence edit ${key}\`. Then \`/cadence resume ${key}\` and it goes on.`;
  const because =
    asked === 'creator'
      ? 'You get this because you set it up.'
      : 'You get this because you are an admin of this workspace in Slack.';
  return { text: `${text} ${todo}`, blocks: [section(`${text}\n${todo}`), context(because)] };
}
