import { z } from 'zod';
import type { Submission } from '../../../platform/slack/calls.ts';
import { spoken, type Word } from '../../../platform/slack/command-text.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import type { DecimalMark } from '../../check-ins/core/number.ts';
import {
  type KeyResultEntry,
  type ObjectiveEntry,
  type Reasons,
  type Support,
  visibilities,
} from './core/entry.ts';
import { commitments, type Present, readMeasure } from './core/measure.ts';
import { readTitle, readWhy, type Typed } from './core/typed.ts';
import type { OkrKind } from './drop-blocks.ts';

export const editingVerbs = ['add', 'edit', 'drop', 'cycle'] as const;
export type EditingVerb = (typeof editingVerbs)[number];
/** A verb and what it is about; `kind` where somebody says which of the two they mean. */
export type Asked = { verb: EditingVerb; kind: OkrKind | null; text: string };

const kinds: Record<string, OkrKind> = {
  objective: 'objective',
  'key-result': 'key-result',
  kr: 'key-result',
};

/** `edit failed-rate`, `edit objective reliable`. Null for a verb that does not edit. */
export function readAsked(words: readonly Word[]): Asked | null {
  const [first, ...rest] = words;
  if (first?.kind !== 'word' || first.isQuoted) return null;
  const typed = first.text.toLowerCase().replace(/^cycles$/, 'cycle');
  const verb = editingVerbs.find((it) => it === typed);
  if (verb === undefined) return null;
  const [second, ...more] = rest;
  const named = second?.kind === 'word' && !second.isQuoted ? kinds[second.text.toLowerCase()] : undefined;
  return { verb, kind: named ?? null, text: spoken(named === undefined ? rest : more) };
}

type Errors = { errors: Record<string, string> };

/** The form of an objective as it was sent off: people by their Slack ids, to be looked up. */
export type ObjectiveForm = Pick<
  ObjectiveEntry,
  'title' | 'teamId' | 'cycleId' | 'supports' | 'needs' | 'visibility'
> & { owner: string | null; reviewer: string | null; viewers: string[] };

/** Reads the form of an objective, or words for each field that is wrong. */
export function readObjectiveForm(
  { values, lists }: Submission,
  keepsViewers: boolean,
): ObjectiveForm | Errors {
  const errors: Record<string, string> = {};
  const title = taken(errors, 'title', readTitle(values['title'], 'Checkout that just works'), '');
  const cycleId = idOf(values['cycle']);
  if (cycleId === null) errors['cycle'] = 'Pick a cycle.';
  const teamId = idOf(values['team']);
  const visibility = visibilities.find((it) => it === values['visibility']) ?? 'workspace';
  const viewers = lists['viewers'] ?? [];
  if (visibility === 'people' && viewers.length === 0 && !keepsViewers)
    errors['viewers'] = 'Name the people who may see it.';
  if (visibility === 'team' && teamId === null)
    errors['visibility'] = 'Pick its team first, or another choice here.';
  if (cycleId === null || Object.keys(errors).length > 0) return { errors };
  return {
    ...{ title, teamId, cycleId, visibility, viewers },
    supports: supportOf(values['supports']),
    needs: (lists['needs'] ?? []).flatMap((id) => idOf(id) ?? []),
    owner: values['owner'] ?? null,
    reviewer: values['reviewer'] ?? null,
  };
}

/** The form of a key result as it was sent off; `readings` say how numbers were read that could be read otherwise. */
export type KeyResultForm = Pick<KeyResultEntry, 'title' | 'measure' | 'commitment' | 'dueOn'> & {
  owner: string | null;
  backup: string | null;
  reasons: Reasons;
  readings: string[];
};

/** Reads the form of a key result, or words for each field that is wrong. `present`: what an edited one has. */
export function readKeyResultForm(
  { values }: Submission,
  mark: DecimalMark,
  present: Present | null,
): KeyResultForm | Errors {
  const errors: Record<string, string> = {};
  const text = (field: string) => values[field] ?? null;
  const title = taken(errors, 'title', readTitle(values['title'], 'Failed payment rate'), '');
  const reasons = {
    target: taken(errors, 'target-why', readWhy(values['target-why']), null),
    slip: taken(errors, 'slip', readWhy(values['slip']), null),
  };
  const [type, unit, direction] = [text('type'), text('unit'), text('direction')];
  const typed = { type, unit, direction, start: text('start'), target: text('target') };
  const measure = readMeasure(typed, mark, present);
  if (!measure.ok) Object.assign(errors, measure.errors);
  if (!measure.ok || Object.keys(errors).length > 0) return { errors };
  return {
    ...{ title, reasons, measure: measure.value, readings: measure.readings },
    commitment: commitments.find((it) => it === values['commitment']) ?? 'committed',
    dueOn: isoDate.safeParse(values['due']).data ?? null,
    owner: values['owner'] ?? null,
    backup: values['backup'] ?? null,
  };
}

/** Which key result in a row the form adds, from 1; and its fields without the step in their ids. */
export function readStep(submission: Submission): { step: number; submission: Submission } {
  const { step } = ofStep.parse(JSON.parse(submission.metadata));
  const own = Object.entries(submission.values).map(
    ([id, value]) => [id.split('/')[0] ?? id, value] as const,
  );
  return { step, submission: { ...submission, values: Object.fromEntries(own) } };
}

const isoDate = z.iso.date();
const ofStep = z.object({ step: z.int().positive() });
const ofObjective = z.object({ objective: z.int().positive() });
const ofKeyResult = z.object({ keyResult: z.int().positive() });
const ofEntry = z.object({ stamp: z.string().max(50) });
const ofDrop = z.object({ kind: z.enum(['objective', 'key-result']), id: z.int().positive() });

export const readObjectiveId = ({ metadata }: Submission) =>
  ofObjective.parse(JSON.parse(metadata)).objective;
export const readKeyResultId = ({ metadata }: Submission) =>
  ofKeyResult.parse(JSON.parse(metadata)).keyResult;
/** Which entry the form was filled with. */
export const readStamp = ({ metadata }: Submission) => ofEntry.parse(JSON.parse(metadata)).stamp;

/** What is dropped, and why, or words for the field. */
export function readDrop({
  values,
  metadata,
}: Submission): { kind: OkrKind; id: number; why: string } | Errors {
  const why = readWhy(values['why']);
  if (!why.ok) return { errors: { why: why.words } };
  if (why.value === null) return { errors: { why: 'A sentence is enough: why?' } };
  return { ...ofDrop.parse(JSON.parse(metadata)), why: why.value };
}

/** A choice of the menu of what an objective supports: `objective-12`, `line-3`. */
function supportOf(typed: string | null | undefined): Support | null {
  const [, kind, id] = /^(objective|line)-(\d{1,15})$/.exec(typed ?? '') ?? [];
  return kind === undefined ? null : { kind: kind === 'line' ? 'line' : 'objective', id: Number(id) };
}

export function idOf(typed: string | null | undefined): number | null {
  return idInput.safeParse(typed).data ?? null;
}

/** Takes what was typed in a field, or keeps the words for it beside that field. */
export function taken<T>(errors: Record<string, string>, field: string, typed: Typed<T>, otherwise: T): T {
  if (typed.ok) return typed.value;
  errors[field] = typed.words;
  return otherwise;
}
