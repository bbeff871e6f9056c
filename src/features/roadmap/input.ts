import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { type Horizon, horizons, longest, type Outcome, outcomes, planned } from './core/item.ts';
import type { ItemEntry, Support } from './core/state.ts';

type Errors = { errors: Record<string, string> };

/** The form of an item as it was sent off: the owner by Slack id, to be looked up. */
export type ItemForm = Omit<ItemEntry, 'ownerId'> & { owner: string | null; why: string | null };

/** Reads the form of an item, or words for each field that is wrong. */
export function readItemForm({ values, lists }: Submission): ItemForm | Errors {
  const errors: Record<string, string> = {};
  const title = values['title']?.replace(/\s+/g, ' ').trim() ?? '';
  const length = Array.from(title).length;
  if (title === '') errors['title'] = 'Give it a title, such as “Smart retries”.';
  else if (length > longest.title)
    errors['title'] = `A title has ${longest.title} characters at most; this one has ${length}.`;
  const summary = readText(errors, values, 'summary', longest.summary);
  const why = readText(errors, values, 'why', longest.why);
  if (Object.keys(errors).length > 0) return { errors };
  return {
    ...{ title, summary, why },
    owner: values['owner'] ?? null,
    teamId: idOf(values['team']),
    rockId: idOf(values['rock']),
    supports: supportOf(values['supports']),
    needs: (lists['needs'] ?? []).flatMap((id) => idOf(id) ?? []),
    dueOn: dayOf(values['due']),
  };
}

/** In which horizon a new item begins. */
export function readHorizon({ values }: Submission): (typeof planned)[number] {
  return planned.find((it) => it === values['horizon']) ?? 'later';
}

const ofItem = z.object({ item: z.int().positive(), stamp: z.string().max(50) });
const ofMove = ofItem.extend({ to: z.enum(horizons).nullable() });
const ofOutcome = z.object({ item: z.int().positive(), outcome: z.enum(outcomes) });

/** Which item a form was filled with, and what it said then. */
export function readItemOf({ metadata }: Submission): z.output<typeof ofItem> {
  return ofItem.parse(JSON.parse(metadata));
}

/** A move as it was sent off; `field` is the form's first, beside which it says what is not about another one. */
export type MoveSent = {
  item: number;
  stamp: string;
  to: Horizon;
  due: string | null;
  why: string | null;
  field: string;
};

export function readMoveForm({ values, metadata }: Submission): MoveSent | Errors {
  const { item, stamp, to: given } = ofMove.parse(JSON.parse(metadata));
  const errors: Record<string, string> = {};
  const why = readText(errors, values, 'why', longest.why);
  const to = given ?? horizons.find((it) => it === values['to']) ?? null;
  if (to === null) errors['to'] = 'Pick where it goes.';
  if (to === null || Object.keys(errors).length > 0) return { errors };
  const field = given === null ? 'to' : given === 'stopped' ? 'why' : 'due';
  return { item, stamp, to, due: dayOf(values['due']), why, field };
}

/** What was picked in the three menus, or words for each that is open. */
export function readScores({
  values,
}: Submission): { impact: number; effort: number; alignment: number } | Errors {
  const errors: Record<string, string> = {};
  const picked = (part: string): number => {
    const score = Number(values[part]);
    if (Number.isInteger(score) && score >= 1 && score <= 5) return score;
    errors[part] = 'Pick 1 to 5.';
    return 1;
  };
  const scores = { impact: picked('impact'), effort: picked('effort'), alignment: picked('alignment') };
  return Object.keys(errors).length > 0 ? { errors } : scores;
}

/** What the owner says about the number. */
export function readOutcome({
  values,
  metadata,
}: Submission): { item: number; outcome: Outcome; words: string | null } | Errors {
  const errors: Record<string, string> = {};
  const words = readText(errors, values, 'words', longest.why);
  if (Object.keys(errors).length > 0) return { errors };
  return { ...ofOutcome.parse(JSON.parse(metadata)), words };
}

/** The value of a button that answers: `12/moved`. */
export function readAnswerButton(value: string): { itemId: number; outcome: Outcome } {
  const [id = '', outcome] = value.split('/');
  return { itemId: idInput.parse(id), outcome: z.enum(outcomes).parse(outcome) };
}

function readText(
  errors: Record<string, string>,
  values: Submission['values'],
  field: string,
  most: number,
): string | null {
  const text = values[field]?.trim() ?? '';
  if (text.length > most) errors[field] = `${most} characters are the most; these are ${text.length}.`;
  return text || null;
}

const isoDate = z.iso.date();

function dayOf(typed: string | null | undefined): string | null {
  return isoDate.safeParse(typed).data ?? null;
}

function idOf(typed: string | null | undefined): number | null {
  return idInput.safeParse(typed).data ?? null;
}

/** A choice of the menu of what an item supports: `objective-12`, `line-3`. */
function supportOf(typed: string | null | undefined): Support | null {
  const [, kind, id] = /^(objective|line)-(\d{1,15})$/.exec(typed ?? '') ?? [];
  return kind === undefined ? null : { kind: kind === 'line' ? 'line' : 'objective', id: Number(id) };
}
