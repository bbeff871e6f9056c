import { isObject } from '../http.ts';
import { type Problem, pointerTo } from './problem.ts';

type Path = readonly PropertyKey[];

/** Every picture in these blocks that names an uploaded file which is not there, not complete or no picture. */
export function pictureProblems(
  blocks: unknown,
  at: Path,
  isPicture: (reference: { id?: unknown; url?: unknown }) => boolean,
): Problem[] {
  if (Array.isArray(blocks)) {
    return blocks.flatMap((one, index) => pictureProblems(one, [...at, index], isPicture));
  }
  if (!isObject(blocks)) return [];
  return Object.entries(blocks).flatMap(([key, value]) => {
    const here = [...at, key];
    if (key !== 'slack_file' || !isObject(value)) return pictureProblems(value, here, isPicture);
    return isPicture(value) ? [] : [{ pointer: pointerTo(here), message: 'invalid slack file' }];
  });
}
