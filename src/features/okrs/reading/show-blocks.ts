import type { Button, KnownBlock } from '@slack/types';
import { dateWords } from '../../../platform/core/time-words.ts';
import { actions, button, type Content, context, sections } from '../../../platform/slack/elements.ts';
import { inline, personMention, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { numbersButton } from '../../numbers/blocks.ts';
import { healthWords } from '../core/health.ts';
import { valueWords } from '../core/key-result.ts';
import type { KeyResultPage, ObjectivePage } from './core/page.ts';
import { sparkline, standingOf } from './core/shown.ts';
import { keyResultLine, objectiveLine, scoreWords, valueLine, wayWords } from './line-blocks.ts';
import { readingActions } from './list-blocks.ts';

/** So many of the last words are shown. */
const mostWords = 3;
const longestWords = 190;

/** All of one key result: where it is, how sure its owner is, what was said, and where its numbers come from. */
export function keyResultBlocks(page: KeyResultPage, picture: KnownBlock | null): Content {
  const { keyResult, objective, today, past, targets, source } = page;
  const words = (value: number): string => inline(valueWords(value, keyResult));
  const standing = standingOf(keyResult, today);
  const graded = scoreWords(keyResult);
  const { mark, words: health } = healthWords[standing.health];
  const sure = keyResult.confidence === null ? '' : `, confidence ${keyResult.confidence} of 10`;
  const overruled =
    keyResult.healthOverruled === null || keyResult.healthWords === null
      ? ''
      : `\nTheir own word against it: ${shortenedMrkdwn(inline(keyResult.healthWords), longestWords)}`;
  const lines = [
    `*${inline(keyResult.title)}* \`${inline(keyResult.key)}\``,
    `${inline(objective.title)} \`${inline(objective.key)}\` · ${inline(objective.cycleKey)}${objective.line === null ? '' : `\nServes ${inline(objective.line)}`}`,
    [valueLine(keyResult), startWords(page), ...wayWords(keyResult, today)]
      .filter((it) => it !== '')
      .join(' · '),
    graded === null ? `${mark} ${health}${sure}${overruled}` : `${graded}${gradeWords(page)}`,
    ...(past.length > 1
      ? [
          `Confidence so far: ${sparkline(past.map(({ confidence }) => confidence))} (${past.length} check-ins)`,
        ]
      : []),
    ...past
      .filter((it) => it.words !== null)
      .slice(-mostWords)
      .reverse()
      .map(
        (it) =>
          `• ${dateWords(it.on)}, ${personMention(it.person)}: ${shortenedMrkdwn(inline(it.words ?? ''), longestWords)}`,
      ),
    ...(keyResult.dueOn === null ? [] : [dueWords(page)]),
    ...targets.map(
      ({ at, from, to, reason }) =>
        `Target ${words(from)} → ${words(to)} on ${dateWords(at.toZonedDateTimeISO('UTC').toPlainDate())}${reason === null ? '' : `: ${shortenedMrkdwn(inline(reason), longestWords)}`}`,
    ),
    ...(page.carriedFrom === null
      ? []
      : [`Carried over from \`${inline(page.carriedFrom.key)}\` of ${inline(page.carriedFrom.cycleKey)}`]),
    ...(source === null ? [] : [inline(source)]),
  ];
  return {
    text: lines.join('\n').replaceAll('*', '').slice(0, 3_500),
    blocks: [
      ...sections(lines),
      ...(picture === null ? [] : [picture]),
      context(peopleWords(page)),
      actions(...buttonsOf(page)),
    ],
  };
}

function startWords({ keyResult }: KeyResultPage): string {
  if (keyResult.direction === 'maintain') return '';
  return keyResult.start === null
    ? 'the first value becomes its start'
    : `started at ${inline(valueWords(keyResult.start, keyResult))}`;
}

function gradeWords({ keyResult: { gradeWords: said } }: KeyResultPage): string {
  return said === null ? '' : `: ${shortenedMrkdwn(inline(said), longestWords)}`;
}

function dueWords({ keyResult: { dueOn, firstDueOn, slips } }: KeyResultPage): string {
  if (dueOn === null) return '';
  const slipped =
    slips === 0 || firstDueOn === null
      ? ''
      : `, first promised for ${dateWords(firstDueOn)} and moved ${slips === 1 ? 'once' : `${slips} times`}`;
  return `Due ${dateWords(dueOn)}${slipped}`;
}

function peopleWords({ keyResult, objective, backup }: KeyResultPage): string {
  const { owner, commitment } = keyResult;
  return [
    owner === null ? 'Nobody owns it' : `Owner ${personMention(owner)}`,
    ...(backup === null ? [] : [`backup ${personMention(backup)}`]),
    commitment,
    ...(objective.reviewer === null ? [] : [`reviewed by ${personMention(objective.reviewer)}`]),
    ...(objective.team === null ? [] : [`team ${inline(objective.team.name)}`]),
  ].join(' · ');
}

function buttonsOf({ keyResult }: KeyResultPage): Button[] {
  const edit = button('Edit', readingActions.edit, keyResult.key);
  return keyResult.state === 'active' ? [edit, numbersButton(keyResult.key)] : [edit];
}

/** All of one objective, with its key results. */
export function objectiveBlocks({ objective, today, supports }: ObjectivePage): Content {
  const lines = [
    objectiveLine(objective),
    ...(supports === null ? [] : [`Supports *${inline(supports)}*`]),
    ...(objective.needs.length === 0 ? [] : [`Needs something of ${objective.needs.map(inline).join(', ')}`]),
    ...(objective.keyResults.length === 0
      ? [`No key result yet. \`/okr add ${inline(objective.key)}\` adds one.`]
      : objective.keyResults.map((keyResult) => keyResultLine(keyResult, today))),
  ].slice(0, 40);
  const reviewer =
    objective.reviewer === null ? [] : [context(`Reviewed by ${personMention(objective.reviewer)}`)];
  return {
    text: lines.join('\n').replaceAll('*', '').slice(0, 3_500),
    blocks: [...sections(lines), ...reviewer, actions(button('Edit', readingActions.edit, objective.key))],
  };
}
