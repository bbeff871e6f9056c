import type { ModalView } from '@slack/types';
import { lengthWords } from '../../platform/core/time-words.ts';
import { actions, button, type Content, section, sections } from '../../platform/slack/elements.ts';
import { channelField, numberField, peopleField } from '../../platform/slack/fields.ts';
import { channelMention, personMention } from '../../platform/slack/mrkdwn.ts';
import { tokensAction } from '../api/blocks.ts';
import { csvOutAction } from '../csv-out/blocks.ts';
import { anybody, limitAction } from '../ownership/load/blocks.ts';
import { limits } from '../ownership/load/core/limit.ts';
import { hours, mostAdmins, type Settings } from './core/settings.ts';
import { guideActions } from './guide/actions.ts';

export const settingsAction = 'setup:settings';
export const settingsModalId = 'setup:settings';
export const teamsAction = 'setup:teams';
// That of the feature that brings sheets in, which knows of this page and not the other way round.
const importsAction = 'imports:begin';

/** As many admins as are named; the rest is counted. */
const mostNamed = 20;

/** The page of what is set, and what can be changed; the guided path is one press away. */
export function setupBlocks(settings: Settings, hasBegun: boolean): Content {
  const lines = ['*How Cairn is set up*', ...settingLines(settings)];
  return {
    text: lines.join('\n').replaceAll('*', ''),
    blocks: [
      ...sections(lines),
      actions(
        button('Change it', settingsAction, 'settings', 'primary'),
        button("Change a team's members", teamsAction, 'teams'),
        button("Change somebody's limit", limitAction, anybody),
        button('API tokens', tokensAction, 'tokens'),
      ),
      actions(
        button('Bring in OKRs', `${importsAction}/okrs`, 'okrs'),
        button('Bring in the roadmap', `${importsAction}/roadmap`, 'roadmap'),
        button('Everything as CSV', csvOutAction, 'choose'),
        button(hasBegun ? 'Guided path' : 'Set up in six steps', guideActions.goOn, 'go-on'),
      ),
    ],
  };
}

/** What is set, a line each. */
export function settingLines(settings: Settings): string[] {
  const { admins, productOperations, leaders, backpackLimit, releaseAfterHours } = settings;
  const named = admins.slice(0, mostNamed).map(personMention);
  const more = admins.length > named.length ? [`${admins.length - named.length} more`] : [];
  const where = (channel: Settings['leaders']) =>
    channel === null ? 'no channel yet' : channelMention(channel);
  const after =
    releaseAfterHours === 0 ? 'at once' : `after ${lengthWords(releaseAfterHours * 3_600)}, in private`;
  return [
    `*Admins* ${['those of Slack', ...named, ...more].join(', ')}`,
    `*Product operations* ${where(productOperations)}`,
    `*Leaders* ${where(leaders)}`,
    `*Enough for one backpack* ${backpackLimit}, as a sum of weights`,
    `*Told of somebody who left* ${after}`,
  ];
}

export function settingsModal(settings: Settings): ModalView {
  const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  const idOf = (channel: Settings['leaders']) => channel?.slackId ?? undefined;
  const invite = 'Invite me there first: /invite @Cairn';
  return {
    type: 'modal',
    callback_id: settingsModalId,
    title: words('Set Cairn up'),
    submit: words('Save'),
    close: words('Not now'),
    blocks: [
      section('Admins of Slack are always admins here. What you set concerns everybody in this workspace.'),
      peopleField({
        blockId: 'admins',
        label: 'Who else is an admin',
        hint: 'They see loads and misses, move what others carry, and set Cairn up.',
        initial: settings.admins.flatMap(({ slackId, isDeactivated }) =>
          slackId === null || isDeactivated ? [] : [slackId],
        ),
        most: mostAdmins,
        isOptional: true,
      }),
      channelField({
        blockId: 'productOperations',
        label: 'Channel for product operations',
        hint: invite,
        initial: idOf(settings.productOperations),
        isOptional: true,
      }),
      channelField({
        blockId: 'leaders',
        label: 'Channel for leaders',
        hint: invite,
        initial: idOf(settings.leaders),
        isOptional: true,
      }),
      numberField({
        blockId: 'backpackLimit',
        label: 'Enough for one backpack, as a sum of weights',
        hint: 'Each rock weighs 1 to 5. Whoever carries more is shown what could be handed off first.',
        initial: settings.backpackLimit,
        from: limits.least,
        to: limits.most,
      }),
      numberField({
        blockId: 'releaseAfterHours',
        label: 'Hours before admins are told of somebody who left',
        hint: 'Nothing is announced, and nothing of theirs moves before an admin says so.',
        initial: settings.releaseAfterHours,
        from: hours.least,
        to: hours.most,
      }),
    ],
  };
}

export function savedContent(settings: Settings): Content {
  const lines = ['This is how Cairn is set up from now on.', ...settingLines(settings)];
  return { text: lines.join('\n').replaceAll('*', ''), blocks: sections(lines) };
}
