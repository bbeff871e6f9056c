import type { UsedChannel } from '../../features/health/channels-store.ts';
import type { Directory } from '../../features/people/directory.ts';
import { type Finding, mend, note, well } from './finding.ts';

/** Slack answers 50 such questions a minute; the soonest used come first. */
const mostAsked = 40;

/** Whether Cairn can write where it has to, as Slack tells it at this moment. */
export async function checkChannels(
  directory: Directory,
  channels: readonly UsedChannel[],
): Promise<Finding[]> {
  const about = 'Channels';
  if (channels.length === 0) return [note(about, 'Cairn writes in none yet: /cairn setup names some')];
  const findings: Finding[] = [];
  for (const channel of channels.slice(0, mostAsked)) {
    const words = await problemOf(directory, channel);
    if (words !== null) findings.push(mend(about, `#${channel.name} (${channel.uses.join(', ')}): ${words}`));
  }
  const left = channels.length - mostAsked;
  if (left > 0) findings.push(note(about, `${left} more were not asked about, since Slack limits that`));
  if (findings.some(({ state }) => state === 'mend')) return findings;
  const count = Math.min(channels.length, mostAsked);
  return [
    well(about, `Cairn is in ${count === 1 ? 'the one' : `all ${count}`} that it writes in`),
    ...findings,
  ];
}

async function problemOf(directory: Directory, { name, slackId }: UsedChannel): Promise<string | null> {
  if (slackId === null)
    return `Slack has not shown me such a channel. Check the name, and type /invite @Cairn in #${name}.`;
  const found = await directory.findChannel(slackId);
  if (found === null)
    return `it is gone, or it is private and I am not in it. Type /invite @Cairn in #${name}.`;
  if (found.isArchived)
    return 'it is archived. Unarchive it, or name another one in /cairn setup or /cadence edit.';
  return found.hasCairn ? null : `I am not in it. Type /invite @Cairn in #${found.name}.`;
}
