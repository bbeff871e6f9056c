import type { ModalView } from '@slack/types';
import type { Press, Registry, Submission, SubmissionAnswer } from '../../../platform/slack/calls.ts';
import { plain } from '../../../platform/slack/commands.ts';
import { idInput } from '../../../platform/slack/ids.ts';
import { notice } from '../../../platform/slack/modals.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { CadenceDeps } from '../../cadences/deps.ts';
import type { Actor } from '../../people/core/person.ts';
import { admit } from '../../people/operations.ts';
import { everybody, liveActions, liveForms } from './actions.ts';
import { liveModal } from './blocks.ts';
import { isLive } from './core/live.ts';
import { goLive, type Went } from './going-operations.ts';
import { readGoing, readWho } from './input.ts';
import { pauseTeam } from './pausing-operations.ts';
import { everybodyModal, goModal, pauseModal } from './preview-blocks.ts';
import { previewOne } from './preview-operations.ts';
import { readLive } from './reading-operations.ts';
import { pageOf, redrawing, title } from './showing.ts';

/** `Go live` and `Pause`, each with the page that asks before. */
export function registerGoing(slack: Registry, deps: CadenceDeps): void {
  slack.press(
    liveActions.go,
    redrawing(deps, async (press, actor) => await confirmGo(deps, press, actor)),
  );
  slack.press(
    liveActions.pause,
    redrawing(deps, async ({ value, workspaceId }, actor) => {
      const page = await readLive(deps, workspaceId, actor);
      if (!page.ok) return notice(title, plain(page.words));
      const team = page.value.teams.find(({ id }) => id === idInput.parse(value));
      return team === undefined ? liveModal(page.value) : pauseModal(team, page.value.isQuiet);
    }),
  );
  slack.submission(liveForms.go, async (submission) => await go(deps, submission));
  slack.submission(liveForms.pause, async (submission) => await pause(deps, submission));
}

async function confirmGo(deps: CadenceDeps, press: Press, actor: Actor): Promise<ModalView> {
  const page = await readLive(deps, press.workspaceId, actor);
  if (!page.ok) return notice(title, plain(page.words));
  const who = readWho(press.value);
  const { teams, pilot, now } = page.value;
  if (who === everybody) {
    return everybodyModal(
      teams.filter((team) => !isLive(team)).map(({ name }) => name),
      pilot,
    );
  }
  const preview = await previewOne(deps, press.workspaceId, actor, who);
  if (!preview.ok) return liveModal(page.value, preview.words);
  if (isLive(preview.value.team)) return liveModal(page.value);
  return goModal(preview.value, { now, pilot, as: teams.some(isLive) ? 'next' : 'pilot' });
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
