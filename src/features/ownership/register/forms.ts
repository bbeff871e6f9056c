import { Temporal } from 'temporal-polyfill';
import { accepted, type Result } from '../../../platform/core/result.ts';
import type { Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { Waking } from '../../../platform/waking.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { admit, meetChannel, type PeopleDeps } from '../../people/operations.ts';
import { pickedPeople } from '../../people/picking.ts';
import { checkLine } from '../../strategy/operations.ts';
import { cardBlocks } from '../blocks.ts';
import type { RockCard } from '../core/rock.ts';
import { findCard } from '../lookup-store.ts';
import type { Moving } from '../moved.ts';
import { unknownRock } from '../operations.ts';
import type { RockEntry } from './core/entry.ts';
import { type RockForm, readReason, readRockForm, readRockId, readSplitForm, readStamp } from './input.ts';
import { addRock, editRock } from './operations.ts';
import { readHidden } from './reading.ts';
import { along, mergeRocks, retireRock } from './retire-operations.ts';
import { splitRock } from './split-operations.ts';
import { setDownRock } from './standing-operations.ts';

export type FormDeps = PeopleDeps & Waking & Moving;

/** Reads a form, looks its people and channel up, and gives what the operation made of it. */
type Handle = (deps: FormDeps, submission: Submission, actor: Actor) => Promise<SubmissionAnswer>;

/** A form that is sent off: the sender is checked at this moment, and before anything of theirs is read. */
export function handled(title: string, handle: Handle) {
  return async (deps: FormDeps, submission: Submission): Promise<SubmissionAnswer> => {
    const actor = await admit(deps, submission);
    if (!actor.ok) return { view: notice(title, plain(actor.words)) };
    return await handle(deps, submission, actor.value);
  };
}

/** What the form says once it is done: the card of the rock, or why not, beside its field where there is one. */
function answer(deps: FormDeps, title: string, actor: Actor, result: Result<RockCard>): SubmissionAnswer {
  if (!result.ok) {
    if (result.field !== undefined) return { errors: { [result.field]: result.words } };
    return { view: notice(title, plain(result.words)) };
  }
  deps.wake();
  const card = cardBlocks(result.value, actor);
  // In a modal its buttons would answer in modals on top of it; the words are enough.
  return { view: notice(title, { ...card, blocks: card.blocks.filter(({ type }) => type !== 'actions') }) };
}

export const sendAdd = handled('Add a rock', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const form = readRockForm(submission);
  if ('errors' in form) return form;
  const looked = await lookUp(deps, workspaceId, form);
  if ('errors' in looked) return looked;
  const owner = await pickedOwner(deps, workspaceId, form.owner);
  if (!owner.ok) return { errors: { owner: owner.words } };
  const contributors = looked.contributors.map(({ id }) => ({ person: id, discipline: form.contribution }));
  const added = await addRock(
    deps.db,
    workspaceId,
    actor,
    { ...entryOf(form, looked), contributors },
    owner.value,
  );
  return answer(deps, 'Added', actor, added);
});

export const sendEdit = handled('Edit a rock', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const rockId = readRockId(submission);
  const seen = await findCard(deps.db, workspaceId, rockId, actor.id);
  if (seen === undefined) return { view: notice('Edit a rock', plain(unknownRock.words)) };
  const hidden = await readHidden(deps.db, workspaceId, rockId);
  const form = readRockForm(submission, hidden.aliases);
  if ('errors' in form) return form;
  const looked = await lookUp(deps, workspaceId, form);
  if ('errors' in looked) return looked;
  const kept = hidden.contributors.filter(
    ({ person, isShown }) => !isShown || looked.contributors.some(({ id }) => id === person),
  );
  const added = looked.contributors.filter(({ id }) => !kept.some(({ person }) => person === id));
  const entry = entryOf(form, looked);
  const whole = {
    ...entry,
    links: [...entry.links, ...hidden.links],
    backups: [...entry.backups, ...hidden.backups],
    viewers: [...entry.viewers, ...hidden.viewers],
    channelId: entry.channelId ?? hidden.channelId,
    contributors: [
      ...kept.map(({ person, discipline }) => ({ person, discipline })),
      ...added.map(({ id }) => ({ person: id, discipline: form.contribution })),
    ],
  };
  const edited = await editRock(deps.db, workspaceId, actor, rockId, whole, readStamp(submission));
  return answer(deps, 'Saved', actor, edited);
});

