import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { Line } from './core/strategy.ts';

/** What a line says besides its title, a line of text each. */
export function detailLines(line: Line): string[] {
  const { owner, measure, horizon, problem, metric, notDoing } = line;
  const first = [
    owner === null ? null : personMention(owner),
    measure === null ? null : `Measure: ${inline(measure)}`,
    horizon === null ? null : `Horizon: ${inline(horizon)}`,
    metric === null ? null : `Metric: ${inline(metric)}`,
  ].filter((part) => part !== null);
  return [
    ...(problem === null ? [] : [inline(problem)]),
    ...(first.length === 0 ? [] : [first.join(' · ')]),
    ...(notDoing.length === 0 ? [] : [`We will not do: ${notDoing.map(inline).join('; ')}`]),
  ];
}

/** "1 change", "3 changes". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
