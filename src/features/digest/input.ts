import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { longest, type Subject, subjectKinds } from './core/digest.ts';
import type { DigestForm } from './core/draft.ts';

const id = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const lineKey = z.string().regex(/^[a-z-]{1,30}-\d{1,15}(-[a-z]{1,20})?$/);

/** What a `Look` opens, as its button carries it; null for what is none. */
export function readSubject(value: string): Subject | null {
  const [kind, number] = value.split(':');
  const read = z.object({ kind: z.enum(subjectKinds), id }).safeParse({ kind, id: number });
  return read.success ? read.data : null;
}

/** The digest and the line of an `Add words`. */
export function readOwnLineOf(value: string): { id: number; key: string } | null {
  const [number, key] = value.split(':');
  const read = z.object({ id, key: lineKey }).safeParse({ id: number, key });
  return read.success ? read.data : null;
}

const edited = z.object({ digest: z.int().positive(), stamp: z.string().max(64) });
const ownLine = z.object({ digest: z.int().positive(), key: lineKey });

/** The block of a line's words in the form. */
export const wordsBlock = (key: string): string => `words:${key}`;

/** What product operations sends off. Longer words than Slack lets people type are no input of theirs. */
export function readEdit({ values, lists, metadata }: Submission): {
  id: number;
  stamp: string;
  form: DigestForm;
} {
  const { digest, stamp } = edited.parse(JSON.parse(metadata));
  const words = Object.entries(values).flatMap(([block, typed]) =>
    block.startsWith('words:') ? [[block.slice('words:'.length), (typed ?? '').slice(0, longest.words)]] : [],
  );
  const note = values['note']?.trim().slice(0, longest.note) ?? '';
  return {
    id: digest,
    stamp,
    form: {
      note: note === '' ? null : note,
      hidden: lists['hidden'] ?? [],
      words: Object.fromEntries(words),
    },
  };
}

/** What an owner sends off. */
export function readWords({ values, metadata }: Submission): { id: number; key: string; words: string } {
  const { digest, key } = ownLine.parse(JSON.parse(metadata));
  return { id: digest, key, words: values['words']?.trim().slice(0, longest.words) ?? '' };
}
