import {
  actions,
  button,
  type Content,
  context,
  fitted,
  header,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { formModal } from '../../../platform/slack/forms.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { CycleState } from '../core/cycle.ts';

import { gapsOf, mixWords, type Planned } from './core/plan.ts';

export const planningActions = { add: 'okr_add', start: 'okr:start' };
export const startModalId = 'okr:start-form';

type PlannedCycle = { id: number; key: string; state: CycleState };

/** The agenda of a planning: what is drafted, what it lacks, what was carried over, and who needs whom. */
export function planningBlocks(
  cycle: PlannedCycle,
  objectives: readonly Planned[],
  { isOpen }: { isOpen: boolean },
): Content {
  const title = `Planning ${cycle.key}`;
  const gaps = objectives.filter((it) => gapsOf(it).length > 0).length;
  const count = objectives.length === 1 ? 'One objective' : `${objectives.length} objectives`;
  const sum =
    objectives.length === 0
      ? 'Nothing is drafted yet.'
      : `${count} drafted; key results: ${mixWords(objectives)}. ${gaps === 0 ? 'None has a gap.' : `With a gap: ${gaps}.`}`;
  const state =
    cycle.state === 'draft'
      ? isOpen
        ? null
        : 'This planning is over.'
      : `${inline(cycle.key)} has started.`;
  const needing = objectives.filter(({ needs }) => needs.length > 0);
  const lines = [
    ...objectives.map(objectiveLine),
    ...(needing.length === 0 ? [] : ['*Needs, on the agenda of both teams*', ...needing.map(needLine)]),
  ];
  const shown = fitted(lines, lines.length);
  const canStart = isOpen && cycle.state === 'draft';
  return {
    text: [title, sum, ...shown, ...(state === null ? [] : [state])].join('\n'),
    blocks: [
      header(title),
      section(sum),
      ...(shown.length === 0 ? [] : sections(shown)),
      ...(state === null ? [] : [context(state)]),
      ...(canStart
        ? [
            actions(
              button('Add an objective', planningActions.add, String(cycle.id)),
              button(`Start ${cycle.key}`, planningActions.start, String(cycle.id)),
            ),
          ]
        : []),
    ],
  };
}

function objectiveLine(objective: Planned): string {
  const { title, team, owner, carriedFrom, committed, aspirational } = objective;
  const gaps = gapsOf(objective);
  const count = committed + aspirational;
  const parts = [
    `*${inline(title)}*`,
    ...(team === null ? [] : [inline(team)]),
    ...(owner === null ? [] : [inline(owner)]),
    ...(count === 0 ? [] : [count === 1 ? 'one key result' : `${count} key results`]),
    ...(carriedFrom === null ? [] : [`carried over from ${inline(carriedFrom)}`]),
  ];
  return `• ${parts.join(' · ')}${gaps.length === 0 ? '' : `\n   :warning: ${gaps.join(', ')}`}`;
}

function needLine({ title, team, needs }: Planned): string {
  const who = team === null ? 'It' : inline(team);
  return `• ${who} needs ${needs.map(inline).join(', ')} for *${inline(title)}*`;
}

/** Asks before a draft starts, and says what will happen. */
export function startModal(cycle: PlannedCycle, gaps: number) {
  const left =
    gaps === 0 ? '' : ` ${gaps === 1 ? 'One objective has' : `${gaps} objectives have`} a gap still.`;
  return formModal({
    title: `Start ${cycle.key}?`,
    submit: 'Start it',
    close: 'Not yet',
    callbackId: startModalId,
    metadata: { cycle: cycle.id },
    blocks: [
      section(
        `When *${inline(cycle.key)}* starts, its key results are asked about in check-ins, and everybody can add to it.${left}`,
      ),
    ],
  });
}
