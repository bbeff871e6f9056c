import type { KnownBlock, ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import { momentWords } from '../../../platform/core/time-words.ts';
import {
  actions,
  button,
  context,
  fitted,
  header,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { channelMention, inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import { everybody, liveActions, liveForms } from './actions.ts';
import { pilotWords, promise } from './blocks.ts';
import type { Pilot, TeamPreview } from './core/live.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });

/** So many teams are shown, and people of each. */
const most = { teams: 15, people: 40 };

/** Whom the ritual would message, in each person's own time, team by team. */
export function whomModal(previews: readonly TeamPreview[], now: Temporal.Instant): ModalView {
  const shown = previews.slice(0, most.teams);
  const hidden = previews.length - shown.length;
  const blocks: KnownBlock[] = shown.flatMap((preview) => [
    header(preview.team.name),
    ...sections(previewLines(preview, now, Math.floor(most.people / shown.length) + 5)),
  ]);
  return {
    type: 'modal',
    title: words('Whom it messages'),
    close: words('Close'),
    blocks: [
      ...blocks,
      ...(hidden > 0 ? [context(`… and ${hidden} more teams.`)] : []),
      ...(previews.length === 0 ? sections(['No team holds it yet. Press `Change it` and pick some.']) : []),
      actions(button('Back', liveActions.back, 'back')),
    ],
  };
}

/** The channel first, then each person with their own time, then who is not asked and why. */
export function previewLines(preview: TeamPreview, now: Temporal.Instant, mostPeople: number): string[] {
  const { team, at, zone, asked, unnamed, notAsked } = preview;
  if (at === null) return ['It does not come again, so it messages nobody.'];
  const channel = team.channel === null ? 'its channel' : channelMention(team.channel);
  const people = [...asked]
    .sort((one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds)
    .map(
      (person) =>
        `• ${personMention(person)}: ${momentWords(person.at, now, person.timezone)}, where they are`,
    );
  const left = notAsked.map((person) => `• ${personMention(person)} ${inline(person.why)}`);
  return [
    `First ${channel}: ${momentWords(at, now, zone)} (${inline(zone)}).`,
    ...(people.length === 0
      ? [
          unnamed === 0
            ? 'It asks nobody directly.'
            : `Then ${unnamed === 1 ? 'one person' : `${unnamed} people`} directly, each in the morning of their own zone.`,
        ]
      : ['Then, directly:', ...fitted(people.slice(0, mostPeople), people.length)]),
    ...(left.length === 0 ? [] : ['Not asked:', ...fitted(left.slice(0, mostPeople), left.length)]),
  ];
}

/** Before a team goes live: who is messaged first, and when, and how it goes in the team before. */
export function goModal(
  preview: TeamPreview,
  { now, pilot, as }: { now: Temporal.Instant; pilot: Pilot | null; as: 'pilot' | 'next' },
): ModalView {
  const { team } = preview;
  return {
    type: 'modal',
    callback_id: liveForms.go,
    private_metadata: JSON.stringify({ team: team.id, as }),
    title: words('Go live'),
    submit: words('Go live'),
    close: words('Not now'),
    blocks: [
      header(`${team.name} goes live`),
      ...sections(previewLines(preview, now, most.people)),
      ...beside(pilot),
      context(
        `From then on Cairn also tells people in ${inline(team.name)} and its channels what else concerns them: handoffs, actions, and what waited until now. Others are not messaged. \`Pause\` takes it back.`,
      ),
    ],
  };
}

function beside(pilot: Pilot | null): KnownBlock[] {
  return pilot === null ? [] : [section(pilotWords(pilot))];
}

/** Before the whole company goes live. */
export function everybodyModal(teams: readonly string[], pilot: Pilot | null): ModalView {
  const names = teams.map((name) => `• ${inline(name)}`);
  return {
    type: 'modal',
    callback_id: liveForms.go,
    private_metadata: JSON.stringify({ team: everybody, as: 'next' }),
    title: words('Go live'),
    submit: words('Go live'),
    close: words('Not now'),
    blocks: [
      ...sections([
        '*The whole company goes live*',
        'From then on Cairn messages everybody whom something concerns, also what waited until now and is not over.',
        ...(names.length === 0
          ? []
          : ['These teams are live from then on as well:', ...fitted(names, names.length)]),
      ]),
      ...beside(pilot),
    ],
  };
}

/** Before a team is paused again. */
export function pauseModal(team: { id: number; name: string }, isQuiet: boolean): ModalView {
  return {
    type: 'modal',
    callback_id: liveForms.pause,
    private_metadata: String(team.id),
    title: words('Pause'),
    submit: words('Pause'),
    close: words('Not now'),
    blocks: sections([
      `*Pause ${inline(team.name)}?*`,
      isQuiet
        ? `Its ritual is paused, and nobody in it is messaged until it goes live again. What was sent stays; what comes meanwhile waits. ${promise}`
        : 'Its ritual is paused until it goes live again. As the whole company is live, people still hear of what else concerns them.',
    ]),
  };
}
