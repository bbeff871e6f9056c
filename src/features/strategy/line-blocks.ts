import type { KnownBlock, ModalView } from '@slack/types';
import { menuField, numberField, personField, textField } from '../../platform/slack/fields.ts';
import {
  initiativesOf,
  inOrder,
  intentsOf,
  type Line,
  type LineKind,
  longest,
  most,
  type Strategy,
} from './core/strategy.ts';
import { choiceOf, strategyForm, strategyModals } from './frame-blocks.ts';
import { counted } from './line-words.ts';

export function visionModal(vision: string | null, stamp: string): ModalView {
  return strategyForm('Vision', 'Keep it', strategyModals.vision, { stamp }, [
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

/** Which line is to be edited; \`/strategy edit KEY\` needs no asking. */
export function pickModal(strategy: Strategy): ModalView {
  return strategyForm('Edit a line', 'Next', strategyModals.pick, {}, [
    menuField({
      blockId: 'line',
      label: 'Which line?',
      hint: 'Quicker: type /strategy edit and its key.',
      choices: inOrder(strategy).map(choiceOf),
    }),
  ]);
}

/** The form of a line; `line` null: a new one. */
export function lineModal(kind: LineKind, strategy: Strategy, line: Line | null, stamp: string): ModalView {
  const title = `${line === null ? 'Add' : 'Edit'} an ${kind}`;
  const metadata = { kind, line: line?.id ?? null, stamp };
  const fields = kind === 'intent' ? intentFields(strategy, line) : initiativeFields(strategy, line);
  return strategyForm(title, 'Keep it', strategyModals.line, metadata, [
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
