import type { TestCairn } from './cairn.ts';

/** What one person's Home reads, a line for each paragraph; buttons are in brackets behind it. */
export async function readHome(cairn: TestCairn, person: string): Promise<string[]> {
  const { home } = await cairn.as(person).state();
  return (home?.blocks ?? []).map((block) => {
    const texts = 'text' in block && block.text !== undefined ? [textOf(block.text)] : [];
    const inside = 'elements' in block && Array.isArray(block.elements) ? block.elements : [];
    const beside = 'accessory' in block && block.accessory !== undefined ? [block.accessory] : [];
    return [...texts, ...[...inside, ...beside].map(textOf)].join(' ');
  });
}

/** Presses a button in the person's Home: the first one with this label, or the one beside the paragraph with `beside`. */
export async function pressInHome(
  cairn: TestCairn,
  person: string,
  label: string,
  beside?: string,
): Promise<void> {
  const { home } = await cairn.as(person).state();
  if (home === null) throw new Error(`${person} has no Home`);
  const block = home.blocks.find((it) => beside !== undefined && JSON.stringify(it).includes(beside));
  if (beside !== undefined && block === undefined) throw new Error(`the Home says nothing of ${beside}`);
  const place = block?.block_id === undefined ? {} : { block_id: block.block_id };
  await cairn.as(person).press(label, { view_id: home.id, ...place });
}

function textOf(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null || !('text' in part)) return '';
  const words = textOf(part.text);
  return 'type' in part && part.type === 'button' ? `[${words}]` : words;
}
