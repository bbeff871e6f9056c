import { pauseCadence, resumeCadence, runCadence, skipNext } from '../../cadence/change-operations.ts';
import { findCadence, findOnlyCadence } from '../../cadence/operations.ts';
import { nearest } from '../../platform/core/edit-distance.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { momentWords } from '../../platform/core/time-words.ts';
import type { Caller, CommandCall, ModalOrReply, Press, Registry } from '../../platform/slack/calls.ts';
import { plain, unknownVerb } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Actor } from '../people/core/person.ts';
import { admit } from '../people/operations.ts';
import { keyInput } from '../playbook/input.ts';
import { pageActions } from '../playbook/page-blocks.ts';
import { press as buttons } from './blocks.ts';
import { openDaysOff, registerDaysOff } from './days-off-slack.ts';
import type { CadenceDeps } from './deps.ts';
import { type CadenceCommand, readCadenceButton, readCommand, readPage, type Verb, verbs } from './input.ts';
import { editModal, newCadenceModal, registerSettings } from './settings-slack.ts';
import { refreshChannelOf, showCard, showHistory, showList, showRehearsal } from './showing.ts';

/** Does something to a cadence and says in words what; `rest` is what a button carried besides its id. */
type Act = (
  deps: CadenceDeps,
  caller: Caller,
  actor: Actor,
  id: number,
  rest: string | null,
) => Promise<Result<string>>;

const acts: Partial<Record<Verb, Act>> = { run, pause, resume, skip };

/** Tells Slack's side of `/cadence`, its buttons and its modal. */
export function registerCadences(slack: Registry, deps: CadenceDeps): void {
  slack.command({
    noun: 'cadence',
    usage: [
      { typed: '/cadence', does: 'what comes next' },
      { typed: '/cadence add', does: 'put a ritual on the calendar' },
      { typed: '/cadence weekly-okr', does: 'one of them: its next times, and what you can do with it' },
      {
        typed: '/cadence pause weekly-okr',
        does: 'also `resume`, `skip` (the next one), `run` (now), `edit`, `history`',
      },
      {
        typed: '/cadence rehearse weekly-okr',
        does: 'what its next run would say and to whom, shown to you alone',
      },
      { typed: '/cadence holidays', does: 'public holidays and company days (for admins)' },
    ],
    run: async (call) => await answer(deps, call),
  });
  slack.press(buttons.list, async (press) => {
    await replace(deps, press, async (actor) => await showList(deps, press, actor));
  });
  slack.press(buttons.look, async (press) => {
    const { id } = readCadenceButton(press.value);
    await replace(deps, press, async (actor) => await showCard(deps, press, actor, id));
  });
  slack.press(buttons.history, async (press) => {
    const { id, rest } = readCadenceButton(press.value);
    await replace(deps, press, async (actor) => await showHistory(deps, press, actor, id, readPage(rest)));
  });
  slack.press(buttons.rehearse, async (press) => {
    const { id } = readCadenceButton(press.value);
    const actor = await admit(deps, press);
    await press.reply(actor.ok ? await showRehearsal(deps, press, actor.value, id) : plain(actor.words));
  });
  slack.press(buttons.add, async (press) => {
    await open(deps, press, async () => await newCadenceModal(deps, press, press.channelId));
  });
  // The playbook knows nothing of the calendar; its pages only have the button.
  slack.press(pageActions.calendar, async (press) => {
    await open(
      deps,
      press,
      async () => await newCadenceModal(deps, press, press.channelId, keyInput.parse(press.value)),
    );
  });
  slack.press(buttons.edit, async (press) => {
    const { id } = readCadenceButton(press.value);
    await open(deps, press, async (actor) => await editModal(deps, press, actor, id));
  });
  for (const verb of ['run', 'pause', 'resume', 'skip'] as const) {
    const act = acts[verb];
    if (act !== undefined) slack.press(buttons[verb], async (press) => await carryOut(deps, press, act));
  }
  registerSettings(slack, deps);
  registerDaysOff(slack, deps);
}

