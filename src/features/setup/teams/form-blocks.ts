import type { ModalView } from '@slack/types';
import { actions, button, context, section, sections } from '../../../platform/slack/elements.ts';
import {
  channelsField,
  menuOfManyField,
  peopleField,
  personField,
  textField,
} from '../../../platform/slack/fields.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { UserGroup } from '../../people/core/slack-user.ts';
import { mostMembers } from '../core/settings.ts';
import { guideActions, teamActions } from '../guide/actions.ts';
import { longestName } from './core/naming.ts';
import { mostTeams } from './core/proposal.ts';
import type { PreviewTeam } from './preview.ts';

export const pickModalId = 'setup-teams:pick';
export const changeModalId = 'setup-teams:change';

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
const title = words('Teams from Slack');

/** Why user groups cannot be picked. */
export const groupsMissing = {
  unreadable:
    'User groups are left out: I may not read them here. A Slack admin can give me the optional scope `usergroups:read`; user groups also need a paid plan. Channels and people work without.',
  silent:
    'User groups are left out: Slack does not tell me of them right now. *Back*, and then *Teams from Slack* once more, asks again.',
};

/** What teams are read from: user groups where they can be read, channels, people. */
export function pickModal(groups: readonly UserGroup[] | keyof typeof groupsMissing): ModalView {
  const isListed = typeof groups !== 'string';
  return {
    type: 'modal',
    callback_id: pickModalId,
    title,
    submit: words('Read them'),
    close: words('Later'),
    blocks: [
      section('Each group and each channel becomes one team. You see all of it before anything is created.'),
      ...(isListed && groups.length > 0
        ? [
            menuOfManyField({
              blockId: 'groups',
              label: 'User groups',
              choices: groups.map(({ slackId, name, handle }) => ({
                id: slackId,
                name: handle === '' ? name : `${name} (@${handle})`,
              })),
              isOptional: true,
            }),
          ]
        : []),
      channelsField({
        blockId: 'channels',
        label: 'Channels',
        hint: 'You see private ones that you are in. Type /invite @Cairn in a private one first: I cannot see it otherwise.',
        most: mostTeams,
        isOptional: true,
      }),
      peopleField({
        blockId: 'people',
        label: 'Or people, who are one team',
        most: mostMembers,
        isOptional: true,
      }),
      textField({
        blockId: 'peopleName',
        label: 'What that team is called',
        limit: longestName,
        isOptional: true,
      }),
      ...(isListed ? [] : [context(groupsMissing[groups])]),
      actions(button('Back', guideActions.back, 'people')),
    ],
  };
}

/** Shown while Slack is read, which may take a minute. */
export function readingModal(): ModalView {
  return {
    type: 'modal',
    title,
    close: words('Later'),
    blocks: [
      section('Reading who is in them from Slack …'),
      context(
        'A large channel takes up to a minute. You may close this: what I read waits at the second step.',
      ),
    ],
  };
}

/** One proposed team, to be changed. */
export function changeModal(proposalId: number, index: number, team: PreviewTeam): ModalView {
  const { name, members, leader } = team;
  return {
    type: 'modal',
    callback_id: changeModalId,
    private_metadata: JSON.stringify({ proposal: proposalId, index }),
    title,
    submit: words('Keep'),
    close: words('Later'),
    blocks: [
      section(`*${inline(name)}*, before it is created.`),
      textField({ blockId: 'name', label: 'Name', initial: name, limit: longestName }),
      peopleField({
        blockId: 'members',
        label: 'Members',
        initial: members.flatMap(({ slackId }) => (slackId === null ? [] : [slackId])),
        most: mostMembers,
        isOptional: true,
      }),
      personField({
        blockId: 'lead',
        label: 'Lead',
        hint: "They edit the team's rocks and rituals, and see the loads of its members. They need not be a member.",
        initial: leader?.person.slackId ?? undefined,
        isOptional: true,
      }),
      actions(button('Back', teamActions.preview, String(proposalId))),
    ],
  };
}

/** As many teams as one modal lists. */
const mostMade = 45;

/** The teams that were created here, each with the way back. */
export function removingModal(
  made: readonly { id: number; name: string; members: number }[],
  said: readonly string[] = [],
): ModalView {
  const shown = made.slice(0, mostMade);
  const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);
  return {
    type: 'modal',
    title: words('Remove a team'),
    close: words('Later'),
    blocks: [
      ...sections(said),
      section(
        made.length === 0
          ? 'No team is left that was created here.'
          : 'Teams that were created here go again at one press, as long as nothing rests on them.',
      ),
      ...shown.map(({ id, name, members }) =>
        section(
          `*${inline(name)}* · ${people(members)}`,
          button('Remove', `${teamActions.remove}/${id}`, String(id)),
        ),
      ),
      ...(made.length > shown.length ? [context(`… and ${made.length - shown.length} more.`)] : []),
      actions(button('Back', guideActions.back, 'people')),
    ],
  };
}