type LookedUp = {
  backups: Person[];
  contributors: Person[];
  viewers: Person[];
  channelId: number | null;
  lineId: number | null;
};

async function lookUp(
  deps: FormDeps,
  workspaceId: string,
  form: RockForm,
): Promise<LookedUp | { errors: Record<string, string> }> {
  const [backups, contributors, viewers] = await Promise.all([
    pickedPeople(deps, workspaceId, form.backups, 'can stand in'),
    pickedPeople(deps, workspaceId, form.contributors, 'can contribute'),
    pickedPeople(deps, workspaceId, form.viewers, 'can see a rock'),
  ]);
  if (!backups.ok) return { errors: { backups: backups.words } };
  if (!contributors.ok) return { errors: { contributors: contributors.words } };
  if (!viewers.ok) return { errors: { viewers: viewers.words } };
  const line = await checkLine(deps.db, workspaceId, form.supports);
  if (!line.ok) return { errors: { supports: line.words } };
  const channel = form.channel === null ? null : await meetChannel(deps, workspaceId, form.channel);
  if (channel === undefined)
    return {
      errors: { channel: 'I cannot see that channel. Type /invite @Cairn in it, then send this off again.' },
    };
  return {
    backups: backups.value,
    contributors: contributors.value,
    viewers: viewers.value,
    channelId: channel?.id ?? null,
    lineId: line.value,
  };
}

function entryOf(form: RockForm, looked: LookedUp): Omit<RockEntry, 'contributors'> {
  const { owner, contribution, channel, supports, backups, contributors, viewers, ...rest } = form;
  return {
    ...rest,
    backups: looked.backups.map(({ id }) => id),
    viewers: looked.viewers.map(({ id }) => id),
    channelId: looked.channelId,
    lineId: looked.lineId,
  };
}

async function pickedOwner(
  deps: FormDeps,
  workspaceId: string,
  slackId: string | null,
): Promise<Result<Person | null>> {
  if (slackId === null) return accepted(null);
  const picked = await pickedPeople(deps, workspaceId, [slackId], 'can carry a rock');
  return picked.ok ? accepted(picked.value[0] ?? null) : picked;
}

export const sendSetDown = handled('Set it down', async (deps, submission, actor) => {
  const reason = readReason(submission);
  if (!reason.ok) return { errors: { reason: reason.words } };
  const again = submission.values['again'];
  if (again == null) return { errors: { again: 'Pick a day on which to look again.' } };
  const lookAgainOn = Temporal.PlainDate.from(again);
  const choice = { reason: reason.value, lookAgainOn };
  const down = await setDownRock(deps, submission.workspaceId, actor, readRockId(submission), choice);
  return answer(deps, 'Set down', actor, down);
});

const unknownInto = { errors: { rock: 'Pick one of the rocks that are found.' } };

export const sendRetire = handled('Retire it', async (deps, submission, actor) => {
  const reason = readReason(submission);
  if (!reason.ok) return { errors: { reason: reason.words } };
  const { rock } = submission.values;
  const into = rock == null ? null : idInput.safeParse(rock);
  if (into?.success === false) return unknownInto;
  const choice = { reason: reason.value, intoId: into?.data ?? null };
  const retired = await retireRock(deps, submission.workspaceId, actor, readRockId(submission), choice);
  return answer(deps, 'Retired', actor, retired);
});

export const sendMerge = handled('Merge it', async (deps, submission, actor) => {
  const into = idInput.safeParse(submission.values['rock']);
  if (!into.success) return unknownInto;
  const takes = along.filter((part) => submission.lists['along']?.includes(part));
  const pair = { fromId: readRockId(submission), intoId: into.data, takes };
  return answer(deps, 'Merged', actor, await mergeRocks(deps, submission.workspaceId, actor, pair));
});

export const sendSplit = handled('Split it', async (deps, submission, actor) => {
  const { workspaceId } = submission;
  const form = readSplitForm(submission);
  if ('errors' in form) return form;
  const owner = await pickedOwner(deps, workspaceId, form.owner);
  if (!owner.ok) return { errors: { owner: owner.words } };
  const rockId = readRockId(submission);
  const split = await splitRock(deps.db, workspaceId, actor, rockId, form.split, owner.value);
  return answer(deps, 'Split', actor, split);
});
