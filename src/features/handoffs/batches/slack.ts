import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { within } from '../../../platform/core/within.ts';
import type { CommandCall, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { Waking } from '../../../platform/waking.ts';
import { admitting, commandWithModal } from '../../people/admitting.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import { admit, meet, type PeopleDeps, whoIsMeant } from '../../people/operations.ts';
import { nothingMoves, offerBulk } from './bulk-operations.ts';
import { type Movable, spread } from './core/spread.ts';
import {
  type Begun,
  readBegun,
  readChoice,
  readMenus,
  readPicked,
  readSpreading,
  readWhy,
  type Spreading,
  writeChoice,
} from './input.ts';
import {
  closing,
  offerModal,
  offerModalId,
  pickAction,
  receiversModalId,
  rocksModal,
  rocksModalId,
  rocksOnPage,
  workingModal,
} from './modal-blocks.ts';
import { bulkModal } from './opening.ts';
import { type Plan, readPlan, readReceivers, readShifts, seenLoads } from './planning-operations.ts';
import { addMoves } from './reorganisation-operations.ts';

export type BatchDeps = PeopleDeps & Waking;

const title = 'Hand off several';

/** Tells Slack's side of bulk handoffs; `/handoff` itself hands the verb over to `startBulk`. */
export function registerBatches(slack: Registry, deps: BatchDeps): void {
  // Slack tells of each menu that is changed; what counts is what stands there when the modal is sent off.
  slack.press(pickAction, async () => undefined);
  slack.submission(
    receiversModalId,
    admitting(deps, 'Handoff', (submission) => chooseReceivers(deps, submission)),
  );
  slack.submission(
    rocksModalId,
    admitting(deps, 'Handoff', (submission) => chooseRocks(deps, submission)),
  );
  slack.submission(
    offerModalId,
    admitting(deps, 'Handoff', (submission) => offer(deps, submission)),
  );
}

/** `/handoff bulk @ana`; without a name one's own. */
export async function startBulk(deps: BatchDeps, call: CommandCall): Promise<Content | undefined> {
  const meant = call.words.find((word) => word.kind === 'person');
  return await commandWithModal(deps, call, async (actor) => {
    const person: Result<Person> =
      meant === undefined ? accepted(actor) : await whoIsMeant(deps, call.workspaceId, meant);
    if (!person.ok) return { reply: plain(person.words) };
    return await bulkModal(deps.db, call.workspaceId, actor, person.value.id);
  });
}

async function chooseReceivers(deps: BatchDeps, submission: Submission): Promise<SubmissionAnswer> {
  return await spreadOver(deps, submission, readBegun(submission));
}

/** From who takes over to who takes what. */
export async function spreadOver(
  deps: BatchDeps,
  submission: Submission,
  begun: Begun,
): Promise<SubmissionAnswer> {
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const plan = await readPlan(deps.db, workspaceId, actor.value, begun.source);
  if (!plan.ok) return { push: notice(title, plain(plan.words)) };
  const ids = await idsOf(deps, workspaceId, readPicked(submission));
  if (!ids.ok) return { errors: { receivers: ids.words } };
  const receivers = await readReceivers(deps.db, workspaceId, actor.value, plan.value, ids.value);
  if (!receivers.ok) return { errors: { receivers: receivers.words } };
  const choice = spread(plan.value.rocks, receivers.value);
  const chosen = writeChoice(choice, ids.value);
  const next = await pageModal(deps, workspaceId, actor.value, plan.value, {
    ...begun,
    to: ids.value,
    page: 1,
    chosen,
  });
  return next.ok ? { push: next.value } : { errors: { receivers: next.words } };
}

async function idsOf(
  deps: BatchDeps,
  workspaceId: string,
  slackIds: readonly string[],
): Promise<Result<number[]>> {
  const ids: number[] = [];
  for (const slackId of new Set(slackIds)) {
    const person = await meet(deps, workspaceId, slackId);
    if (person === undefined) return refused('unknown-person', 'One of them is not in this workspace.');
    ids.push(person.id);
  }
  return ids.length === 0 ? refused('nobody', 'Pick one person at least.') : accepted(ids);
}

/** The second step at one of its pages. */
async function pageModal(
  { db }: BatchDeps,
  workspaceId: string,
  actor: Actor,
  plan: Plan,
  spreading: Spreading,
) {
  const receivers = await readReceivers(db, workspaceId, actor, plan, spreading.to);
  if (!receivers.ok) return receivers;
  const seen = await seenLoads(db, workspaceId, actor, spreading.to);
  const free = freeOf(plan);
  return accepted(
    rocksModal({
      rocks: onPage(free, spreading.page),
      receivers: receivers.value.map((it) => ({ ...it, load: seen.has(it.id) ? it.load : null })),
      choice: readChoice(spreading.chosen, spreading.to),
      page: { number: spreading.page, count: pagesOf(free) },
      submit: spreading.batch === null ? 'Look it over' : 'Add them',
      readerId: actor.id,
      metadata: JSON.stringify(spreading),
    }),
  );
}

function freeOf({ rocks }: Plan): Movable[] {
  return rocks.filter(({ offeredTo }) => offeredTo === null);
}

function onPage(rocks: readonly Movable[], page: number): Movable[] {
  return rocks.slice((page - 1) * rocksOnPage, page * rocksOnPage);
}

function pagesOf(rocks: readonly Movable[]): number {
  return Math.max(1, Math.ceil(rocks.length / rocksOnPage));
}

async function chooseRocks(deps: BatchDeps, submission: Submission): Promise<SubmissionAnswer> {
  const spreading = readSpreading(submission);
  const { workspaceId } = submission;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const plan = await readPlan(deps.db, workspaceId, actor.value, spreading.source);
  if (!plan.ok) return { push: notice(title, plain(plan.words)) };
  const free = freeOf(plan.value);
  const choice = readChoice(spreading.chosen, spreading.to);
  const ids = free.map(({ id }) => id);
  for (const [rockId, personId] of readMenus(submission, ids, spreading.to)) {
    if (personId === null) choice.delete(rockId);
    else choice.set(rockId, personId);
  }
  const next = { ...spreading, chosen: writeChoice(choice, spreading.to) };
  if (spreading.page < pagesOf(free)) {
    const page = await pageModal(deps, workspaceId, actor.value, plan.value, {
      ...next,
      page: spreading.page + 1,
    });
    return page.ok ? { view: page.value } : { push: notice(title, plain(page.words)) };
  }
  if (next.batch === null) return await lookOver(deps, workspaceId, actor.value, plan.value, next);
  const added = await addMoves(deps.db, workspaceId, actor.value, next.batch, next.source, choice);
  if (!added.ok) return { push: notice(title, plain(added.words)) };
  deps.wake();
  return 'close-all';
}

/** The third step: everything once more. */
async function lookOver(
  { db }: BatchDeps,
  workspaceId: string,
  actor: Actor,
  plan: Plan,
  spreading: Spreading,
): Promise<SubmissionAnswer> {
  const free = freeOf(plan);
  const choice = readChoice(spreading.chosen, spreading.to);
  const moving = free.filter(({ id }) => choice.has(id));
  if (moving.length === 0) return { push: notice(title, plain(nothingMoves.words)) };
  const receivers = await readReceivers(db, workspaceId, actor, plan, [...new Set(choice.values())]);
  if (!receivers.ok) return { push: notice(title, plain(receivers.words)) };
  const moves = moving.flatMap(({ id, weight, owner }) => {
    const toId = choice.get(id);
    return toId === undefined ? [] : [{ weight, fromId: owner?.id ?? null, toId }];
  });
  const shifts = await readShifts(db, workspaceId, actor, moves);
  const own = shifts.find(({ personId }) => personId === plan.person?.id);
  return {
    push: offerModal({
      portions: receivers.value.map((to) => ({
        to,
        rocks: moving.filter(({ id }) => choice.get(id) === to.id),
        shift: shifts.find(({ personId }) => personId === to.id) ?? null,
      })),
      staying: free.filter(({ id }) => !choice.has(id)),
      from: plan.person === null || own === undefined ? null : { person: plan.person, shift: own },
      metadata: JSON.stringify(spreading),
    }),
  };
}

async function offer(deps: BatchDeps, submission: Submission): Promise<SubmissionAnswer> {
  const spreading = readSpreading(submission);
  const words = readWhy(submission);
  if ('errors' in words) return words;
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  if (!('personId' in spreading.source)) throw new Error('a bulk handoff is of one person');
  const bulk = {
    personId: spreading.source.personId,
    choice: readChoice(spreading.chosen, spreading.to),
    ...words,
  };
  const { workspaceId } = submission;
  return await offerInTime(deps, bulk.choice.size, offerBulk(deps.db, workspaceId, actor.value, bulk));
}

/** A modal's answer must be there within three seconds. Nine rocks take a few tenths of one, a hundred take several. */
const patienceMs = 1_500;

/**
 * What becomes of the modal by which many rocks are offered: closed with all below it, or, when it takes longer than
 * Slack waits, replaced by one that says so and then by the outcome.
 */
export async function offerInTime(
  deps: BatchDeps,
  count: number,
  offering: Promise<Result<unknown>>,
): Promise<SubmissionAnswer> {
  const inTime = await within(patienceMs, offering);
  if (inTime === undefined) {
    // Whatever it fails with is said by whoever awaits it, and that may be a moment later.
    offering.catch(() => undefined);
    const later = async () => {
      const offered = await offering;
      if (!offered.ok) return closing(offered.words);
      deps.wake();
      return closing(`${count} rocks were offered. You find in our messages how all stand.`);
    };
    return { view: workingModal(count), later };
  }
  const offered = inTime.value;
  // The last of the modals that Slack lets lie on each other: another one has no place above it.
  if (!offered.ok) return { view: closing(offered.words) };
  deps.wake();
  return 'close-all';
}
