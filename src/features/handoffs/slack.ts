import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type {
  CommandCall,
  ModalOrReply,
  Press,
  Registry,
  Submission,
  SubmissionAnswer,
} from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { idInput } from '../../platform/slack/ids.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { findCard, findRock } from '../ownership/lookup-operations.ts';
import type { Actor, Person } from '../people/core/person.ts';
import { admit, findPersonById, meet, type PeopleDeps, whoIsMeant } from '../people/operations.ts';
import {
  briefModal,
  briefModalId,
  declineModal,
  declineModalId,
  offerModal,
  offerModalId,
  waitingBlocks,
  withdrawInListAction,
} from './blocks.ts';
import type { Handoff } from './core/handoff.ts';
import { type OfferInput, readHandoffId, readLaterVerb, readOffer, readOfferModal } from './input.ts';
import { checkOffer, checkReceiver, offerHandoff } from './offer-operations.ts';
import {
  acceptHandoff,
  checkDecline,
  declineHandoff,
  listWaiting,
  readBrief,
  withdrawHandoff,
} from './operations.ts';

export type HandoffDeps = PeopleDeps & Waking;

/** Tells Slack's side of `/handoff`, its buttons and its modals. */
export function registerHandoffs(slack: Registry, deps: HandoffDeps): void {
  slack.command({
    noun: 'handoff',
    usage: [
      { typed: '/handoff payments @ben', does: 'offer a rock of yours, with a brief' },
      { typed: '/handoff', does: 'the handoffs that wait for you or for others' },
    ],
    run: async (call) =>
      call.words.length === 0 ? await showWaiting(deps, call) : await startOffer(deps, call),
  });
  slack.press('handoff:start', async (press) => await startFromCard(deps, press));
  slack.press('handoff:read', async (press) => await openBrief(deps, press));
  slack.press('handoff:decline', async (press) => await askForReason(deps, press));
  slack.press('handoff:withdraw', async (press) => await withdraw(deps, press));
  slack.submission(offerModalId, async (submission) => await offer(deps, submission));
  slack.submission(
    briefModalId,
    async (submission) =>
      await decide(deps, submission, (actor, id) =>
        acceptHandoff(deps.db, submission.workspaceId, actor, id),
      ),
  );
  slack.submission(declineModalId, async (submission) => {
    const reason = submission.values['reason']?.trim() || null;
    return await decide(deps, submission, (actor, id) =>
      declineHandoff(deps.db, submission.workspaceId, actor, id, reason),
    );
  });
}

async function showWaiting(deps: HandoffDeps, call: CommandCall): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  return await waitingOf(deps, call.workspaceId, actor.value);
}

async function waitingOf(deps: HandoffDeps, workspaceId: string, actor: Actor): Promise<Content> {
  return waitingBlocks(await listWaiting(deps.db, workspaceId, actor), actor.id);
}

async function startOffer(deps: HandoffDeps, call: CommandCall): Promise<Content | undefined> {
  const { workspaceId } = call;
  const verb = readLaterVerb(call.words);
  if (verb !== null) {
    return plain(
      `\`/handoff ${verb}\` is not there yet. What works: \`/handoff payments @ben\` offers a rock of yours.`,
    );
  }
  const wanted = readOffer(call.words);
  if (wanted === null) return plain('Which rock? For example `/handoff payments @ben`.');
  return await call.openModal(async () => {
    const actor = await admit(deps, call);
    if (!actor.ok) return { reply: plain(actor.words) };
    const rock = await findRock(deps.db, workspaceId, wanted.rock, actor.value.id);
    if (!rock.ok) return { reply: plain(rock.words) };
    const to = wanted.to === null ? null : await whoIsMeant(deps, workspaceId, wanted.to);
    if (to !== null && !to.ok) return { reply: plain(to.words) };
    const checked = await checkOffer(deps.db, workspaceId, actor.value, rock.value, to?.value ?? null);
    return checked.ok
      ? { modal: offerModal(rock.value, to?.value ?? null) }
      : { reply: plain(checked.words) };
  });
}

