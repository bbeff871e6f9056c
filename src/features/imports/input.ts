import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { noColumn } from './columns-blocks.ts';
import type { Answers, ImportKind, Mapping, Preview } from './core/import.ts';
import { shortId } from './questions-blocks.ts';

const kind = z.enum(['rocks', 'okrs', 'roadmap']);
const importId = z.number().int().positive();

const metadata = z.object({
  kind: kind.default('rocks'),
  importId: importId.optional(),
  page: z.number().int().nonnegative().default(0),
  stamp: z.string().max(200).default(''),
});
export type Carried = z.output<typeof metadata>;

/** What a modal of an import carries; null for what is none. */
export function readCarried(text: string): Carried | null {
  try {
    const read = metadata.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Undefined for what is no kind. */
export function readKind(text: string): ImportKind | undefined {
  return kind.safeParse(text).data;
}

export function readImportId(text: string): number | undefined {
  return idInput.safeParse(text).data;
}

/** An import and a page of its preview, as buttons carry them: `12:3`. */
export function readPage(text: string): { importId: number; page: number } | undefined {
  const [id = '', page = ''] = text.split(':');
  const read = { importId: idInput.safeParse(id).data, page: idInput.safeParse(page).data };
  return read.importId === undefined || read.page === undefined
    ? undefined
    : { importId: read.importId, page: read.page };
}

/** Which column holds what, by the menus of the columns' modal. */
export function readMapping(values: Submission['values']): Mapping {
  const picked = Object.entries(values).flatMap(([block, value]) =>
    block.startsWith('field-') && value !== null && value !== noColumn && /^\d{1,3}$/.test(value)
      ? [[block.slice('field-'.length), Number(value)] as const]
      : [],
  );
  return Object.fromEntries(picked);
}

/** Answers of one page of questions; what is not among the questions or their choices is left out. */
export function readAnswers(
  { questions }: Pick<Preview, 'questions'>,
  values: Submission['values'],
): Answers {
  const said = questions.flatMap(({ key, choices }) => {
    const picked = values[`q-${shortId(key)}`];
    const choice = choices.find(({ value }) => shortId(value) === picked);
    return choice === undefined ? [] : [[key, choice.value] as const];
  });
  return Object.fromEntries(said);
}
