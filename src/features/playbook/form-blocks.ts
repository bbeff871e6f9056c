import type { KnownBlock, ModalView } from '@slack/types';
import { type Content, context, section } from '../../platform/slack/elements.ts';
import { menuField, menuOfManyField, textField } from '../../platform/slack/fields.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { longest, type Page } from './core/page.ts';
import { longestField, shownLines } from './core/page-form.ts';
import { agendaSources } from './core/sources.ts';
import type { PageMetadata } from './input.ts';

export const pageFormId = 'playbook:page-form';

/** The form of a page: of a copy, which gets a name of its own, or of a page of the company's own. */
export function pageModal(page: Page, does: PageMetadata['does'], stamp: string): ModalView {
  const metadata: PageMetadata = { does, key: page.key, stamp };
  const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  return {
    type: 'modal',
    callback_id: pageFormId,
    private_metadata: JSON.stringify(metadata),
    title: words(does === 'copy' ? 'Copy a page' : 'Change a page'),
    submit: words('Keep it'),
    close: words('Cancel'),
    blocks: [
      ...(does === 'copy' ? [copyNote(page)] : []),
      ...fieldsOf(page, does === 'copy' ? '' : page.name),
      ...(does === 'change' ? [becomesField()] : []),
    ],
  };
}

function copyNote({ id, name }: Page): KnownBlock {
  const built =
    'It writes an agenda and asks its own questions; what the one of Cairn does besides stays there.';
  return context(`A ritual of your own, made of *${inline(name)}*.${id === null ? ` ${built}` : ''}`);
}

function fieldsOf(page: Page, name: string): KnownBlock[] {
  return [
    textField({
      blockId: 'name',
      label: 'Name',
      hint: 'As people call it, such as Pricing review.',
      limit: longest.name,
      initial: name,
    }),
    textField({
      blockId: 'purpose',
      label: 'Purpose',
      hint: 'Why it is held, in one to three sentences.',
      limit: longest.purpose,
      isLong: true,
      initial: page.purpose,
    }),
    linesField('inputs', 'Inputs', 'Who brings what, one a line.', page.inputs),
    // Not left to Slack: without an agenda our own words say what is wanted.
    linesField('agenda', 'Agenda', 'One point a line; one at least.', page.agenda),
    linesField('outputs', 'Outputs', 'What there is afterwards, one a line.', page.outputs),
    linesField('roles', 'Roles', 'Who does what, one a line, such as “Lead: keeps the time”.', page.roles),
    textField({
      blockId: 'timing',
      label: 'Timing',
      hint: 'How often and how long.',
      limit: longest.timing,
      isOptional: true,
      initial: page.timing ?? '',
    }),
    linesField(
      'questions',
      'Questions',
      'What the ritual asks the members of its teams, one a line, at most 10.',
      page.questions,
    ),
    menuOfManyField({
      blockId: 'sources',
      label: 'What is gathered for it',
      hint: 'Lines of the agenda that write themselves.',
      isOptional: true,
      choices: agendaSources.map(({ key, name: source }) => ({ id: key, name: source })),
      initial: page.sources,
    }),
  ];
}

function linesField(blockId: string, label: string, hint: string, lines: readonly string[]): KnownBlock {
  const { shown, kept } = shownLines(lines);
  const more =
    kept.length === 0 ? '' : ` ${kept.length} more stay as they are: the form has no room for them.`;
  return textField({
    blockId,
    label,
    hint: `${hint}${more}`,
    limit: longestField,
    isLong: true,
    isOptional: true,
    initial: shown,
  });
}

function becomesField(): KnownBlock {
  return menuField({
    blockId: 'becomes',
    label: 'What becomes of it?',
    hint: 'A page that is on the calendar cannot be deleted.',
    choices: [
      { id: 'stays', name: 'It stays in the playbook' },
      { id: 'deleted', name: 'Delete it' },
    ],
    initial: 'stays',
  });
}

/** What the form says once it is kept. */
export function keptBlocks({ key, name }: Page): Content {
  const words = `Kept. Everybody can read *${inline(name)}* with \`/playbook ${key}\`; \`/cadence add\` puts it on the calendar.`;
  return { text: words.replaceAll(/[*`]/g, ''), blocks: [section(words)] };
}

export function deletedBlocks({ name }: Page): Content {
  const words = `Deleted. *${inline(name)}* is not in the playbook any more.`;
  return { text: words.replaceAll('*', ''), blocks: [section(words)] };
}
