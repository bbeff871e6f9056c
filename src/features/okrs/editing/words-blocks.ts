import { type Content, section } from '../../../platform/slack/elements.ts';
import { inline, quoted } from '../../../platform/slack/mrkdwn.ts';
import { valueWords } from '../core/key-result.ts';
import type { Measure } from './core/measure.ts';

/** "from 4.2 % to 2 %", "to 90 %, from a baseline to be found", "kept at 99.9 %", "done or not". */
export function measureWords({ type, unit, direction, start, target }: Measure): string {
  const words = (value: number) => inline(valueWords(value, { type, unit }));
  if (type === 'milestone' && unit === null && start === 0 && target === 1) return 'done or not';
  if (direction === 'maintain') return `kept at ${words(target)}`;
  return start === null
    ? `to ${words(target)}, from a baseline to be found`
    : `from ${words(start)} to ${words(target)}`;
}

/** What was read of numbers that could be read otherwise; empty where there is nothing to say. */
export function readingWords(readings: readonly string[]): string {
  return readings.length === 0 ? '' : ` I read ${readings.map(inline).join(', and ')}.`;
}

/** That a key result was added: said above the form of the next one. */
export function addedWords(
  keyResult: { key: string; title: string; objective: { title: string } },
  measure: Measure,
  readings: readonly string[],
): string {
  const { key, title, objective } = keyResult;
  return `*${inline(title)}* (\`${inline(key)}\`) is added, ${measureWords(measure)}.${readingWords(readings)}\nAnother key result of *${inline(objective.title)}*? Else you are done.`;
}

/** That an objective was added: said above the form of its first key result. */
export function objectiveAddedWords({
  key,
  title,
  cycleKey,
}: {
  key: string;
  title: string;
  cycleKey: string;
}): string {
  return `*${inline(title)}* (\`${inline(key)}\`) is in ${inline(cycleKey)}. How is it measured? Add its first key result.`;
}

/** The same where somebody else adds its key results. */
export function objectiveAdded(saved: { key: string; title: string; cycleKey: string }): Content {
  const { key, title, cycleKey } = saved;
  return said(
    `*${inline(title)}* (\`${inline(key)}\`) is in ${inline(cycleKey)}. Its owner, its team's lead or an admin adds its key results.`,
  );
}

export function objectiveSaved({ key, title }: { key: string; title: string }): Content {
  return said(`*${inline(title)}* (\`${inline(key)}\`) is saved.`);
}

export function keyResultSaved(
  { key, title }: { key: string; title: string },
  measure: Measure,
  readings: readonly string[],
): Content {
  return said(
    `*${inline(title)}* (\`${inline(key)}\`) is saved, ${measureWords(measure)}.${readingWords(readings)}`,
  );
}

export function dropped(title: string, why: string): Content {
  return said(`*${inline(title)}* is dropped:\n${quoted(why)}`);
}

function said(text: string): Content {
  return { text: text.replaceAll('*', ''), blocks: [section(text)] };
}
