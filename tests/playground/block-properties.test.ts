import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Surface } from '../../src/playground/fake-slack/blocks/blocks.ts';
import { checkBlocks } from '../../src/playground/fake-slack/blocks/check.ts';
import { checkHome, checkModal } from '../../src/playground/fake-slack/blocks/view.ts';
import { agreeing, blocksOn, inMessagesAlone, someBlocks } from '../support/fake-slack/block-shapes.ts';
import { plain } from '../support/fake-slack/composition-shapes.ts';
import {
  alsoWrong,
  type Broken,
  given,
  object,
  optional,
  type Shape,
  text,
  wrong,
  yesOrNo,
} from '../support/fake-slack/shapes.ts';

const surfaces: Surface[] = ['message', 'modal', 'home'];
const kinds = surfaces.flatMap((surface) =>
  Object.entries(blocksOn[surface]).map(([type, shape]): [Surface, string, Shape] => [surface, type, shape]),
);

/** Where the fake finds something wrong; empty when nothing. */
function pointersIn(surface: Surface, blocks: unknown[]): string[] {
  const checked = checkBlocks(surface, blocks, ['blocks']);
  return checked.ok ? [] : checked.problems.map((problem) => problem.pointer);
}

/** The property of a broken block: it is refused at the place that is wrong, and no other block is. */
function isRefused(surface: Surface) {
  return ({ value, at }: Broken, before: number) => {
    const blocks = [...Array.from({ length: before }, () => ({ type: 'divider' })), value];
    const found = pointersIn(surface, blocks);
    expect(found).toContain(`/blocks/${before}${at}`);
    expect(found.filter((pointer) => !pointer.startsWith(`/blocks/${before}`))).toEqual([]);
  };
}

const before = fc.nat({ max: 2 });

describe('random blocks', () => {
  test.each(surfaces)('that a %s takes pass, in any company', (surface) => {
    fc.assert(
      fc.property(someBlocks(surface), (blocks) => {
        expect(checkBlocks(surface, blocks, ['blocks'])).toMatchObject({ ok: true });
      }),
      { numRuns: 50 },
    );
  });

  test.each(kinds)('in a %s: a %s passes as it is', (surface, _type, shape) => {
    fc.assert(
      fc.property(shape.valid, (block) => {
        expect(checkBlocks(surface, agreeing([block]), ['blocks'])).toMatchObject({ ok: true });
      }),
      { numRuns: 20 },
    );
  });

  test.each(Object.entries(blocksOn.message))(
    'each thing that can be wrong with a %s is refused at its place',
    (_type, shape) => {
      for (const site of shape.broken) {
        fc.assert(fc.property(site, before, isRefused('message')), { numRuns: 1 });
      }
    },
  );

  test.each(['modal', 'home'] as const)('whatever is wrong in a %s is refused at its place', (surface) => {
    const sites = Object.values(blocksOn[surface]).flatMap((shape) => shape.broken);
    fc.assert(fc.property(fc.oneof(...sites), before, isRefused(surface)), { numRuns: 150 });
  });

  test.each(['modal', 'home'] as const)('a %s takes no block of a message alone', (surface) => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(inMessagesAlone).map((shape) => shape.valid)), (block) => {
        expect(pointersIn(surface, [{ type: 'divider' }, block])).toEqual(['/blocks/1/type']);
      }),
      { numRuns: 30 },
    );
  });

  test('a block that is repeated with its id is refused, where it is repeated', () => {
    fc.assert(
      fc.property(someBlocks('modal'), text(255).valid, (blocks, block_id) => {
        const divider = { type: 'divider', block_id };
        const others = blocks.map((block) => ({ ...Object(block), block_id: undefined }));
        const all = [divider, ...others, divider];
        expect(pointersIn('modal', all)).toEqual([`/blocks/${all.length - 1}/block_id`]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('random views', () => {
  const common = {
    private_metadata: optional(text(3_000, 0)),
    callback_id: optional(text(255, 0)),
    external_id: optional(text(255, 0)),
  };
  const blocks = (surface: Surface): Shape => ({
    valid: someBlocks(surface),
    broken: [
      wrong(Array.from({ length: 101 }, () => ({ type: 'divider' }))),
      wrong([{ type: 'divider' }, { type: 'chart' }], '/1/type'),
    ],
  });
  const input = {
    type: 'input',
    label: { type: 'plain_text', text: 'x' },
    element: { type: 'users_select' },
  };
  const modal = alsoWrong(
    object(
      {
        ...common,
        title: plain(24),
        submit: given(plain(24)),
        close: optional(plain(24)),
        clear_on_close: optional(yesOrNo),
        notify_on_close: optional(yesOrNo),
        blocks: blocks('modal'),
      },
      'modal',
    ),
    wrong({ type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [input] }, '/submit'),
  );
  const home = object({ ...common, blocks: blocks('home') }, 'home');

  test.each([
    ['modal', modal, checkModal],
    ['home', home, checkHome],
  ] as const)(
    'a %s passes as it is, and is refused at the one place that is wrong',
    (_type, shape, check) => {
      fc.assert(
        fc.property(shape.valid, (view) => {
          expect(check(view)).toMatchObject({ ok: true });
        }),
        { numRuns: 20 },
      );
      const refused = ({ value, at }: Broken) => {
        const checked = check(value);
        const found = checked.ok ? [] : checked.problems.map((problem) => problem.pointer);
        expect(found).toEqual([`/view${at}`]);
      };
      for (const site of shape.broken) fc.assert(fc.property(site, refused), { numRuns: 2 });
    },
  );
});
