import type { ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import { boxesField, menuOfManyField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { notice } from '../../platform/slack/modals.ts';
import { inline, shortened } from '../../platform/slack/mrkdwn.ts';
import { importModals } from './actions.ts';
import { titleOf } from './blocks.ts';
import type { Proposal } from './core/channels.ts';
import { disciplineNames, type Starter } from './core/starter-list.ts';

/** A modal holds 250 kB, and nobody reads more. */
const mostChannels = 500;

/** Rocks that channels' names and topics speak of; all are picked at first. */
export function channelsModal(proposals: readonly Proposal[], had: readonly Proposal[] = []): ModalView {
  if (proposals.length === 0) {
    const text =
      had.length === 0
        ? 'I see no public channel that looks like something to own. Bring a sheet, or paste cells.'
        : 'All that your public channels speak of is in the register.';
    return notice(titleOf('rocks'), { text, blocks: [section(text), ...hadBlocks(had)] });
  }
  const shown = proposals.slice(0, mostChannels);
  const more = proposals.length - shown.length;
  return formModal({
    title: titleOf('rocks'),
    submit: 'Preview',
    callbackId: importModals.channels,
    metadata: { kind: 'rocks' },
    blocks: [
      section(
        `${proposals.length === 1 ? 'One public channel looks' : `${proposals.length} public channels look`} like something to own.${more > 0 ? ` The first ${shown.length} are here.` : ''} Take out what is not. Private channels are left alone.`,
      ),
      ...hadBlocks(had),
      menuOfManyField({
        blockId: 'channels',
        label: 'Rocks from channels',
        choices: shown.map(({ slackId, name, channel }) => ({ id: slackId, name: `${name} (#${channel})` })),
        initial: shown.map(({ slackId }) => slackId),
      }),
    ],
  });
}

/** So many of what is there already are named; a text of Slack holds 3,000 characters. */
const mostNamed = 40;

function hadBlocks(had: readonly { name: string }[]) {
  if (had.length === 0) return [];
  const named = had.slice(0, mostNamed).map(({ name }) => inline(shortened(name, 60)));
  const more = had.length - named.length;
  return [section(`*In the register already:* ${named.join(', ')}${more === 0 ? '' : ` and ${more} more`}`)];
}

/** The starter list by discipline; what the register has already is said and left out. */
export function starterModal(offered: readonly Starter[], had: readonly Starter[]): ModalView {
  const disciplines = [...new Set(offered.map(({ discipline }) => discipline))];
  const blocks = [
    section('Activities that most companies forget to assign. Tick what you do; nobody carries them yet.'),
    ...hadBlocks(had),
    ...disciplines.map((discipline) =>
      boxesField({
        blockId: `starter-${discipline}`,
        label: disciplineNames[discipline] ?? discipline,
        isOptional: true,
        choices: offered
          .filter((one) => one.discipline === discipline)
          .map(({ key, name, line }) => ({ id: key, name, line })),
      }),
    ),
  ];
  if (offered.length === 0)
    return notice(titleOf('rocks'), { text: 'All of it is in the register.', blocks });
  return formModal({
    title: titleOf('rocks'),
    submit: 'Preview',
    callbackId: importModals.starter,
    metadata: { kind: 'rocks' },
    blocks,
  });
}
