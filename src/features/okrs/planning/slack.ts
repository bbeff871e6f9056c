import { z } from 'zod';
import type { Registry } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { pressWithModal } from '../../people/admitting.ts';
import { type EditingDeps, handled } from '../editing/forms.ts';
import { openAdd } from '../editing/opening.ts';
import { planningActions, startModal, startModalId } from './blocks.ts';
import { askToStart, startPlanned } from './operations.ts';

const ofCycle = z.object({ cycle: z.int().positive() });

/** Tells Slack's side of planning: the buttons of its message. */
export function registerPlanning(slack: Registry, deps: EditingDeps): void {
  slack.press(planningActions.add, async (press) => {
    const call = { ...press, channelId: press.channelId ?? '', words: [] };
    const said = await openAdd(deps, call, 'objective');
    if (said !== undefined) await press.reply(said);
  });
  slack.press(planningActions.start, async (press) => {
    await pressWithModal(deps, press, async (actor, id) => {
      const asked = await askToStart(deps.db, press.workspaceId, actor, id);
      return asked.ok
        ? { modal: startModal(asked.value.cycle, asked.value.gaps) }
        : { reply: plain(asked.words) };
    });
  });
  slack.submission(startModalId, async (submission) => await sendStart(deps, submission));
}

const sendStart = handled('Start a cycle', async (deps, submission, actor) => {
  const { cycle } = ofCycle.parse(JSON.parse(submission.metadata));
  const started = await startPlanned(deps, submission.workspaceId, actor, cycle);
  if (!started.ok) return { view: notice('Start a cycle', plain(started.words)) };
  return { view: notice('Started', plain(`*${inline(started.value.key)}* has started. Good luck with it.`)) };
});
