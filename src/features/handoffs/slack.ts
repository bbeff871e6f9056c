import type { CommandCall, Registry } from '../../platform/slack/calls.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { admit } from '../people/operations.ts';
import { registerAnswering } from './answering-slack.ts';
import { registerAsking, startAsking, startBack } from './asking-slack.ts';
import { registerAgain } from './batches/again-slack.ts';
import { registerReorganisations, startReorganisation } from './batches/reorganisation-slack.ts';
import { registerBatches, startBulk } from './batches/slack.ts';
import { registerFollowUps } from './follow-up-slack.ts';
import { readVerb, type Verb } from './input.ts';
import { handoffsBlocks } from './list-blocks.ts';
import { readHandoffs } from './list-operations.ts';
import { registerOffering, startAssigning, startLoan, startOffer } from './offering-slack.ts';
import type { HandoffDeps } from './presses.ts';

export type { HandoffDeps };

type Run = (deps: HandoffDeps, call: CommandCall) => Promise<Content | undefined>;

/** What each verb does; the words of the call begin with it. */
const runs: Record<Verb, Run> = {
  lend: startLoan,
  ask: startAsking,
  back: startBack,
  assign: startAssigning,
  bulk: startBulk,
  reorg: startReorganisation,
};

/** Tells Slack's side of `/handoff`, its buttons and its modals. */
export function registerHandoffs(slack: Registry, deps: HandoffDeps): void {
  slack.command({
    noun: 'handoff',
    usage: [
      { typed: '/handoff payments @ben', does: 'offer a rock of yours, with a brief' },
      { typed: '/handoff lend payments @ben until 15 Jan', does: 'lend it: it comes back by itself' },
      { typed: '/handoff ask payments', does: 'ask its owner for it' },
      { typed: '/handoff back payments', does: 'ask for a rock back that you had before' },
      { typed: '/handoff assign payments @ben', does: 'for leads and admins: ask somebody to carry it' },
      { typed: '/handoff "launch deck" @ben by Fri', does: 'hand over one piece of work' },
      { typed: '/handoff bulk @ana', does: 'hand over several rocks of hers, or of your own, at once' },
      {
        typed: '/handoff reorg',
        does: 'for admins: prepare many moves in private, and release them together',
      },
      { typed: '/handoff', does: 'what waits for you or for others, and what is on loan' },
    ],
    run: async (call) => {
      if (call.words.length === 0) return await showHandoffs(deps, call);
      const verb = readVerb(call.words);
      return await (verb === null ? startOffer(deps, call) : runs[verb](deps, call));
    },
  });
  registerOffering(slack, deps);
  registerAnswering(slack, deps);
  registerAsking(slack, deps);
  registerBatches(slack, deps);
  registerReorganisations(slack, deps);
  registerAgain(slack, deps);
  registerFollowUps(slack, deps);
}

async function showHandoffs(deps: HandoffDeps, call: CommandCall): Promise<Content> {
  const actor = await admit(deps, call);
  if (!actor.ok) return plain(actor.words);
  return handoffsBlocks(await readHandoffs(deps.db, call.workspaceId, actor.value), actor.value.id);
}
