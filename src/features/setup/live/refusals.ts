import { type Refusal, refused } from '../../../platform/core/result.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';

export const goneTeam = refused(
  'unknown-team',
  'That team is not there any more. `/cairn setup` shows those that are.',
);
export const noRitual = refused(
  'no-ritual',
  'There is no ritual yet, so there is nothing to take live. Set one up first.',
);
export const pilotFirst = refused(
  'pilot-first',
  'One team goes first, so that you can see how it goes. Take one live, then the others.',
);

export const noRitualOf = (team: string): Refusal =>
  refused(
    'no-ritual',
    `${inline(team)} has no ritual yet, so nothing would be sent. Press \`Change it\` and add the team.`,
  );

export const nobodyInTeam = (team: string): Refusal =>
  refused(
    'no-members',
    `Nobody in Slack is in ${inline(team)} yet. Say who is with \`Change a team's members\` in \`/cairn setup\`.`,
  );

export const pilotChosen = (team: string): Refusal =>
  refused(
    'pilot-chosen',
    `${inline(team)} has just gone live as the first team. Look how it goes there, then take the others live.`,
  );

/** Rituals that are about what people carry: what to do where nobody of a team carries any. */
const mends: ReadonlyMap<string, { thing: string; mend: string }> = new Map([
  [
    'okr-check-in',
    {
      thing: 'a key result of the current cycle',
      mend: 'Add some with `/okr add`, or bring a spreadsheet in with `/cairn setup`.',
    },
  ],
  [
    'ownership-audit',
    {
      thing: 'a rock',
      mend: 'Add some with `/rock add`, or bring a spreadsheet in with `/cairn setup`.',
    },
  ],
]);

/** Null for rituals that may well ask nobody directly. */
export function nobodyAsked(ritual: string, team: string): Refusal | null {
  const known = mends.get(ritual);
  if (known === undefined) return null;
  return refused(
    'nobody-asked',
    `Nobody who is in ${inline(team)} owns ${known.thing}, so nobody would be asked. ${known.mend}`,
  );
}
