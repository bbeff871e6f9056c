import { z } from 'zod';
import type { Submission } from '../../../platform/slack/calls.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { rockBlockId, stays } from './modal-blocks.ts';

const id = z.int().positive();
const source = z.union([
  z.strictObject({ personId: id }),
  z.strictObject({ teamId: id }),
  z.strictObject({ rockId: id }),
]);

/** What is being moved, and for which draft of a reorganisation; null: a bulk handoff, which has none. */
const begun = z.object({ source, batch: id.nullable() });
/** Who takes over, in the order of the menus, and what was chosen so far, written short: a modal carries little. */
const spreading = begun.extend({
  to: z.array(id).min(1).max(10),
  page: id,
  chosen: z.string().max(2_600),
});

export type Begun = z.infer<typeof begun>;
export type Spreading = z.infer<typeof spreading>;

export function readBegun({ metadata }: Submission): Begun {
  return begun.parse(JSON.parse(metadata));
}

/** The Slack ids of those who take over. */
export function readPicked({ lists }: Submission): string[] {
  return lists['receivers'] ?? [];
}

export function readSpreading({ metadata }: Submission): Spreading {
  return spreading.parse(JSON.parse(metadata));
}

/** What was chosen beside the rocks of this page, by the rocks' ids; null: it stays. */
export function readMenus(
  { values }: Submission,
  rockIds: readonly number[],
  to: readonly number[],
): Map<number, number | null> {
  const menus = new Map<number, number | null>();
  for (const rockId of rockIds) {
    const picked = values[rockBlockId(rockId)];
    if (picked === undefined || picked === null) continue;
    const personId = Number(picked);
    if (picked === stays) menus.set(rockId, null);
    else if (to.includes(personId)) menus.set(rockId, personId);
  }
  return menus;
}

/** The choice as a modal carries it: for each rock its receiver's place among `to`. */
export function writeChoice(choice: ReadonlyMap<number, number>, to: readonly number[]): string {
  return [...choice].map(([rockId, personId]) => `${rockId.toString(36)}.${to.indexOf(personId)}`).join(',');
}

/** The same, read; whatever is no place among `to` is left out. */
export function readChoice(text: string, to: readonly number[]): Map<number, number> {
  const choice = new Map<number, number>();
  for (const [, rock = '', place = ''] of text.matchAll(/([0-9a-z]{1,11})\.(\d)(?=,|$)/g)) {
    const personId = to[Number(place)];
    if (personId !== undefined) choice.set(Number.parseInt(rock, 36), personId);
  }
  return choice;
}

export type Words = { why: string; stands: string | null };

/** Why they move and where things stand, or words for the field that is empty. */
export function readWhy({ values }: Submission): Words | { errors: Record<string, string> } {
  const why = values['why']?.trim() ?? '';
  if (why === '') return { errors: { why: 'A sentence is enough: why do they move?' } };
  return { why, stands: values['stands']?.trim() || null };
}

/** Which draft a modal is about. */
export function readDraftId({ metadata }: Submission): number {
  return z.object({ batch: id }).parse(JSON.parse(metadata)).batch;
}

/** What a reorganisation is called, or words for the empty field. */
export function readTitle({ values }: Submission): { title: string } | { errors: Record<string, string> } {
  const title = values['title']?.trim() ?? '';
  return title === ''
    ? { errors: { title: 'A few words are enough, such as “Teams from January on”.' } }
    : { title };
}

/** Whose rocks are added: exactly one of a person (by Slack's id), a team and a rock (as typed). */
export type Added = { person: string } | { team: number } | { rock: string };

export function readAdded({ values }: Submission): Added | { errors: Record<string, string> } {
  const rock = values['rock']?.trim() ?? '';
  const given: Added[] = [
    ...(values['person'] ? [{ person: values['person'] }] : []),
    ...(values['team'] ? [{ team: idInput.parse(values['team']) }] : []),
    ...(rock === '' ? [] : [{ rock }]),
  ];
  const [only, ...more] = given;
  if (only === undefined)
    return { errors: { person: 'Whose rocks move? A person’s, a team’s, or one rock.' } };
  if (more.length > 0) return { errors: { person: 'Pick one of the three: a person, a team or a rock.' } };
  return only;
}

/** The handoffs that were picked. */
export function readPickedMoves({ lists }: Submission): number[] {
  return (lists['moves'] ?? []).map((value) => idInput.parse(value));
}

/** The draft and the page that a button carries. */
export function readPage(value: string): { batchId: number; page: number } {
  const [batchId = '', page = ''] = value.split(':');
  return { batchId: idInput.parse(batchId), page: idInput.parse(page) };
}

/** Which handoff goes out again, and to whom, by Slack's id. */
export function readAgain({ metadata, values }: Submission): { handoffId: number; to: string | null } {
  const { handoff } = z.object({ handoff: id }).parse(JSON.parse(metadata));
  return { handoffId: handoff, to: values['to'] ?? null };
}
