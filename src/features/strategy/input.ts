import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { spoken, type Word } from '../../platform/slack/command-text.ts';
import {
  type LineWords,
  readNotDoing,
  readProse,
  readRank,
  readText,
  readTitle,
  type Typed,
} from './core/line-form.ts';
import { type Line, longest, type Strategy } from './core/strategy.ts';

export const verbs = ['edit', 'publish', 'history', 'help'] as const;

/** `/strategy`, `edit [a line]`, `publish` and `history`; null for anything else. */
export function readQuestion(
  words: readonly Word[],
): { verb: 'show' | 'publish' | 'history' } | { verb: 'edit'; text: string } | null {
  const [first, ...rest] = words;
  if (first === undefined) return { verb: 'show' };
  if (first.kind !== 'word' || first.isQuoted) return null;
  const verb = first.text.toLowerCase();
  if (verb === 'edit') return { verb, text: spoken(rest) };
  return (verb === 'publish' || verb === 'history') && rest.length === 0 ? { verb } : null;
}

/** The line of the draft that is called so: by its key, else by its title; undefined: none, or several. */
export function findNamed({ lines }: Strategy, text: string): Line | undefined {
  const typed = text.toLowerCase();
  const byKey = lines.find(({ key }) => key === typed);
  const titled = lines.filter(({ title }) => title.toLowerCase() === typed);
  return byKey ?? (titled.length === 1 ? titled[0] : undefined);
}

const ofLine = z.object({
  kind: z.enum(['intent', 'initiative']),
  line: z.int().positive().nullable(),
  stamp: z.string().max(50),
});
const stamped = z.object({ stamp: z.string().max(50) });

/** What the form of a line is about. */
export function readLineMetadata({ metadata }: Submission): z.output<typeof ofLine> {
  return ofLine.parse(JSON.parse(metadata));
}

export function readStamp({ metadata }: Submission): string {
  return stamped.parse(JSON.parse(metadata)).stamp;
}

export function readVision({ values }: Submission): Typed<string | null> {
  return readProse(values['vision'] ?? null, longest.vision);
}

/** What the form of a line says, its owner by Slack id; or words for each field that is wrong. */
export type LineForm = {
  words: Omit<LineWords, 'owner'>;
  owner: string | null;
  parentId: number | null;
  isDropped: boolean;
};

export function readLineForm({ values }: Submission): LineForm | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const read = <T>(field: string, typed: Typed<T>, otherwise: T): T => {
    if (typed.ok) return typed.value;
    errors[field] = typed.words;
    return otherwise;
  };
  const value = (field: string) => values[field] ?? null;
  const words = {
    title: read('title', readTitle(value('title')), ''),
    rank: read('rank', readRank(value('rank')), 1),
    measure: read('measure', readText(value('measure'), longest.measure), null),
    horizon: read('horizon', readText(value('horizon'), longest.horizon), null),
    notDoing: read('not-doing', readNotDoing(value('not-doing')), []),
    problem: read('problem', readProse(value('problem'), longest.problem), null),
    metric: read('metric', readText(value('metric'), longest.metric), null),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const parent = value('parent');
  return {
    words,
    owner: value('owner'),
    parentId: parent === null ? null : Number(parent),
    isDropped: value('becomes') === 'dropped',
  };
}
