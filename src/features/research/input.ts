import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Press, Submission } from '../../platform/slack/calls.ts';
import { spoken, type Word } from '../../platform/slack/command-text.ts';
import { isWebAddress } from '../ownership/core/rock-fields.ts';
import { longest, mostDays } from './core/account.ts';
import { coolDownOf } from './core/cool-down.ts';

export const verbs = ['log', 'ask', 'find', 'accounts', 'edit', 'help'] as const;

export type Question =
  | { verb: 'mine' | 'accounts' }
  | { verb: 'log' | 'ask' | 'edit'; account: string }
  | { verb: 'find'; typed: string };

/** `/research`, and what stands after it; null for a verb that is none. */
export function readQuestion(words: readonly Word[]): Question | null {
  const [first, ...rest] = words;
  if (first === undefined) return { verb: 'mine' };
  if (first.kind !== 'word' || first.isQuoted) return null;
  const verb = first.text.toLowerCase();
  if (verb === 'log' || verb === 'ask' || verb === 'edit') return { verb, account: spoken(rest) };
  if (verb === 'find') return { verb, typed: withQuotes(rest) };
  return verb === 'accounts' && rest.length === 0 ? { verb } : null;
}

/** The words as they were typed: quotes make a phrase of what stands in them. */
function withQuotes(words: readonly Word[]): string {
  return words
    .map((word) => (word.kind === 'word' && word.isQuoted ? `"${word.text}"` : spoken([word])))
    .join(' ');
}

/** A name as people type one: on one line. Words beside the field when it is none. */
export function readName(text: string | null | undefined): { name: string } | { words: string } {
  const name = text?.replace(/\s+/g, ' ').trim() ?? '';
  if (name === '') return { words: 'Give it a name, such as Acme Bank.' };
  if (Array.from(name).length > longest.name)
    return { words: `A name has ${longest.name} characters at most.` };
  return /[\p{L}\p{N}]/u.test(name) ? { name } : { words: 'That has no letter or digit to be found by.' };
}

export type LogForm = {
  account: { id: number } | { name: string };
  told: {
    contact: string | null;
    heldOn: Temporal.PlainDate;
    topic: string;
    notes: string;
    recordingUrl: string | null;
  };
  formKey: string;
};

const ofLog = z.object({ form: z.string().min(1).max(50) });
const ofAccount = z.object({ account: z.int().positive() });
const ofEdit = ofAccount.extend({ stamp: z.string().max(50) });
const pickedId = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** The form of a conversation, or words for each field that is wrong. */
export function readLogForm({ values, metadata }: Submission): LogForm | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const picked = pickedId.safeParse(values['account']);
  const typed = values['new-account']?.trim() ?? '';
  const named = typed === '' ? null : readName(typed);
  if (!picked.success && named === null) errors['account'] = 'Pick an account, or name a new one below.';
  if (picked.success && named !== null)
    errors['new-account'] = 'Either pick an account above, or name a new one here.';
  else if (named !== null && 'words' in named) errors['new-account'] = named.words;
  const heldOn = readDay(values['held-on'] ?? null);
  if (heldOn === null) errors['held-on'] = 'Pick the day on which you talked.';
  const topic = lineOf(values['topic'], longest.topic);
  if (topic === '') errors['topic'] = 'A few words are enough: what was it about?';
  const recording = values['recording']?.trim() ?? '';
  if (recording !== '' && (recording.length > longest.recording || !isWebAddress(recording)))
    errors['recording'] = 'Write a web address that begins with https://.';
  if (Object.keys(errors).length > 0 || heldOn === null) return { errors };
  const name = named !== null && 'name' in named ? named.name : '';
  return {
    account: picked.success ? { id: picked.data } : { name },
    told: {
      contact: lineOf(values['contact'], longest.contact) || null,
      heldOn,
      topic,
      notes: (values['notes'] ?? '').trim().slice(0, longest.notes),
      recordingUrl: recording || null,
    },
    formKey: ofLog.parse(JSON.parse(metadata)).form,
  };
}

function lineOf(text: string | null | undefined, most: number): string {
  return (text ?? '').replace(/\s+/g, ' ').trim().slice(0, most);
}

function readDay(text: string | null): Temporal.PlainDate | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? Temporal.PlainDate.from(text) : null;
}

export function readQueueForm({
  values,
  metadata,
}: Submission): { accountId: number; topic: string } | { errors: Record<string, string> } {
  const topic = lineOf(values['topic'], longest.topic);
  if (topic === '') return { errors: { topic: 'A few words are enough: what would you like to ask?' } };
  return { accountId: ofAccount.parse(JSON.parse(metadata)).account, topic };
}

export function readEditForm({
  values,
  metadata,
}: Submission):
  | { accountId: number; name: string; coolDown: string; stamp: string }
  | { errors: Record<string, string> } {
  const { account: accountId, stamp } = ofEdit.parse(JSON.parse(metadata));
  const name = readName(values['name']);
  const days = values['days']?.trim() ?? '';
  const errors: Record<string, string> = {
    ...('words' in name ? { name: name.words } : {}),
    ...(/^\d{1,3}$/.test(days) ? {} : { days: `Write a whole number of days from 0 to ${mostDays}.` }),
  };
  if ('words' in name || Object.keys(errors).length > 0) return { errors };
  return { accountId, name: name.name, coolDown: coolDownOf(Number(days)), stamp };
}

const ofFindPage = z.object({ typed: z.string().max(500), page: z.int().min(0).max(1_000) });

/** Which page of which search a button leads to. */
export function readFindPage({ value }: Press): z.output<typeof ofFindPage> {
  return ofFindPage.parse(JSON.parse(value));
}
