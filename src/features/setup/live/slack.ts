import { companyNow } from '../../../platform/db/company-time.ts';
import type { Registry } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { notice } from '../../../platform/slack/modals.ts';
import type { CadenceDeps } from '../../cadences/deps.ts';
import { admit } from '../../people/operations.ts';
import { refusalFor } from '../operations.ts';
import { liveActions } from './actions.ts';
import { liveModal, stepContent } from './blocks.ts';
import { ritualModal } from './form-blocks.ts';
import { registerGoing } from './going-slack.ts';
import { whomModal } from './preview-blocks.ts';
import { previewTeams } from './preview-operations.ts';
import { readLive, readTemplates } from './reading-operations.ts';
import { rehearseToMe } from './rehearsing-operations.ts';
import { registerRitualForms } from './saving-slack.ts';
import { pageOf, redrawing, title } from './showing.ts';
import { ritualStep } from './steps.ts';

/** The last step of the set-up: a ritual, its rehearsal, and team by team `Go live`. */
export function registerLive(slack: Registry, deps: CadenceDeps): void {
  slack.command({
    noun: 'live',
    usage: [{ typed: '/cairn live', does: 'the first ritual, and which teams are live (for admins)' }],
    run: async (call) => {
      const actor = await admit(deps, call);
      if (!actor.ok) return plain(actor.words);
      const refusal = refusalFor(actor.value);
      if (refusal !== null) return plain(refusal.words);
      return stepContent(await ritualStep(deps, call.workspaceId));
    },
  });
  slack.press(liveActions.open, async (press) => {
    const refusal = await press.openModal(async () => {
      const actor = await admit(deps, press);
      if (!actor.ok) return { reply: plain(actor.words) };
      const page = await readLive(deps, press.workspaceId, actor.value);
      if (!page.ok) return { reply: plain(page.words) };
      return {
        modal:
          page.value.ritual === null
            ? ritualModal(page.value, await readTemplates(deps.db, press.workspaceId))
            : liveModal(page.value),
      };
    });
    if (refusal !== undefined) await press.reply(refusal);
  });
  slack.press(
    liveActions.change,
    redrawing(deps, async ({ workspaceId }, actor) => {
      const page = await readLive(deps, workspaceId, actor);
      return page.ok
        ? ritualModal(page.value, await readTemplates(deps.db, workspaceId))
        : notice(title, plain(page.words));
    }),
  );
  slack.press(
    liveActions.whom,
    redrawing(deps, async ({ workspaceId }, actor) => {
      const previews = await previewTeams(deps, workspaceId, actor);
      if (!previews.ok) return notice(title, plain(previews.words));
      return whomModal(previews.value, await companyNow(deps.db, workspaceId));
    }),
  );
  slack.press(
    liveActions.back,
    redrawing(deps, async (press, actor) => await pageOf(deps, press, actor)),
  );
  slack.press(
    liveActions.rehearse,
    redrawing(deps, async (press, actor) => {
      const sent = await rehearseToMe(deps, press.workspaceId, actor);
      if (!sent.ok) return await pageOf(deps, press, actor, sent.words);
      deps.wake();
      return await pageOf(
        deps,
        press,
        actor,
        'It comes to you alone, in your messages with Cairn: the whole next run.',
      );
    }),
  );
  registerGoing(slack, deps);
  registerRitualForms(slack, deps);
}
