import { type Refusal, refused } from '../../../platform/core/result.ts';

export type Person = {
  id: number;
  /** Null until the person appears in Slack. */
  slackId: string | null;
  name: string;
  /** Their own IANA zone, or the workspace's where Slack does not say. */
  timezone: string;
  kind: 'member' | 'guest' | 'bot' | 'outsider';
  /** An admin of Slack, or named one in `/cairn setup`. */
  isAdmin: boolean;
  isDeactivated: boolean;
};

/** A person who may use Cairn: what operations are given, so that nobody else can reach one. */
export type Actor = Person & { slackId: string; kind: 'member'; isDeactivated: false };

/** Whether `person` may use Cairn at all. Guests, bots and people of other companies may not. */
export function isActor(person: Person): person is Actor {
  return person.kind === 'member' && !person.isDeactivated && person.slackId !== null;
}

/** The friendly no for somebody who is not an actor. */
export function notForYou(person: Pick<Person, 'kind' | 'isDeactivated'>): Refusal {
  if (person.isDeactivated)
    return refused('deactivated', 'Your Slack account is deactivated, so I cannot do this for you.');
  return refused(
    'not-a-member',
    'I answer full members of this workspace only. Ask one of them: they can surely look it up for you.',
  );
}