async function startFromCard(deps: HandoffDeps, press: Press): Promise<void> {
  await answerWithModal(deps, press, async (actor, rockId) => {
    const rock = await findCard(deps.db, press.workspaceId, rockId, actor.id);
    if (rock === undefined) return { reply: plain('That rock is not in the register any more.') };
    const checked = await checkOffer(deps.db, press.workspaceId, actor, rock, null);
    return checked.ok ? { modal: offerModal(rock, null) } : { reply: plain(checked.words) };
  });
}

async function openBrief(deps: HandoffDeps, press: Press): Promise<void> {
  await answerWithModal(deps, press, async (actor, handoffId) => {
    const brief = await readBrief(deps.db, press.workspaceId, actor, handoffId);
    if (!brief.ok) return { reply: plain(brief.words) };
    return { modal: briefModal(brief.value.handoff, brief.value.mayAccept) };
  });
}

async function askForReason(deps: HandoffDeps, press: Press): Promise<void> {
  await answerWithModal(deps, press, async (actor, handoffId) => {
    const handoff = await checkDecline(deps.db, press.workspaceId, actor, handoffId);
    return handoff.ok ? { modal: declineModal(handoff.value) } : { reply: plain(handoff.words) };
  });
}

async function withdraw(deps: HandoffDeps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const ended = await withdrawHandoff(deps.db, press.workspaceId, actor.value, idInput.parse(press.value));
  if (ended.ok) deps.wake();
  // Pressed twice, it is as they want it: the message says so by then.
  else if (ended.code !== 'already-withdrawn') await press.reply(plain(ended.words));
  if (press.actionId === withdrawInListAction) {
    await press.reply(await waitingOf(deps, press.workspaceId, actor.value), { replace: true });
  }
}

async function offer(deps: HandoffDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Hand over', plain(actor.words)) };
  const input = readOfferModal(submission);
  if ('errors' in input) return input;
  const to = await receiver(deps, submission.workspaceId, input);
  if (input.toId === null) {
    // Words beside a field are plain text: people have their names there.
    const problem = to.ok ? checkReceiver(to.value, actor.value, to.value.name) : to;
    if (problem !== null) return { errors: { to: problem.words } };
  }
  if (!to.ok) return { push: notice('Hand over', plain(to.words)) };
  const offered = await offerHandoff(deps.db, submission.workspaceId, actor.value, {
    ...input,
    to: to.value,
  });
  if (!offered.ok) return { push: notice('Hand over', plain(offered.words)) };
  deps.wake();
  return 'close';
}

async function receiver(deps: HandoffDeps, workspaceId: string, input: OfferInput): Promise<Result<Person>> {
  if (input.toId !== null) return await findPersonById(deps.db, workspaceId, input.toId);
  const picked = input.toSlackId === null ? undefined : await meet(deps, workspaceId, input.toSlackId);
  return picked === undefined
    ? refused('unknown-person', 'I cannot find that person in this workspace.')
    : accepted(picked);
}

async function decide(
  deps: HandoffDeps,
  submission: Submission,
  step: (actor: Actor, handoffId: number) => Promise<Result<Handoff>>,
): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice('Handoff', plain(actor.words)) };
  const decided = await step(actor.value, readHandoffId(submission));
  if (!decided.ok) return { push: notice('Handoff', plain(decided.words)) };
  deps.wake();
  return 'close';
}

/** Checks the presser of this moment and opens what follows, or says why not. */
async function answerWithModal(
  deps: HandoffDeps,
  press: Press,
  build: (actor: Actor, id: number) => Promise<ModalOrReply>,
): Promise<void> {
  const said = await press.openModal(async () => {
    const actor = await admit(deps, press);
    return actor.ok ? await build(actor.value, idInput.parse(press.value)) : { reply: plain(actor.words) };
  });
  if (said !== undefined) await press.reply(said);
}
