import type { ModalView } from '@slack/types';
import { section } from '../../platform/slack/elements.ts';
import { boxesField, menuOfManyField } from '../../platform/slack/fields.ts';
import { formModal } from '../../platform/slack/forms.ts';
import { notice } from '../../platform/slack/modals.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { importModals } from './actions.ts';
import { titleOf } from './blocks.ts';
import type { Proposal } from './core/channels.ts';
import { disciplineNames, type Starter } from './core/starter-list.ts';

/** A modal holds 250 kB, and nobody reads more. */
const mostChannels = 500;

/** Rocks that channels' names and topics speak of; all are picked at first. */
export function channelsModal(proposals: readonly Proposal[]): ModalView {
  if (proposals.length === 0) {
    const text = 'I see no public channel that looks like something to own. Bring a sheet, or paste cells.';
    return notice(titleOf('rocks'), { text, blocks: [section(text)] });
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
        `${proposals.length} public channels look like something to own.${more > 0 ? ` The first ${shown.length} are here.` : ''} Take out what is not. Private channels are left alone.`,
      ),
      menuOfManyField({
        blockId: 'channels',
        label: 'Rocks from channels',
        choices: shown.map(({ slackId, name, channel }) => ({ id: slackId, name: `${name} (#${channel})` })),
        initial: shown.map(({ slackId }) => slackId),
      }),
    ],
  });
}

/** The starter list by discipline; what the register has already is said and left out. */
export function starterModal(offered: readonly Starter[], had: readonly Starter[]): ModalView {
  const disciplines = [...new Set(offered.map(({ discipline }) => discipline))];
  const known = had.map(({ name }) => inline(name)).join(', ');
  const blocks = [
    section('Activities that most companies forget to assign. Tick what you do; nobody carries them yet.'),
    ...(had.length === 0 ? [] : [section(`*In the register already:* ${known}`)]),
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
