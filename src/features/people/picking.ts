import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { within } from '../../platform/core/within.ts';
import { shortened } from '../../platform/slack/mrkdwn.ts';
import { isActor, type Person } from './core/person.ts';
import { type KnownChannel, lookUpChannel, type PeopleDeps, whoIsMeant } from './operations.ts';

/** A modal is acknowledged within three seconds: so long is Slack waited for, in all. */
const patienceMs = 1_500;

/**
 * People who were picked in a modal, each a full member. Refuses the first that is not, in words without formatting,
 * since they stand beside a field.
 */
export async function pickedPeople(
  deps: PeopleDeps,
  workspaceId: string,
  slackIds: readonly string[],
  whatFor: string,
): Promise<Result<Person[]>> {
  const people: Person[] = [];
  for (const slackId of new Set(slackIds)) {
    const person = await whoIsMeant(deps, workspaceId, { slackId, name: null });
    if (!person.ok)
      return refused('unknown-person', 'I do not know one of them. Pick people of this workspace.');
    if (!isActor(person.value)) {
      const name = shortened(person.value.name, 60);
      return refused('no-member', `${name} is ${whatOf(person.value)}. Only full members ${whatFor}.`);
    }
    people.push(person.value);
  }
  return accepted(people);
}

function whatOf({ kind, isDeactivated }: Person): string {
  if (isDeactivated) return 'deactivated in Slack';
  return { member: 'not in Slack yet', guest: 'a guest', bot: 'a bot', outsider: 'of another company' }[kind];
}

/**
 * A channel that was picked in a modal, as Slack has it at this moment. Refuses one that Cairn cannot post to, in
 * words without formatting; null for none.
 */
export async function pickedChannel(
  deps: PeopleDeps,
  workspaceId: string,
  slackId: string | null,
): Promise<Result<KnownChannel | null>> {
  if (slackId === null) return accepted(null);
  const looked = await within(
    patienceMs,
    lookUpChannel(deps, workspaceId, slackId).then(
      (channel) => ({ channel }),
      () => undefined,
    ),
  );
  if (looked?.value === undefined) {
    return refused('no-answer', 'Slack does not tell me about that channel right now. Send this off again.');
  }
  const { channel } = looked.value;
  if (channel === undefined) return refused('unseen', `I cannot see that channel. ${mend}`);
  if (channel.isArchived) return refused('archived', `#${channel.name} is archived. Pick another one.`);
  return channel.hasCairn ? accepted(channel) : refused('not-in', `I am not in #${channel.name}. ${mend}`);
}

const mend = 'Type /invite @Cairn in it, then send this off again.';
