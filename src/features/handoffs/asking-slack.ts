import { dayWords } from '../../platform/core/time-words.ts';
import type { CommandCall, ModalOrReply, Registry } from '../../platform/slack/calls.ts';
import { spoken } from '../../platform/slack/command-text.ts';
import { plain } from '../../platform/slack/commands.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { inline, personMention } from '../../platform/slack/mrkdwn.ts';
import type { RockCard } from '../ownership/core/rock.ts';
import { findCard, findRock } from '../ownership/lookup-operations.ts';
import { admitting, commandWithModal, pressWithModal } from '../people/admitting.ts';
import type { Actor } from '../people/core/person.ts';
import { askForRock, checkAsk } from './ask-operations.ts';
import { askBack, checkBack, type Former } from './back-operations.ts';
import { readRockId, textOf } from './input.ts';
import { type HandoffDeps, submitStep } from './presses.ts';
import { askModal, askModalId, backModal, backModalId } from './writing-blocks.ts';

/** Tells Slack's side of asking an owner for a rock, and the present one to give it back. */
export function registerAsking(slack: Registry, deps: HandoffDeps): void {
  slack.press('handoff:ask-for', async (press) => {
    await pressWithModal(deps, press, async (actor, rockId) => {
      const rock = await findCard(deps.db, press.workspaceId, rockId, actor.id);
      if (rock === undefined) return { reply: plain('That rock is not in the register any more.') };
      return await askingModal(deps, press.workspaceId, actor, rock);
    });
  });
  slack.submission(
    askModalId,
    admitting(deps, 'Handoff', async (submission) => {
      const words = textOf(submission, 'words');
      return await submitStep(deps, submission, 'Ask for it', (actor) =>
        askForRock(deps.db, submission.workspaceId, actor, readRockId(submission), words),
      );
    }),
  );
  slack.submission(
    backModalId,
    admitting(deps, 'Handoff', async (submission) => {
      const reason = textOf(submission, 'reason');
      return await submitStep(
        deps,
        submission,
        'Take back',
        (actor) => askBack(deps.db, submission.workspaceId, actor, readRockId(submission), reason),
        (code) => (code === 'no-reason' ? 'reason' : null),
      );
    }),
  );
}

/** `/handoff ask payments`. */
export async function startAsking(deps: HandoffDeps, call: CommandCall): Promise<Content | undefined> {
  const name = spoken(call.words.slice(1));
  if (name === '') return plain('Which rock? For example `/handoff ask payments`.');
  return await commandWithModal(deps, call, async (actor) => {
    const rock = await findRock(deps.db, call.workspaceId, name, actor.id);
    if (!rock.ok) return { reply: plain(rock.words) };
    return await askingModal(deps, call.workspaceId, actor, rock.value);
  });
}

async function askingModal(
  deps: HandoffDeps,
  workspaceId: string,
  actor: Actor,
  rock: RockCard,
): Promise<ModalOrReply> {
  const owner = await checkAsk(deps.db, workspaceId, actor, rock);
  return owner.ok ? { modal: askModal(rock, owner.value) } : { reply: plain(owner.words) };
}

/** `/handoff back payments`. */
export async function startBack(deps: HandoffDeps, call: CommandCall): Promise<Content | undefined> {
  const name = spoken(call.words.slice(1));
  if (name === '') return plain('Which rock? For example `/handoff back payments`.');
  return await commandWithModal(deps, call, async (actor) => {
    const rock = await findRock(deps.db, call.workspaceId, name, actor.id);
    if (!rock.ok) return { reply: plain(rock.words) };
    const former = await checkBack(deps.db, call.workspaceId, actor, rock.value);
    if (!former.ok) return { reply: plain(former.words) };
    const { owner, needsReason } = former.value;
    return {
      modal: backModal(rock.value, owner, {
        words: undoneWords(former.value, rock.value, actor),
        needsReason,
      }),
    };
  });
}

/** What a wish to have it back would undo, as the former owner reads it. */
function undoneWords({ undoes, needsReason }: Former, rock: RockCard, actor: Actor): string {
  const name = `*${inline(rock.name)}*`;
  if (undoes === null) return `You have carried ${name} before.`;
  const on = undoes.acceptedAt === null ? '' : ` on ${dayWords(undoes.acceptedAt, actor.timezone)}`;
  const recently = needsReason ? ' That is less than 30 days ago, so please say why.' : '';
  return `This would undo your handoff of ${name} to ${personMention(undoes.to)}${on}.${recently}`;
}
