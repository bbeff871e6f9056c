import type { ModalView } from '@slack/types';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { CadenceDeps } from '../../cadences/deps.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit } from '../../people/operations.ts';
import { refusalFor } from '../operations.ts';
import { everybody, liveActions, liveForms } from './actions.ts';
import { liveModal, stepContent } from './blocks.ts';
import { isLive } from './core/live.ts';
import { ritualModal } from './form-blocks.ts';
import { goLive, pauseTeam, type Went } from './going-operations.ts';
import { readGoing, readWho } from './input.ts';
import { everybodyModal, goModal, pauseModal, whomModal } from './preview-blocks.ts';
import { previewOne, previewTeams } from './preview-operations.ts';
import { readLive, readTemplates } from './reading-operations.ts';
import { rehearseToMe } from './rehearsing-operations.ts';
import { registerRitualForms } from './saving-slack.ts';
import { ritualStep } from './steps.ts';

const title = 'The first ritual';

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
      return stepContent(await ritualStep(deps.db, call.workspaceId));
    },
  });
  slack.press(liveActions.open, async (press) => {
    const refusal = await press.openModal(async () => {
      const actor = await admit(deps, press);
      if (!actor.ok) return { reply: plain(actor.words) };
      const page = await readLive(deps.db, press.workspaceId, actor.value);
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
      const page = await readLive(deps.db, workspaceId, actor);
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
  slack.press(
    liveActions.go,
    redrawing(deps, async (press, actor) => await confirmGo(deps, press, actor)),
  );
  slack.press(
    liveActions.pause,
    redrawing(deps, async ({ value, workspaceId }, actor) => {
      const page = await readLive(deps.db, workspaceId, actor);
      if (!page.ok) return notice(title, plain(page.words));
      const team = page.value.teams.find(({ id }) => id === idInput.parse(value));
      return team === undefined ? liveModal(page.value) : pauseModal(team, page.value.isQuiet);
    }),
  );
  slack.submission(liveForms.go, async (submission) => await go(deps, submission));
  slack.submission(liveForms.pause, async (submission) => await pause(deps, submission));
  registerRitualForms(slack, deps);
}

/** A press in the page, which another page takes the place of. */
function redrawing(deps: CadenceDeps, build: (press: Press, actor: Actor) => Promise<ModalView>) {
  return async (press: Press): Promise<void> => {
    const actor = await admit(deps, press);
    await press.redraw(actor.ok ? await build(press, actor.value) : notice(title, plain(actor.words)));
  };
}

/** The page as it is now. */
export async function pageOf(
  { db }: Pick<CadenceDeps, 'db'>,
  { workspaceId }: { workspaceId: string },
  actor: Actor,
  note: string | null = null,
): Promise<ModalView> {
  const page = await readLive(db, workspaceId, actor);
  return page.ok ? liveModal(page.value, note) : notice(title, plain(page.words));
}

async function confirmGo(deps: CadenceDeps, press: Press, actor: Actor): Promise<ModalView> {
  const page = await readLive(deps.db, press.workspaceId, actor);
  if (!page.ok) return notice(title, plain(page.words));
  const who = readWho(press.value);
  const { teams, now } = page.value;
  if (who === everybody) {
    return everybodyModal(teams.filter((team) => !isLive(team)).map(({ name }) => name));
  }
  const preview = await previewOne(deps, press.workspaceId, actor, who);
  if (!preview.ok) return liveModal(page.value, preview.words);
  if (isLive(preview.value.team)) return liveModal(page.value);
  return goModal(preview.value, { now, as: teams.some(isLive) ? 'next' : 'pilot' });
}

async function go(deps: CadenceDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  const going = readGoing(submission.metadata);
  const went = await goLive(deps, submission.workspaceId, actor.value, going);
  if (went.ok) deps.wake();
  const note = went.ok ? wentWords(went.value, going === everybody) : went.words;
  return { view: await pageOf(deps, submission, actor.value, note) };
}

function wentWords({ teams, isAlready, stuck }: Went, isEverybody: boolean): string {
  if (isAlready) return 'It is live already.';
  const who = isEverybody ? 'The whole company' : inline(teams[0] ?? '');
  const rest = stuck.length === 0 ? '' : `\nThese wait for something: ${stuck.slice(0, 5).join(' ')}`;
  return `*${who} is live.*${rest}`;
}

async function pause(deps: CadenceDeps, submission: Submission): Promise<SubmissionAnswer> {
  const actor = await admit(deps, submission);
  if (!actor.ok) return { view: notice(title, plain(actor.words)) };
  const id = idInput.parse(submission.metadata);
  const paused = await pauseTeam(deps, submission.workspaceId, actor.value, id);
  const note = paused.ok ? `*${inline(paused.value.name)} is paused.*` : paused.words;
  return { view: await pageOf(deps, submission, actor.value, note) };
}
