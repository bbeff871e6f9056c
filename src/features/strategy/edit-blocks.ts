import type { KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  type Content,
  context,
  fitted,
  header,
  section,
  sections,
} from '../../platform/slack/elements.ts';
import {
  channelsField,
  menuBeside,
  menuField,
  numberField,
  peopleField,
  personField,
  textField,
} from '../../platform/slack/fields.ts';
import { inline, quoted, shortened } from '../../platform/slack/mrkdwn.ts';
import type { Change } from './core/difference.ts';
import {
  initiativesOf,
  inOrder,
  intentsOf,
  type Line,
  type LineKind,
  longest,
  most,
  type Named,
  type Strategy,
} from './core/strategy.ts';
import { changeWords } from './difference-words.ts';
import { counted } from './line-words.ts';

export const editActions = {
  vision: 'strategy:vision',
  intent: 'strategy:add-intent',
  initiative: 'strategy:add-initiative',
  line: 'strategy:edit-line',
  publish: 'strategy:publish',
  editors: 'strategy:editors',
};
export const strategyModals = {
  vision: 'strategy:vision-form',
  line: 'strategy:line-form',
  publish: 'strategy:publish-form',
  editors: 'strategy:editors-form',
};
/** As many channels get a version at once. */
export const mostChannels = 10;
export const mostEditors = 50;

type Draft = { strategy: Strategy; inForce: { number: number | null } | null; changes: readonly Change[] };

/** The draft with what is new in it, and what can be done with it: the editors' table. */
export function draftBlocks(
  { strategy, inForce, changes }: Draft,
  { isAdmin }: { isAdmin: boolean },
): Content {
  const which = inForce === null ? 'Nothing is published yet.' : `Version ${inForce.number} is in force.`;
  const lines = fitted(
    changes.map((change) => `• ${changeWords(change)}`),
    changes.length,
  );
  const news =
    changes.length === 0
      ? 'The draft says the same.'
      : `The draft has ${counted(changes.length, 'change')} that nobody but editors sees:`;
  const choices = inOrder(strategy).map(choiceOf);
  const menu = menuBeside({ actionId: editActions.line, label: 'Edit a line', choices, initial: '' });
  const many = choices.length > 100 ? ' The first hundred are here; any other: `/strategy edit KEY`.' : '';
  const blocks: KnownBlock[] = [
    header('Draft of the strategy'),
    context(`${which} ${news}`),
    ...sections(lines),
    ...(strategy.vision === null ? [] : sections(['*Vision*', quoted(strategy.vision)])),
    ...(choices.length === 0
      ? [section('There is no intent yet.')]
      : [
          section(
            `${counted(intentsOf(strategy).length, 'intent')}, ${counted(choices.length - intentsOf(strategy).length, 'initiative')}.${many}`,
            menu,
          ),
        ]),
    actions(
      button('Vision', editActions.vision, '0'),
      button('Add an intent', editActions.intent, '0'),
      ...(choices.length === 0 ? [] : [button('Add an initiative', editActions.initiative, '0')]),
      ...(changes.length === 0 ? [] : [button('Publish', editActions.publish, '0', 'primary')]),
      ...(isAdmin ? [button('Editors', editActions.editors, '0')] : []),
    ),
  ];
  return {
    text: ['Draft of the strategy', `${which} ${news}`, ...lines].join('\n').replaceAll('*', ''),
    blocks,
  };
}

function choiceOf({ id, kind, title }: Line) {
  return { id: String(id), name: kind === 'intent' ? title : `› ${title}` };
}

/** What a form says once it is kept. */
export function savedContent({ changes }: Pick<Draft, 'changes'>): Content {
  const count =
    changes.length === 0 ? 'says what is in force' : `has ${counted(changes.length, 'change')} now`;
  const words = `Kept. The draft ${count}. Editors alone see it until \`/strategy publish\`.`;
  return { text: words, blocks: [section(words)] };
}

function form(
  title: string,
  submit: string,
  callbackId: string,
  metadata: object,
  blocks: KnownBlock[],
): ModalView {
  const words = (text: string) => ({ type: 'plain_text' as const, text: shortened(text, 24), emoji: false });
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: JSON.stringify(metadata),
    title: words(title),
    submit: words(submit),
    close: words('Cancel'),
    blocks,
  };
}

export function visionModal(vision: string | null, stamp: string): ModalView {
  return form('Vision', 'Keep it', strategyModals.vision, { stamp }, [
    textField({
      blockId: 'vision',
      label: 'Where are we going?',
      hint: 'One or two sentences that people can say by heart.',
      limit: longest.vision,
      isLong: true,
      isOptional: true,
      initial: vision ?? '',
    }),
  ]);
}

/** The form of a line; `line` null: a new one. */
export function lineModal(kind: LineKind, strategy: Strategy, line: Line | null, stamp: string): ModalView {
  const title = `${line === null ? 'Add' : 'Edit'} an ${kind}`;
  const metadata = { kind, line: line?.id ?? null, stamp };
  const fields = kind === 'intent' ? intentFields(strategy, line) : initiativeFields(strategy, line);
  return form(title, 'Keep it', strategyModals.line, metadata, [
    ...fields,
    ...(line === null ? [] : [becomesField(strategy, line)]),
  ]);
}

