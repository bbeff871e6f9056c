import { shortWordsOfCadence } from '../../cadence/cadence-rule.ts';
import { readCadence } from '../../cadence/operations.ts';
import { addCadence, checkEdit, editCadence, readChoices } from '../../cadence/setup-operations.ts';
import type {
  Caller,
  ModalOrReply,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Actor } from '../people/core/person.ts';
import { admit } from '../people/operations.ts';
import { ownPages } from '../playbook/operations.ts';
import type { CadenceDeps } from './deps.ts';
import { readSettings } from './input.ts';
import {
  type Choices,
  freshValues,
  savedModal,
  settingsModal,
  settingsModalId,
  valuesOf,
} from './modal-blocks.ts';
import { askSlack, countAsked, readerOf } from './showing.ts';

/** The modal in which cadences are set up and changed. */
export function registerSettings(slack: Registry, deps: CadenceDeps): void {
  slack.submission(settingsModalId, async (submission) => await save(deps, submission));
}

/** The modal for a new cadence, with the channel that somebody is in, and the ritual where one is meant. */
export async function newCadenceModal(
  deps: CadenceDeps,
  caller: Caller,
  channelId: string | undefined,
  ritual: string | null = null,
): Promise<ModalOrReply> {
  const { choices, zone, today } = await choicesOf(deps, caller);
  const first = choices.rituals.find(({ id }) => id === ritual) ?? choices.rituals[0];
  if (ritual !== null && first?.id !== ritual)
    return { reply: plain('That page is not in the playbook any more. `/playbook` shows what is.') };
  if (first === undefined) throw new Error('no ritual is held');
  const isChannel = channelId !== undefined && /^[CG]/.test(channelId);
  const values = freshValues({ ritual: first.id, channelSlackId: isChannel ? channelId : null, zone, today });
  return { modal: settingsModal(values, choices, { cadenceId: null }) };
}

/** The modal that changes one, for whoever may. */
export async function editModal(
  deps: CadenceDeps,
  caller: Caller,
  actor: Actor,
  id: number,
): Promise<ModalOrReply> {
  const cadence = await checkEdit(deps.db, caller.workspaceId, actor, id);
  if (!cadence.ok) return { reply: plain(cadence.words) };
  const { choices } = await choicesOf(deps, caller);
  return { modal: settingsModal(valuesOf(cadence.value), choices, { cadenceId: id }) };
}

async function choicesOf(deps: CadenceDeps, { workspaceId }: Caller) {
  const { zone, today, ...picked } = await readChoices(deps.db, workspaceId);
  const own = await ownPages(deps.db, workspaceId);
  const rituals = [...deps.rituals.values(), ...own].map(({ key, name }) => ({ id: key, name }));
  const choices: Choices = { ...picked, rituals };
  return { choices, zone, today };
}

async function save(deps: CadenceDeps, submission: Submission): Promise<SubmissionAnswer> {
  const { db } = deps;
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Cadence', plain(actor.words)) };
  const form = readSettings(submission);
  const { cadenceId, twinId } = form;
  // The table may be stale, and a cadence in a channel that Cairn is not in would never be heard of.
  const channel = await askSlack(deps, submission, form.channelSlackId);
  if (channel === undefined) return { errors: { channel: noAnswer } };
  if (channel === null) return { errors: { channel: notThere } };
  // A cadence ends with its cycle, and what asks about rocks has none.
  const isOfCycle = deps.rituals.get(form.settings.ritual)?.asking === undefined;
  const cycle = isOfCycle ? form.settings.cycle : 'current';
  const settings = { ...form.settings, cycle, channelId: channel.id };
  const done =
    cadenceId === null
      ? await addCadence(db, workspaceId, actor.value, settings, { twinId })
      : await editCadence(db, workspaceId, actor.value, cadenceId, settings, { twinId });
  if (done.ok) {
    deps.wake();
    const card = await readCadence(db, workspaceId, done.value.id);
    if (!card.ok) return 'close';
    const asked = await countAsked(deps, card.value);
    const reader = { ...(await readerOf(deps, submission, actor.value)), asked };
    return { view: savedModal(card.value, reader, cadenceId === null) };
  }
  if ('problems' in done) return { errors: done.problems };
  if (!('twin' in done)) return { push: notice('Cadence', plain(done.words)) };
  const { choices } = await choicesOf(deps, submission);
  const values = { ...form.settings, channelSlackId: form.channelSlackId };
  const twin = { cadence: done.twin, words: shortWordsOfCadence(done.twin) };
  return { view: settingsModal(values, choices, { cadenceId, twin }) };
}

const notThere = 'I am not in that channel. Invite me there with /invite @Cairn, then send this again.';
const noAnswer =
  'Slack does not answer at the moment, so I cannot see whether I am in that channel. Please send this again.';
