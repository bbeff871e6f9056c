import { z } from 'zod';
import { limits } from '../limits.ts';
import { type Block, blockOn, interactiveOf, type Surface } from './blocks.ts';
import type { Interactive } from './elements.ts';
import { type Checked, check, type Problem, pointerTo } from './problem.ts';

type Path = readonly PropertyKey[];

/** Checks a list of blocks as Slack does for this surface: shapes, limits, unique ids. */
export function checkBlocks(surface: Surface, value: unknown, at: Path): Checked<Block[]> {
  const most = surface === 'message' ? limits.message.blocks : limits.view.blocks;
  const list = check(z.array(z.unknown()).max(most), value, at);
  if (!list.ok) return list;
  const problems: Problem[] = [];
  const blocks: Block[] = [];
  for (const [index, one] of list.value.entries()) {
    const here = [...at, index];
    const checked = check<Block>(blockOn[surface], one, here);
    if (!checked.ok) problems.push(...nameType(checked.problems, one, here, surface));
    else {
      blocks.push(checked.value);
      problems.push(...interactiveOf(checked.value).flatMap((it) => elementProblems(it, here)));
      problems.push(
        ...repeated(interactiveOf(checked.value).map((it) => it.action_id)).map((id) => ({
          pointer: pointerTo(here),
          message: `\`action_id\` "${id}" already exists`,
        })),
      );
    }
  }
  problems.push(
    ...repeated(blocks.map((block) => block.block_id)).map((id) => ({
      pointer: pointerTo(at),
      message: `\`block_id\` "${id}" already exists`,
    })),
  );
  if (blocks.flatMap(interactiveOf).filter((it) => 'focus_on_load' in it && it.focus_on_load).length > 1) {
    problems.push({ pointer: pointerTo(at), message: 'only one element may have focus_on_load' });
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: blocks };
}

/** How many characters people would read in these blocks; Slack bounds the sum for messages. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum + (key === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)),
    0,
  );
}

/** "unsupported type here" says more with the type and the surface in it. */
function nameType(problems: Problem[], block: unknown, at: Path, surface: Surface): Problem[] {
  const type = typeof block === 'object' && block !== null && 'type' in block ? String(block.type) : 'none';
  return problems.map((problem) =>
    problem.message === 'unsupported type here' && problem.pointer === pointerTo([...at, 'type'])
      ? { ...problem, message: `unsupported type: ${type} in a ${surface}` }
      : problem,
  );
}

/** What a schema of one element cannot see: fields that must agree with each other. */
function elementProblems(element: Interactive, at: Path): Problem[] {
  const pointer = pointerTo(at);
  const refuse = (message: string): Problem[] => [{ pointer, message }];
  if (element.type === 'static_select' || element.type === 'multi_static_select') {
    if ((element.options === undefined) === (element.option_groups === undefined)) {
      return refuse('exactly one of options and option_groups is required');
    }
    const offered = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
    const chosen = 'initial_options' in element ? (element.initial_options ?? []) : [];
    const first = 'initial_option' in element && element.initial_option ? [element.initial_option] : [];
    return mustBeOffered([...chosen, ...first], offered, pointer);
  }
  if (element.type === 'radio_buttons') {
    return mustBeOffered(element.initial_option ? [element.initial_option] : [], element.options, pointer);
  }
  if (element.type === 'checkboxes')
    return mustBeOffered(element.initial_options ?? [], element.options, pointer);
  if (element.type === 'number_input') {
    const [least, most] = [Number(element.min_value ?? -Infinity), Number(element.max_value ?? Infinity)];
    if (least > most) return refuse('min_value must be less than max_value');
    const initial = element.initial_value === undefined ? undefined : Number(element.initial_value);
    if (initial !== undefined && (initial < least || initial > most)) {
      return refuse('initial_value must lie between min_value and max_value');
    }
  }
  if (element.type === 'plain_text_input') {
    const length = element.initial_value?.length ?? 0;
    if (element.max_length !== undefined && length > element.max_length) {
      return refuse('initial_value must not be longer than max_length');
    }
    if ((element.min_length ?? 0) > (element.max_length ?? Infinity)) {
      return refuse('min_length must be less than max_length');
    }
  }
  return [];
}

type Offered = { value: string; text: { text: string } };

function mustBeOffered(chosen: Offered[], offered: Offered[], pointer: string): Problem[] {
  const same = (one: Offered) =>
    offered.some((it) => it.value === one.value && it.text.text === one.text.text);
  return chosen
    .filter((one) => !same(one))
    .map((one) => ({ pointer, message: `initial option "${one.value}" is not one of the options` }));
}

function repeated(ids: (string | undefined)[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id): id is string => {
    if (id === undefined) return false;
    if (seen.has(id)) return true;
    seen.add(id);
    return false;
  });
}
