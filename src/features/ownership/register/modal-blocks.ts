import type { ModalView } from '@slack/types';
import { section } from '../../../platform/slack/elements.ts';
import {
  dateField,
  menuOfManyField,
  personField,
  searchField,
  textField,
} from '../../../platform/slack/fields.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { longest } from '../core/rock-fields.ts';
import { rockSearch } from '../misses/blocks.ts';
import { rockForm, rockModals } from './frame-blocks.ts';
import { choiceId } from './input.ts';

/** Where somebody says why a rock is set down, and when to look again. */
export function setDownModal(rock: { id: number; name: string }, lookAgainOn: string): ModalView {
  return rockForm('Set it down', 'Set it down', rockModals.setDown, { rock: rock.id }, [
    section(
      `The company chooses not to carry *${inline(rock.name)}* now. It is no gap, and everybody who asks reads why.`,
    ),
    reasonField('Why not now?'),
    dateField({ blockId: 'again', label: 'When shall we look again?', initial: lookAgainOn }),
  ]);
}

/** `into`: the rock that it went into, where somebody has said so already. */
export function retireModal(rock: { id: number; name: string }, into: Named | null): ModalView {
  return rockForm('Retire it', 'Retire it', rockModals.retire, { rock: rock.id }, [
    section(
      `*${inline(rock.name)}* is over. Its names still lead to a note that says so. If its links and backups shall go along into another rock: \`/rock merge\`.`,
    ),
    reasonField('Why is it over?'),
    intoField('Did it go into another rock?', into, { isOptional: true }),
  ]);
}

export function mergeModal(rock: { id: number; name: string }, into: Named | null): ModalView {
  return rockForm('Merge it', 'Merge', rockModals.merge, { rock: rock.id }, [
    section(
      `*${inline(rock.name)}* goes into another rock and retires. Whoever asks for it by its names reads where it went.`,
    ),
    intoField('Into which rock?', into),
    menuOfManyField({
      blockId: 'along',
      label: 'What goes along',
      isOptional: true,
      choices: [
        { id: 'links', name: 'Links' },
        { id: 'backups', name: 'Backups' },
      ],
      initial: ['links', 'backups'],
    }),
  ]);
}

export function splitModal(rock: {
  id: number;
  name: string;
  summary: string | null;
  aliases: readonly string[];
  links: readonly { label: string; url: string }[];
  owner: string | null;
}): ModalView {
  const isOptional = true;
  return rockForm('Split it', 'Split', rockModals.split, { rock: rock.id }, [
    section(
      `A part of *${inline(rock.name)}* becomes a rock of its own. Team, channel and the like stay the same.`,
    ),
    textField({ blockId: 'name', label: 'Name of the new one', limit: longest.name }),
    textField({ blockId: 'summary', label: 'What is it?', limit: longest.summary, isLong: true, isOptional }),
    personField({
      blockId: 'owner',
      label: 'Owner of the new one',
      hint: 'Somebody else is asked whether it is theirs.',
      isOptional,
      initial: rock.owner ?? undefined,
    }),
    ...(rock.aliases.length === 0
      ? []
      : [
          menuOfManyField({
            blockId: 'aliases',
            label: 'Other names that go along',
            isOptional,
            choices: rock.aliases.map((alias) => ({ id: choiceId(alias), name: alias })),
          }),
        ]),
    ...(rock.links.length === 0
      ? []
      : [
          menuOfManyField({
            blockId: 'links',
            label: 'Links that go along',
            isOptional,
            choices: rock.links.map(({ label, url }) => ({ id: choiceId(url), name: label })),
          }),
        ]),
    textField({
      blockId: 'first-name',
      label: 'Name of the first one',
      limit: longest.name,
      initial: rock.name,
    }),
    textField({
      blockId: 'first-summary',
      label: 'What is the first one, then?',
      limit: longest.summary,
      isLong: true,
      isOptional,
      initial: rock.summary ?? '',
    }),
  ]);
}

type Named = { id: number; name: string };

function intoField(label: string, into: Named | null, { isOptional = false } = {}) {
  return searchField({
    blockId: 'rock',
    actionId: rockSearch,
    label,
    placeholder: 'Type a name',
    isOptional,
    initial: into === null ? undefined : { id: String(into.id), name: into.name },
  });
}

function reasonField(label: string) {
  return textField({
    blockId: 'reason',
    label,
    hint: 'A sentence is enough.',
    limit: longest.reason,
    isLong: true,
  });
}
