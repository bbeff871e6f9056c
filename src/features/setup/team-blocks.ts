import type { ModalView } from '@slack/types';
import { type Content, fitted, sections } from '../../platform/slack/elements.ts';
import { menuField, peopleField, personField } from '../../platform/slack/fields.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import { mostMembers, type Team } from './core/settings.ts';

export const pickTeamModalId = 'setup:pick-team';
export const teamModalId = 'setup:team';

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });

export function pickTeamModal(teams: readonly { id: number; name: string }[]): ModalView {
  return {
    type: 'modal',
    callback_id: pickTeamModalId,
    title: words("A team's members"),
    submit: words('Next'),
    close: words('Not now'),
    blocks: [
      menuField({
        blockId: 'team',
        label: 'Which team',
        choices: teams.map(({ id, name }) => ({ id: String(id), name })),
      }),
    ],
  };
}

export function teamModal(team: Team): ModalView {
  const inSlack = team.members.flatMap(({ slackId, isDeactivated }) =>
    slackId === null || isDeactivated ? [] : [slackId],
  );
  const lead = team.lead?.isDeactivated === false ? (team.lead.slackId ?? undefined) : undefined;
  return {
    type: 'modal',
    callback_id: teamModalId,
    private_metadata: String(team.id),
    title: words("A team's members"),
    submit: words('Save'),
    close: words('Not now'),
    blocks: [
      ...sections([`Who is in *${inline(team.name)}*?`]),
      peopleField({
        blockId: 'members',
        label: 'Members',
        hint: 'They see rocks that are for the team alone, and are suggested to take one of its rocks over.',
        initial: inSlack,
        most: mostMembers,
        isOptional: true,
      }),
      personField({
        blockId: 'lead',
        label: 'Lead',
        hint: "They edit the team's rocks and cadences, and see the loads of its members.",
        initial: lead,
        isOptional: true,
      }),
    ],
  };
}

export function teamSaved(team: Team): Content {
  const { lead, members, name } = team;
  const count = members.length === 1 ? '1 member' : `${members.length} members`;
  const lines = [
    `*${inline(name)}* has ${count}${members.length === 0 ? '.' : ':'}`,
    ...fitted(
      members.map((person) => `• ${personMention(person)}`),
      members.length,
    ),
    lead === null ? 'Nobody leads it.' : `${personMention(lead)} leads it.`,
  ];
  return { text: lines.join('\n').replaceAll('*', ''), blocks: sections(lines) };
}
