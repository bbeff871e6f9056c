import { type Block, interactiveOf } from './blocks.ts';

/** Gives what Slack gives when the sender left it out: block_id and action_id. The blocks are copied. */
export function completeBlocks(blocks: Block[], newId: () => string): Block[] {
  return blocks.map((given) => {
    const block = structuredClone(given);
    block.block_id ??= newId();
    for (const element of interactiveOf(block)) element.action_id ??= newId();
    return block;
  });
}