function intentFields(strategy: Strategy, line: Line | null): KnownBlock[] {
  const isOptional = true;
  return [
    textField({ blockId: 'title', label: 'What do we intend?', limit: longest.title, initial: line?.title }),
    personField({ blockId: 'owner', label: 'Owner', isOptional, initial: line?.owner?.slackId ?? undefined }),
    rankField('Rank', 'Among the intents; 1 comes first.', line?.rank ?? intentsOf(strategy).length + 1),
    textField({
      blockId: 'measure',
      label: 'Measure',
      hint: 'How we know that we are there.',
      limit: longest.measure,
      isOptional,
      initial: line?.measure ?? '',
    }),
    textField({
      blockId: 'horizon',
      label: 'Horizon',
      hint: 'Such as 2028.',
      limit: longest.horizon,
      isOptional,
      initial: line?.horizon ?? '',
    }),
    textField({
      blockId: 'not-doing',
      label: 'What we will not do',
      hint: 'One a line.',
      limit: 2_100,
      isLong: true,
      isOptional,
      initial: line?.notDoing.join('\n') ?? '',
    }),
  ];
}

function initiativeFields(strategy: Strategy, line: Line | null): KnownBlock[] {
  const isOptional = true;
  const intents = intentsOf(strategy);
  const place = line?.rank ?? undefined;
  return [
    textField({ blockId: 'title', label: 'What do we try?', limit: longest.title, initial: line?.title }),
    menuField({
      blockId: 'parent',
      label: 'For which intent?',
      choices: intents.map(choiceOf),
      initial:
        line === null ? (intents.length === 1 ? String(intents[0]?.id) : undefined) : String(line.parentId),
    }),
    textField({
      blockId: 'problem',
      label: 'Problem',
      hint: 'What is wrong today, in a sentence.',
      limit: longest.problem,
      isLong: true,
      isOptional,
      initial: line?.problem ?? '',
    }),
    textField({
      blockId: 'metric',
      label: 'Metric',
      hint: 'The number that it moves.',
      limit: longest.metric,
      isOptional,
      initial: line?.metric ?? '',
    }),
    rankField('Rank', 'Among the initiatives of its intent; empty: the last one.', place),
  ];
}

function rankField(label: string, hint: string, initial: number | undefined) {
  return numberField({ blockId: 'rank', label, hint, isOptional: true, initial, from: 1, to: most.lines });
}

function becomesField(strategy: Strategy, line: Line) {
  const below = initiativesOf(strategy, line.id).length;
  const along = below === 0 ? '' : `, with its ${counted(below, 'initiative')}`;
  return menuField({
    blockId: 'becomes',
    label: 'What becomes of it?',
    hint: 'Work that hangs from a dropped line stays, and is shown as work without a line.',
    choices: [
      { id: 'stays', name: 'It stays in the strategy' },
      { id: 'dropped', name: `It is dropped${along}` },
    ],
    initial: 'stays',
  });
}

/** What publishing would change, and where it is posted. */
export function publishModal(given: {
  next: number;
  hasVersion: boolean;
  changes: readonly Change[];
  channels: readonly string[];
  stamp: string;
}): ModalView {
  const { next, changes, channels, stamp } = given;
  const lines = fitted(
    changes.map((change) => `• ${changeWords(change)}`),
    changes.length,
  );
  const intro =
    changes.length === 0
      ? `The draft says the same as version ${next - 1}. You can post that to more channels.`
      : given.hasVersion
        ? `*What is new since version ${next - 1}*`
        : '*The first version*';
  return form(
    changes.length === 0 ? 'Post the strategy' : `Publish version ${next}`,
    changes.length === 0 ? 'Post' : 'Publish',
    strategyModals.publish,
    { stamp },
    [
      section(intro),
      ...sections(lines),
      channelsField({
        blockId: 'channels',
        label: 'Post it to',
        hint: 'Each post has a button, I’ve read it, and counts who pressed it.',
        isOptional: true,
        initial: channels,
        most: mostChannels,
      }),
    ],
  );
}

export function editorsModal(editors: readonly Named[]): ModalView {
  const initial = editors.flatMap(({ slackId }) => slackId ?? []);
  return form('Editors', 'Save', strategyModals.editors, {}, [
    section('Admins write the strategy, and whom they name here. Everybody else reads what is published.'),
    peopleField({ blockId: 'editors', label: 'Editors', isOptional: true, initial, most: mostEditors }),
  ]);
}

/** What somebody reads who has named editors. */
export function editorsSaved(count: number): Content {
  const words =
    count === 0
      ? 'Admins alone write the strategy now.'
      : `Admins and ${counted(count, 'editor')} write the strategy now.`;
  return { text: words, blocks: [section(words)] };
}

/** What somebody reads who has published. */
export function publishedContent({
  number,
  posted,
  isNew,
}: {
  number: number;
  posted: number;
  isNew: boolean;
}): Content {
  const where = posted === 0 ? '' : ` It goes to ${counted(posted, 'channel')}.`;
  const words = isNew
    ? `Version ${number} is published.${where}`
    : posted === 0
      ? `Version ${number} is in those channels already.`
      : `Version ${number}:${where}`;
  return { text: inline(words), blocks: [section(words)] };
}
