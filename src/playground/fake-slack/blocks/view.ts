import { z } from 'zod';
import { limits } from '../limits.ts';
import type { Block } from './blocks.ts';
import { checkBlocks } from './check.ts';
import { bounded, plainText } from './composition.ts';
import { type Checked, check, type Problem } from './problem.ts';

const common = {
  // The blocks are checked one by one below: here they are only no unknown field.
  blocks: z.unknown().optional(),
  private_metadata: bounded(limits.view.privateMetadata, 0).optional(),
  callback_id: bounded(limits.view.callbackId, 0).optional(),
  external_id: bounded(limits.view.externalId, 0).optional(),
};

const modal = z.strictObject({
  type: z.literal('modal'),
  ...common,
  title: plainText(limits.view.title),
  submit: plainText(limits.view.submit).optional(),
  close: plainText(limits.view.close).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

const home = z.strictObject({ type: z.literal('home'), ...common });

export type ModalDefinition = Omit<z.infer<typeof modal>, 'blocks'> & { blocks: Block[] };
export type HomeDefinition = Omit<z.infer<typeof home>, 'blocks'> & { blocks: Block[] };

/** Checks a modal as views.open, views.push and views.update do. */
export function checkModal(value: unknown): Checked<ModalDefinition> {
  const outer = check(modal, value, ['view']);
  const blocks = checkBlocks('modal', blocksIn(value), ['view', 'blocks']);
  if (!outer.ok || !blocks.ok) return { ok: false, problems: [...problemsOf(outer), ...problemsOf(blocks)] };
  if (blocks.value.some((block) => block.type === 'input') && outer.value.submit === undefined) {
    const message = 'submit is required when an input block is within the blocks array';
    return { ok: false, problems: [{ pointer: '/view/submit', message }] };
  }
  return { ok: true, value: { ...outer.value, blocks: blocks.value } };
}

/** Checks a Home as views.publish does. */
export function checkHome(value: unknown): Checked<HomeDefinition> {
  const outer = check(home, value, ['view']);
  const blocks = checkBlocks('home', blocksIn(value), ['view', 'blocks']);
  if (!outer.ok || !blocks.ok) return { ok: false, problems: [...problemsOf(outer), ...problemsOf(blocks)] };
  return { ok: true, value: { ...outer.value, blocks: blocks.value } };
}

function blocksIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'blocks' in value ? value.blocks : undefined;
}

function problemsOf(checked: Checked<unknown>): Problem[] {
  return checked.ok ? [] : checked.problems;
}
