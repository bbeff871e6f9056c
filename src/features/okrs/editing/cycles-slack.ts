import { z } from 'zod';
import type {
  Caller,
  CommandCall,
  ModalOrReply,
  Press,
  Registry,
  Submission,
} from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { commandWithModal, pressOpening } from '../../people/admitting.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit } from '../../people/operations.ts';
import type { Cycle } from '../core/cycle.ts';
import { readCycleKey } from './core/cycle-entry.ts';
import { addCycleModal, cycleActions, cycleSaved, cyclesBlocks, editCycleModal } from './cycle-blocks.ts';
import { addCycle, cyclesRefusal, editCycle, startCycle } from './cycle-operations.ts';
import { listCycles } from './cycle-store.ts';
import { type EditingDeps, handled } from './forms.ts';
import { okrModals } from './frame-blocks.ts';
import { idOf, taken } from './input.ts';

/** The buttons and forms of `/okr cycle`. */
export function registerCycles(slack: Registry, deps: EditingDeps): void {
  slack.press(cycleActions.add, async (press) => {
    await pressOpening(deps, press, async (actor) => await openForm(deps, press, actor, null));
  });
  slack.press(cycleActions.edit, async (press) => {
    const id = idInput.parse(press.value);
    await pressOpening(deps, press, async (actor) => await openForm(deps, press, actor, id));
  });
  slack.press(cycleActions.start, async (press) => await start(deps, press));
  slack.submission(okrModals.addCycle, async (submission) => await sendAdd(deps, submission));
  slack.submission(okrModals.editCycle, async (submission) => await sendEdit(deps, submission));
}

/** `/okr cycle` lists the cycles; `/okr cycle add` opens the form at once. */
export async function showCycles(
  deps: EditingDeps,
  call: CommandCall,
  text: string,
): Promise<Content | undefined> {
  if (text.toLowerCase() === 'add')
    return await commandWithModal(deps, call, async (actor) => await openForm(deps, call, actor, null));
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (text !== '') return plain('`/okr cycle` shows the cycles; `/okr cycle add` adds one.');
  return await listed(deps, call, actor.value);
}

async function listed({ db }: EditingDeps, { workspaceId }: Caller, actor: Actor): Promise<Content> {
  return cyclesBlocks(await listCycles(db, workspaceId), cyclesRefusal(actor) === null);
}

async function openForm(
  { db }: EditingDeps,
  { workspaceId }: Caller,
  actor: Actor,
  cycleId: number | null,
): Promise<ModalOrReply> {
  const problem = cyclesRefusal(actor);
  if (problem !== null) return { reply: plain(problem.words) };
  const cycles = await listCycles(db, workspaceId);
  if (cycleId === null) return { modal: addCycleModal(nextSpan(cycles), cycles) };
  const cycle = cycles.find(({ id }) => id === cycleId);
  return cycle === undefined
    ? { reply: plain('That cycle is not there any more.') }
    : { modal: editCycleModal(cycle, cycles) };
}

/** The new one begins where the latest short one ends, for three months. */
function nextSpan(cycles: readonly Cycle[]) {
  const [latest] = cycles.toSorted((a, b) => (a.endsOn.toString() < b.endsOn.toString() ? 1 : -1));
  if (latest === undefined) return { starts: null, ends: null, parentId: null };
  const starts = latest.endsOn.add({ days: 1 });
  const ends = starts.add({ months: 3 }).subtract({ days: 1 });
  return { starts: starts.toString(), ends: ends.toString(), parentId: null };
}

async function start(deps: EditingDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const started = await startCycle(deps, press.workspaceId, actor.value, idInput.parse(press.value));
  if (!started.ok) return await press.reply(plain(started.words));
  deps.wake();
  await press.reply(await listed(deps, press, actor.value), { replace: true });
}

const isoDate = z.iso.date();

/** The days and the year of a form, or words for each field that is wrong. */
function readSpan({ values }: Submission): {
  errors: Record<string, string>;
  starts: string;
  ends: string;
  parentId: number | null;
} {
  const starts = isoDate.safeParse(values['starts']).data;
  const ends = isoDate.safeParse(values['ends']).data;
  const errors = {
    ...(starts === undefined ? { starts: 'Pick its first day.' } : {}),
    ...(ends === undefined ? { ends: 'Pick its last day.' } : {}),
  };
  return { errors, starts: starts ?? '', ends: ends ?? '', parentId: idOf(values['parent']) };
}

const sendAdd = handled('Add a cycle', async (deps, submission, actor) => {
  const { errors, ...span } = readSpan(submission);
  const key = taken(errors, 'key', readCycleKey(submission.values['key']), '');
  if (Object.keys(errors).length > 0) return { errors };
  const added = await addCycle(deps.db, submission.workspaceId, actor, { key, ...span });
  return answer('Added', added);
});

const ofCycle = z.object({ cycle: z.int().positive() });

const sendEdit = handled('Change a cycle', async (deps, submission, actor) => {
  const { errors, ...span } = readSpan(submission);
  if (Object.keys(errors).length > 0) return { errors };
  const { cycle } = ofCycle.parse(JSON.parse(submission.metadata));
  return answer('Saved', await editCycle(deps.db, submission.workspaceId, actor, cycle, span));
});

function answer(title: string, result: Awaited<ReturnType<typeof addCycle>>) {
  if (result.ok) return { view: notice(title, cycleSaved(result.value)) };
  if (result.field !== undefined) return { errors: { [result.field]: result.words } };
  return { view: notice('Cycles', plain(result.words)) };
}
