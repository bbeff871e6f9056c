import type { Press, Registry, Submission, SubmissionAnswer } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import { notice } from '../../platform/slack/modals.ts';
import type { Waking } from '../../platform/waking.ts';
import { pressOpening } from '../people/admitting.ts';
import { admit, type PeopleDeps } from '../people/operations.ts';
import type { FeedbackDeps } from './asking-operations.ts';
import { opinionAction, opinionModal, opinionModalId } from './blocks.ts';
import { readOpinion, readPressed } from './input.ts';
import { giveOpinion, readRound } from './operations.ts';

type Deps = FeedbackDeps & PeopleDeps & Waking;

/** Tells Slack's side of the question what people think of a ritual. */
export function registerFeedback(slack: Registry, deps: Deps): void {
  slack.press(opinionAction, async (press) => await take(deps, press));
  slack.submission(opinionModalId, async (submission) => await say(deps, submission));
}

/** One press is enough for what shall stay as it is; anything else wants words. */
async function take(deps: Deps, press: Press): Promise<void> {
  const actor = await admit(deps, press);
  if (!actor.ok) return await press.reply(plain(actor.words));
  const { roundId, verdict } = readPressed(press.value);
  if (verdict !== 'keep') return await askForWords(deps, press);
  const given = await giveOpinion(deps, press.workspaceId, actor.value, roundId, { verdict, words: null });
  if (given.ok) deps.wake();
  else await press.reply(plain(given.words));
}

async function askForWords(deps: Deps, press: Press): Promise<void> {
  await pressOpening(deps, press, async (actor) => {
    const { roundId, verdict } = readPressed(press.value);
    const round = await readRound(deps, press.workspaceId, actor, roundId);
    return round.ok ? { modal: opinionModal(round.value, verdict) } : { reply: plain(round.words) };
  });
}

async function say(deps: Deps, submission: Submission): Promise<SubmissionAnswer> {
  const title = 'Rituals';
  const actor = await admit(deps, submission);
  if (!actor.ok) return { push: notice(title, plain(actor.words)) };
  const { roundId, ...said } = readOpinion(submission);
  const given = await giveOpinion(deps, submission.workspaceId, actor.value, roundId, said);
  if (!given.ok) {
    return given.code === 'no-words'
      ? { errors: { words: given.words } }
      : { push: notice(title, plain(given.words)) };
  }
  deps.wake();
  return 'close';
}
