import type { ModalView } from '@slack/types';
import { context, section } from '../../../platform/slack/elements.ts';
import {
  type Choice,
  channelField,
  menuField,
  menuOfManyField,
  textField,
} from '../../../platform/slack/fields.ts';
import { liveForms } from './actions.ts';
import { promise } from './blocks.ts';
import type { LivePage, LiveTeam } from './core/live.ts';
import { type RitualForm, writeForm } from './input.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });

/** So many teams are set up in one go: each has a field for its channel. */
export const mostTeams = 40;

/** Which ritual, for which teams, when: with the OKR check-in on Monday mornings to begin with. */
export function ritualModal({ ritual, teams, zone }: LivePage, templates: readonly Choice[]): ModalView {
  const chosen = teams.filter(({ cadenceId }) => cadenceId !== null);
  const choices = teams.map(({ id, name }) => ({ id: String(id), name }));
  const first =
    chosen.length > 0 ? chosen : teams.filter(({ channel }) => channel?.hasCairn).slice(0, mostTeams);
  return {
    type: 'modal',
    callback_id: liveForms.ritual,
    title: words('The first ritual'),
    submit: words('Next'),
    close: words('Not now'),
    blocks: [
      section(promise),
      menuField({
        blockId: 'ritual',
        label: 'Ritual',
        hint: '/playbook says how each of them works.',
        choices: templates,
        initial: ritual?.key ?? 'okr-check-in',
      }),
      menuOfManyField({
        blockId: 'teams',
        label: 'Teams',
        hint: 'All that shall hold it some day. Each goes live by itself.',
        choices,
        initial: first.map(({ id }) => String(id)),
      }),
      textField({
        blockId: 'schedule',
        label: 'When',
        hint: 'Such as: Mondays at 9:00; every other Tuesday at 10:00; first working day of the month.',
        initial: ritual?.schedule ?? 'every Monday at 9:00',
        limit: 200,
      }),
      textField({
        blockId: 'timezone',
        label: 'Time zone',
        hint: 'Such as Europe/Berlin. People elsewhere are asked at the same time by their own clock.',
        initial: ritual?.timezone ?? zone,
        limit: 80,
      }),
    ],
  };
}

/** In which channel each team holds it: its own, unless another one is picked. */
export function channelsModal(form: RitualForm, teams: readonly LiveTeam[]): ModalView {
  return {
    type: 'modal',
    callback_id: liveForms.channels,
    private_metadata: writeForm(form),
    title: words('The first ritual'),
    submit: words('Save'),
    close: words('Not now'),
    blocks: [
      section('Where does each team hold it?'),
      ...teams.map((team) =>
        channelField({
          blockId: `team-${team.id}`,
          label: team.name,
          initial: team.channel?.isArchived === false ? (team.channel.slackId ?? undefined) : undefined,
        }),
      ),
      context('I must be in each channel: type `/invite @Cairn` there. Saving messages nobody.'),
    ],
  };
}