async function answer(deps: CadenceDeps, call: CommandCall): Promise<Content | undefined> {
  const command = readCommand(call.words);
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  if (command.verb === 'list') return await showList(deps, call, actor.value);
  if (command.verb === 'add') {
    return await call.openModal(async () => await newCadenceModal(deps, call, call.channelId));
  }
  if (command.verb === 'holidays') {
    return await call.openModal(async () => await openDaysOff(deps, call, actor.value));
  }
  const id = await meant(deps, call, command);
  if (!id.ok) return id.code === 'unknown-verb' ? unknownVerb('cadence', call, verbs) : plain(id.words);
  if (command.verb === 'show') return await showCard(deps, call, actor.value, id.value);
  if (command.verb === 'history') return await showHistory(deps, call, actor.value, id.value, null);
  if (command.verb === 'rehearse') return await showRehearsal(deps, call, actor.value, id.value);
  if (command.verb === 'edit') {
    return await call.openModal(async () => await editModal(deps, call, actor.value, id.value));
  }
  const act = acts[command.verb];
  if (act === undefined) return unknownVerb('cadence', call, verbs);
  const done = await act(deps, call, actor.value, id.value, null);
  if (done.ok) return await showCard(deps, call, actor.value, id.value, done.value);
  return plain(done.words);
}

/** Which cadence a command is about: the one that it names, or the only one there is. */
async function meant(
  { db }: CadenceDeps,
  { workspaceId }: Caller,
  { verb, key }: CadenceCommand,
): Promise<Result<number>> {
  if (key === null) {
    const only = await findOnlyCadence(db, workspaceId);
    if (only !== undefined) return accepted(only);
    return refused(
      'which',
      `Which one? For example \`/cadence ${verb} weekly-okr\`; \`/cadence list\` shows them all.`,
    );
  }
  const found = await findCadence(db, workspaceId, key);
  // What is no key was perhaps to be a verb.
  const isVerb = verb === 'show' && nearest(key.split(' ')[0] ?? '', verbs) !== undefined;
  return !found.ok && isVerb ? refused('unknown-verb', found.words) : found;
}

async function run(deps: CadenceDeps, caller: Caller, actor: Actor, id: number): Promise<Result<string>> {
  await refreshChannelOf(deps, caller, id);
  const done = await runCadence(deps.db, caller.workspaceId, actor, id, deps.rituals);
  if (!done.ok) return done;
  return accepted(done.value.held ? 'It has begun.' : `Nothing was held: ${inline(done.value.reason)}`);
}

async function pause({ db }: CadenceDeps, caller: Caller, actor: Actor, id: number): Promise<Result<string>> {
  const done = await pauseCadence(db, caller.workspaceId, actor, id);
  return done.ok ? accepted('Paused: nothing comes until somebody resumes it.') : done;
}

async function resume(deps: CadenceDeps, caller: Caller, actor: Actor, id: number): Promise<Result<string>> {
  await refreshChannelOf(deps, caller, id);
  const done = await resumeCadence(deps.db, caller.workspaceId, actor, id);
  return done.ok ? accepted('It goes on.') : done;
}

async function skip(
  { db }: CadenceDeps,
  caller: Caller,
  actor: Actor,
  id: number,
  expected: string | null,
): Promise<Result<string>> {
  const done = await skipNext(db, caller.workspaceId, actor, id, expected);
  if (!done.ok) return done;
  const { at, zone, now } = done.value;
  return accepted(`Skipped: ${momentWords(at, now, zone)}.`);
}

/** A press that shows something else in place of what was pressed. */
async function replace(
  deps: CadenceDeps,
  press: Press,
  show: (actor: Actor) => Promise<Content>,
): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  await press.reply(await show(actor.value), { replace: true });
}

/** A press that does something; the card then says so, and what it says is how things are. */
async function carryOut(deps: CadenceDeps, press: Press, act: Act): Promise<void> {
  const { id, rest } = readCadenceButton(press.value);
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const done = await act(deps, press, actor.value, id, rest);
  if (done.ok) deps.wake();
  // Pressed twice, it is as they want it: what is shown anew says so.
  else if (!done.code.startsWith('already')) return await press.reply(plain(done.words));
  const note = done.ok ? done.value : done.words;
  await press.reply(await showCard(deps, press, actor.value, id, note), { replace: true });
}

async function open(
  deps: CadenceDeps,
  press: Press,
  build: (actor: Actor) => Promise<ModalOrReply>,
): Promise<void> {
  const said = await press.openModal(async () => {
    const actor = await admit(deps, press);
    return actor.ok ? await build(actor.value) : { reply: plain(actor.words) };
  });
  if (said !== undefined) await press.reply(said);
}
