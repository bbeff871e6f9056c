import type { Temporal } from 'temporal-polyfill';
import { dateWords } from '../../../platform/core/time-words.ts';
import { inline, personMention, shortenedMrkdwn } from '../../../platform/slack/mrkdwn.ts';
import { healthWords } from '../../okrs/core/health.ts';
import { valueWords } from '../core/key-result.ts';
import { colourOf } from '../core/score.ts';
import { type ShownKeyResult, type ShownObjective, standingOf } from './core/shown.ts';

const longestLine = 450;

/** A score with its colour, in a mark and in words: never in colour alone. */
export function scoreWords({
  score,
  commitment,
}: Pick<ShownKeyResult, 'score' | 'commitment'>): string | null {
  if (score === null) return null;
  const colour = colourOf(score, commitment);
  const said =
    commitment === 'committed'
      ? { green: 'met', amber: 'missed', red: 'missed' }[colour]
      : { green: 'reached', amber: 'partly reached', red: 'not reached' }[colour];
  const mark = { green: ':large_green_circle:', amber: ':large_yellow_circle:', red: ':red_circle:' }[colour];
  return `${mark} scored ${score.toFixed(1)}, ${said}`;
}

/** "🟢 *Failed payment rate* `failed-rate`  3.1 % of 2 % · 50 % of the way, 45 % expected · confidence 7 · @ben". */
export function keyResultLine(keyResult: ShownKeyResult, today: Temporal.PlainDate): string {
  const graded = scoreWords(keyResult);
  const { health } = standingOf(keyResult, today);
  const mark = graded === null ? healthWords[health].mark : graded.split(' ')[0];
  const parts = [
    valueLine(keyResult),
    ...(graded === null ? wayWords(keyResult, today) : [graded.split(' ').slice(1).join(' ')]),
    ...(graded === null && keyResult.confidence !== null ? [`confidence ${keyResult.confidence}`] : []),
    ...(graded === null ? [healthWords[health].words] : []),
    keyResult.owner === null ? 'nobody owns it' : personMention(keyResult.owner),
    ...endWords(keyResult),
  ];
  return shortenedMrkdwn(
    `${mark} *${inline(keyResult.title)}* \`${inline(keyResult.key)}\`  ${parts.join(' · ')}`,
    longestLine,
  );
}

/** "3.1 % of 2 %", "no value yet, target 2 %", "kept at 99.9 %". */
export function valueLine(keyResult: ShownKeyResult): string {
  const words = (value: number): string => inline(valueWords(value, keyResult));
  const { current, target, direction } = keyResult;
  if (direction === 'maintain') {
    const now = current === null ? 'no value yet' : words(current);
    return `${now}, to stay at ${words(target)}`;
  }
  return current === null
    ? `no value yet, target ${words(target)}`
    : `${words(current)}, target ${words(target)}`;
}

/** "50 % of the way, 45 % expected"; what cannot be said is left out. */
export function wayWords(keyResult: ShownKeyResult, today: Temporal.PlainDate): string[] {
  const { progress, expected, isKept } = standingOf(keyResult, today);
  if (isKept !== null) return [isKept ? 'kept' : 'not kept'];
  if (progress === null) return [];
  const share = `${Math.round(progress * 100)} % of the way`;
  return [expected === null ? share : `${share}, ${Math.round(expected * 100)} % expected`];
}

function endWords({ state, dueOn, slips }: ShownKeyResult): string[] {
  const moved = slips === 0 ? '' : `, moved ${slips === 1 ? 'once' : `${slips} times`}`;
  return [
    ...(dueOn === null ? [] : [`due ${dateWords(dueOn)}${moved}`]),
    ...(state === 'carried' ? ['carried over'] : state === 'dropped' ? ['dropped'] : []),
  ];
}

/** "*Checkout that just works* `reliable` · 2026-Q4 · Checkout · @ana", and the line that it serves. */
export function objectiveLine(objective: ShownObjective): string {
  const parts = [
    inline(objective.cycleKey),
    ...(objective.team === null ? [] : [inline(objective.team.name)]),
    ...(objective.owner === null ? [] : [personMention(objective.owner)]),
    ...(objective.state === 'active'
      ? []
      : [objective.state === 'carried' ? 'carried over' : objective.state]),
  ];
  const serves = objective.line === null ? '' : `\n${inline(objective.line)}`;
  const head = `*${inline(objective.title)}* \`${inline(objective.key)}\` · ${parts.join(' · ')}`;
  return `${shortenedMrkdwn(head, longestLine)}${shortenedMrkdwn(serves, longestLine)}`;
}
