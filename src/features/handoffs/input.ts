import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { spoken, type Word } from '../../platform/slack/command-text.ts';
import type { BriefWords } from './core/handoff.ts';

const offerMetadata = z.object({ rock: z.int().positive(), to: z.int().positive().nullable() });
const handoffMetadata = z.object({ handoff: z.int().positive() });

export type OfferCommand = {
  rock: string;
  to: { slackId: string | null; name: string | null } | null;
};

/** Verbs that later versions know. They are reserved today, so that no rock's name grows into their place. */
const laterVerbs = new Set(['lend', 'ask', 'back', 'assign', 'bulk', 'reorg']);

/** The verb that the words begin with and this version cannot do; quotes make a name of it. */
export function readLaterVerb([first]: readonly Word[]): string | null {
  if (first?.kind !== 'word' || first.isQuoted) return null;
  const verb = first.text.toLowerCase();
  return laterVerbs.has(verb) ? verb : null;
}

/** `payments @ben`, in either order; null when no rock is named. */
export function readOffer(words: readonly Word[]): OfferCommand | null {
  const person = words.findLast((word) => word.kind === 'person');
  const rock = spoken(words.filter((word) => word !== person));
  return rock === '' ? null : { rock, to: person ?? null };
}

export type OfferInput = { rockId: number; toId: number | null; toSlackId: string | null; words: BriefWords };

/** Reads the modal of the sender: the brief, or words for each field that is empty. */
export function readOfferModal({
  values,
  metadata,
}: Submission): OfferInput | { errors: Record<string, string> } {
  const { rock, to } = offerMetadata.parse(JSON.parse(metadata));
  const text = (field: string): string | null => values[field]?.trim() || null;
  const whyItMatters = text('why');
  const whereItStands = text('stands');
  const errors: Record<string, string> = {};
  if (whyItMatters === null) errors['why'] = 'A sentence is enough: why should they care?';
  if (whereItStands === null) errors['stands'] = 'A sentence is enough: where does it stand today?';
  if (to === null && text('to') === null) errors['to'] = 'Please pick who shall carry it.';
  if (whyItMatters === null || whereItStands === null || Object.keys(errors).length > 0) return { errors };
  const words = { whyItMatters, whereItStands, nextStep: text('next'), whatCouldHurt: text('hurt') };
  return { rockId: rock, toId: to, toSlackId: text('to'), words };
}

export function readHandoffId({ metadata }: Submission): number {
  return handoffMetadata.parse(JSON.parse(metadata)).handoff;
}
