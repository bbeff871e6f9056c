import { z } from 'zod';
import { limits } from '../limits.ts';
import { elementProblems } from './agreement.ts';
import { type Block, blockOn, elementsIn, type Surface } from './blocks.ts';
import { type Checked, check, type Problem, pointerTo } from './problem.ts';

type Path = readonly PropertyKey[];
type Placed = { block: Block; here: Path };

/** Checks a list of blocks as Slack does for this surface: shapes, limits, unique ids. */
export function checkBlocks(surface: Surface, value: unknown, at: Path): Checked<Block[]> {
  const most = surface === 'message' ? limits.message.blocks : limits.view.blocks;
  const list = check(z.array(z.unknown()).max(most), value, at);
  if (!list.ok) return list;
  const problems: Problem[] = [];
  const placed: Placed[] = [];
  for (const [index, one] of list.value.entries()) {
    const here = [...at, index];
    const checked = check<Block>(blockOn[surface], one, here);
    if (checked.ok) placed.push({ block: checked.value, here });
    else problems.push(...nameType(checked.problems, one, here, surface));
  }
  problems.push(
    ...placed.flatMap(problemsWithin),
    ...(surface === 'modal' ? [] : placed.flatMap((one) => fileInputProblems(one, surface))),
    ...repeated(
      placed.map(({ block, here }) => [block.block_id, [...here, 'block_id']]),
      'block_id',
    ),
    ...focusProblems(placed),
    ...sumProblems(placed, at),
  );
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: placed.map(({ block }) => block) };
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

/** What the elements of one block have to agree on. */
function problemsWithin({ block, here }: Placed): Problem[] {
  const elements = elementsIn(block);
  return [
    ...elements.flatMap(({ element, at }) => elementProblems(element, [...here, ...at])),
    ...repeated(
      elements.map(({ element, at }) => [element.action_id, [...here, ...at, 'action_id']]),
      'action_id',
    ),
  ];
}

/** Files can be attached in modals alone. */
function fileInputProblems({ block, here }: Placed, surface: Surface): Problem[] {
  return elementsIn(block)
    .filter(({ element }) => element.type === 'file_input')
    .map(({ at }) => ({
      pointer: pointerTo([...here, ...at, 'type']),
      message: `unsupported type: file_input in a ${surface}`,
    }));
}

function repeated(ids: [id: string | undefined, at: Path][], field: string): Problem[] {
  const seen = new Set<string>();
  return ids.flatMap(([id, at]) => {
    if (id === undefined) return [];
    if (seen.has(id)) return [{ pointer: pointerTo(at), message: `\`${field}\` "${id}" already exists` }];
    seen.add(id);
    return [];
  });
}

function focusProblems(placed: Placed[]): Problem[] {
  const focused = placed.flatMap(({ block, here }) =>
    elementsIn(block)
      .filter(({ element }) => 'focus_on_load' in element && element.focus_on_load)
      .map(({ at }) => pointerTo([...here, ...at, 'focus_on_load'])),
  );
  return focused.slice(1).map((pointer) => ({ pointer, message: 'only one element may have focus_on_load' }));
}

/** What Slack bounds for all blocks of a kind together. */
function sumProblems(placed: Placed[], at: Path): Problem[] {
  const sums = [
    ['markdown', limits.message.markdown],
    ['table', limits.message.tableText],
  ] as const;
  return sums.flatMap(([type, most]) => {
    const all = textLength(placed.filter(({ block }) => block.type === type).map(({ block }) => block));
    const message = `all ${type} blocks together must be less than ${most + 1} characters`;
    return all > most ? [{ pointer: pointerTo(at), message }] : [];
  });
}
