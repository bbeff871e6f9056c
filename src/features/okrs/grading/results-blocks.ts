import { actions, button, type Content, fitted, header, sections } from '../../../platform/slack/elements.ts';
import { inline, shortened } from '../../../platform/slack/mrkdwn.ts';
import type { Cycle } from '../core/cycle.ts';
import type { Commitment } from '../core/health.ts';
import { type Colour, colourOf, isHit, meanScore } from '../core/score.ts';
import type { GradeRow } from './core/grade-row.ts';
import { gradingActions } from './ids.ts';

const colours: Record<Colour, { mark: string; words: string }> = {
  green: { mark: ':large_green_circle:', words: 'green' },
  amber: { mark: ':large_yellow_circle:', words: 'amber' },
  red: { mark: ':red_circle:', words: 'red' },
};
const ungraded = ':white_circle: not graded';

/** ":large_green_circle: 0.8 green": a score as people read it, its colour in words too. */
export function scoreLine(score: number | null, commitment: Commitment): string {
  if (score === null) return ungraded;
  const { mark, words } = colours[colourOf(score, commitment)];
  return `${mark} ${score.toFixed(1)} ${words}`;
}

/** The results of a cycle for a channel: objectives by their score, then what became of each key result. */
export function resultsBlocks(
  cycle: Pick<Cycle, 'id' | 'key'>,
  rows: readonly GradeRow[],
  nextKey: string | null,
): Content {
  const objectives = [...Map.groupBy(rows, ({ objectiveId }) => objectiveId).values()];
  const lines = objectives.flatMap((own) => [
    objectiveLine(own),
    ...own.map((row) => keyResultLine(row, nextKey)),
  ]);
  const nothing = 'Nothing of it is for this channel.';
  const shown = lines.length === 0 ? [nothing] : fitted(lines, lines.length);
  const teams = [...new Set(rows.flatMap(({ teamId }) => teamId ?? []))];
  const title = `Results of ${cycle.key}`;
  const sure = button('How sure was I?', gradingActions.sure, String(cycle.id));
  const [teamId] = teams;
  const buttons =
    teams.length === 1 && teamId !== undefined
      ? [sure, button('How sure were we?', gradingActions.teamSure, String(teamId))]
      : [sure];
  return {
    text: [title, ...shown].join('\n'),
    blocks: [header(title), ...sections(shown), actions(...buttons)],
  };
}

function objectiveLine(own: readonly GradeRow[]): string {
  const score = meanScore(own.flatMap((row) => row.score ?? []));
  const commitment = own.every((row) => row.commitment === 'committed') ? 'committed' : 'aspirational';
  return `${scoreLine(score, commitment)} · *${inline(own[0]?.objective ?? '')}*`;
}

function keyResultLine(row: GradeRow, nextKey: string | null): string {
  const { score, commitment, title, words, fate } = row;
  const isMissed = commitment === 'committed' && score !== null && !isHit(score, commitment);
  const parts = [
    `${scoreLine(score, commitment)}, ${inline(title)}`,
    ...(isMissed ? ['committed, to be reviewed'] : []),
    ...(fate === 'carry' && nextKey !== null ? [`carried over into ${inline(nextKey)}`] : []),
    ...(fate === 'drop' ? ['dropped'] : []),
    ...(words === null ? [] : [`“${inline(shortened(words, 200))}”`]),
  ];
  return `   • ${parts.join(' · ')}`;
}
