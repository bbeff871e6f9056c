import { z } from 'zod';
import { idInput } from '../../../platform/slack/ids.ts';
import { groupLength, pageLength } from './core/proposal.ts';
import { groupBlock } from './forms.ts';

const id = z.int().positive();
const pageMetadata = z.object({ id, shown: z.array(id).max(pageLength) });
/** `count`: of how many rocks it was about when it was opened. */
const noneMetadata = z.object({ id, count: z.int().positive() });

/** What a form of some of them was about, and what stood ticked in it. */
export function readPage(
  metadata: string,
  lists: Record<string, string[]>,
): { id: number; shown: number[]; ticked: number[] } {
  const groups = Array.from(
    { length: pageLength / groupLength },
    (_, index) => lists[groupBlock(index)] ?? [],
  );
  return {
    ...pageMetadata.parse(JSON.parse(metadata)),
    ticked: groups.flat().map((value) => idInput.parse(value)),
  };
}

export function readNone(metadata: string): { id: number; count: number } {
  return noneMetadata.parse(JSON.parse(metadata));
}
