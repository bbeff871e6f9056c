import type { KnownBlock } from '@slack/types';
import { channelField, peopleField } from '../../../platform/slack/fields.ts';
import { mostAdmins, type Settings } from '../core/settings.ts';

/** What stands in the fields of the first step: Slack ids. */
export type WhoForm = { admins: readonly string[]; productOperations: string | null; leaders: string | null };

/** The fields as they are set. */
export function whoSet({ admins, productOperations, leaders }: Settings): WhoForm {
  return {
    admins: admins.flatMap(({ slackId, isDeactivated }) =>
      slackId === null || isDeactivated ? [] : [slackId],
    ),
    productOperations: productOperations?.slackId ?? null,
    leaders: leaders?.slackId ?? null,
  };
}

/** The fields of the first step. */
export function whoFields({ admins, productOperations, leaders }: WhoForm): KnownBlock[] {
  const invite = 'Invite me there first: /invite @Cairn';
  return [
    peopleField({
      blockId: 'admins',
      label: 'Who else is an admin',
      hint: 'They see loads and misses, move what others carry, and set Cairn up with you.',
      initial: admins,
      most: mostAdmins,
      isOptional: true,
    }),
    channelField({
      blockId: 'productOperations',
      label: 'Channel for product operations',
      hint: invite,
      initial: productOperations ?? undefined,
      isOptional: true,
    }),
    channelField({
      blockId: 'leaders',
      label: 'Channel for leaders',
      hint: invite,
      initial: leaders ?? undefined,
      isOptional: true,
    }),
  ];
}
