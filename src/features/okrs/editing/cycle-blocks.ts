import type { KnownBlock, ModalView } from '@slack/types';
import { dateWords } from '../../../platform/core/time-words.ts';
import { actions, button, type Content, section } from '../../../platform/slack/elements.ts';
import { dateField, menuField, textField } from '../../../platform/slack/fields.ts';
import { formModal } from '../../../platform/slack/forms.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Cycle, CycleState } from '../core/cycle.ts';
import { okrModals } from './frame-blocks.ts';

export const cycleActions = { add: 'okr:cycle-add', start: 'okr:cycle-start', edit: 'okr:cycle-edit' };

/** As many as a list shows: each may take two blocks, and a message has 50. */
const mostListed = 20;
const stateWords: Record<CycleState, string> = {
  draft: 'draft',
  active: 'active',
  grading: 'being graded',
  closed: 'closed',
};

/** The cycles, the latest first; who keeps them gets buttons. */
export function cyclesBlocks(cycles: readonly Cycle[], keepsThem: boolean): Content {
  const title = cycles.length === 0 ? 'There is no cycle yet.' : 'The cycles, the latest first:';
  const lines: string[] = [];
  const blocks: KnownBlock[] = [section(title)];
  for (const cycle of cycles.slice(0, mostListed)) {
    const text = line(cycle, cycles);
    lines.push(text.replaceAll('*', ''));
    blocks.push(section(text));
    const own = keepsThem ? buttons(cycle) : [];
    if (own.length > 0) blocks.push(actions(...own));
  }
  if (cycles.length > mostListed) lines.push(`… and ${cycles.length - mostListed} more.`);
  if (cycles.length > mostListed) blocks.push(section(lines.at(-1) ?? ''));
  if (keepsThem) blocks.push(actions(button('Add a cycle', cycleActions.add, 'add')));
  return { text: [title, ...lines].join('\n'), blocks };
}

function line(cycle: Cycle, cycles: readonly Cycle[]): string {
  const parent = cycles.find(({ id }) => id === cycle.parentId);
  const within = parent === undefined ? '' : `, in ${inline(parent.key)}`;
  const days = `${dateWords(cycle.startsOn)} to ${dateWords(cycle.endsOn)}`;
  return `*${inline(cycle.key)}*  ${days}, ${stateWords[cycle.state]}${within}`;
}

function buttons({ id, key, state }: Cycle) {
  const value = String(id);
  const change = button(`Change ${key}`, `${cycleActions.edit}/${id}`, value);
  if (state === 'draft')
    return [button(`Start ${key}`, `${cycleActions.start}/${id}`, value, 'primary'), change];
  return state === 'active' ? [change] : [];
}

/** What one cycle is after it was added, started or changed. */
export function cycleSaved(cycle: Cycle): Content {
  const next = cycle.state === 'draft' ? ' Start it with `/okr cycle` when its objectives are written.' : '';
  const text = `${line(cycle, [])}.${next}`;
  return { text: text.replaceAll('*', ''), blocks: [section(text)] };
}

export type FilledCycle = { starts: string | null; ends: string | null; parentId: number | null };

export function addCycleModal(filled: FilledCycle, cycles: readonly Cycle[]): ModalView {
  return formModal({
    title: 'Add a cycle',
    submit: 'Add',
    callbackId: okrModals.addCycle,
    metadata: {},
    blocks: [
      textField({ blockId: 'key', label: 'Key', hint: 'Such as 2027-Q1. It stays.', limit: 80 }),
      ...fields(filled, cycles, null),
    ],
  });
}

export function editCycleModal(cycle: Cycle, cycles: readonly Cycle[]): ModalView {
  const { id, startsOn, endsOn, parentId } = cycle;
  const filled = { starts: startsOn.toString(), ends: endsOn.toString(), parentId };
  return formModal({
    title: 'Change a cycle',
    submit: 'Save',
    callbackId: okrModals.editCycle,
    metadata: { cycle: id },
    blocks: [section(`*${inline(cycle.key)}* is ${stateWords[cycle.state]}.`), ...fields(filled, cycles, id)],
  });
}

function fields({ starts, ends, parentId }: FilledCycle, cycles: readonly Cycle[], ownId: number | null) {
  const years = cycles.filter(
    (it) => it.parentId === null && it.id !== ownId && (it.state !== 'closed' || it.id === parentId),
  );
  return [
    dateField({ blockId: 'starts', label: 'First day', initial: starts ?? undefined }),
    dateField({ blockId: 'ends', label: 'Last day', initial: ends ?? undefined }),
    ...(years.length === 0
      ? []
      : [
          menuField({
            blockId: 'parent',
            label: 'The year it lies in',
            hint: 'For quarters and the like.',
            isOptional: true,
            choices: years.map(({ id, key }) => ({ id: String(id), name: key })),
            initial: parentId === null ? undefined : String(parentId),
          }),
        ]),
  ];
}
