import { healthWords } from '../../okrs/core/health.ts';
import type { Branch, StrategyTree } from '../../strategy/core/tree.ts';
import type { GatheredLine } from '../core/line.ts';
import { line, who, words } from './line-of.ts';

/** Each intent with how the work below it stands. */
export function intentLines({ tree }: StrategyTree): GatheredLine[] {
  return tree.intents.map((intent) => {
    const objectives = [intent, ...intent.initiatives].flatMap((branch: Branch) => branch.objectives);
    const health = objectives.flatMap((objective) => objective.health);
    const tally = (['on-track', 'at-risk', 'off-track', 'outdated', 'unanswered'] as const).flatMap(
      (kind) => {
        const count = health.filter((it) => it === kind).length;
        return count === 0 ? [] : [`${count} ${healthWords[kind].words}`];
      },
    );
    const { line: it } = intent;
    const facts = [
      objectives.length === 0
        ? 'no objective serves it'
        : `${objectives.length === 1 ? 'one objective' : `${objectives.length} objectives`}: ${tally.join(', ') || 'no key results'}`,
      it.measure === null ? null : `measure: ${words(it.measure)}`,
      who(it.owner),
    ];
    return line('intents', { kind: 'line', id: it.id }, it.title, facts, [it.owner?.id]);
  });
}

/** As many are named on one line. */
const mostNamed = 5;

/** Lines of the strategy without work, and work without a line, each together on one line. */
export function looseLines({ tree, looseRocks }: StrategyTree): GatheredLine[] {
  const named = (titles: readonly string[], total = titles.length) => {
    const shown = titles.slice(0, mostNamed);
    return `${shown.map(words).join(', ')}${total > shown.length ? ` and ${total - shown.length} more` : ''}`;
  };
  const bare = tree.bare.map(({ title }) => title);
  const loose = tree.loose.filter(({ depth }) => depth === 0).map(({ title }) => title);
  return [
    ...(bare.length === 0 ? [] : [line('loose-lines', null, 'Strategy without work', [named(bare)])]),
    ...(loose.length === 0
      ? []
      : [line('loose-lines', null, 'Objectives without a line of the strategy', [named(loose)])]),
    ...(looseRocks.total === 0
      ? []
      : [
          line('loose-lines', null, 'Rocks without a line of the strategy', [
            named(looseRocks.names, looseRocks.total),
          ]),
        ]),
  ];
}
