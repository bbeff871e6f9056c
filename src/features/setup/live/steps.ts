import { button } from '../../../platform/slack/elements.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { GuideStep } from '../guide/step.ts';
import { liveActions } from './actions.ts';
import { figureLines, promise } from './blocks.ts';
import { isLive } from './core/live.ts';
import type { PreviewDeps } from './preview-operations.ts';
import { livePage } from './reading-operations.ts';

/** The last step of the set-up, as the guide shows it: done when a team is live. */
export async function ritualStep(deps: PreviewDeps, workspaceId: string): Promise<GuideStep> {
  const page = await livePage(deps, workspaceId);
  const { ritual, teams, pilot, isQuiet } = page;
  const live = teams.filter(isLive);
  const waiting = teams.filter((team) => !isLive(team) && team.cadenceId !== null);
  const names = (some: readonly { name: string }[]) => {
    const shown = some.slice(0, 5).map(({ name }) => inline(name));
    return [...shown, ...(some.length > 5 ? [`${some.length - 5} more`] : [])].join(', ');
  };
  const lines =
    ritual === null
      ? [`Pick a ritual, rehearse it, and take one team live. ${promise}`]
      : [
          `${inline(ritual.name)}, ${inline(ritual.words)}.`,
          ...(isQuiet || live.length === 0 ? [] : ['The whole company is live.']),
          ...(isQuiet && live.length > 0 ? [`Live: ${names(live)}.`] : []),
          ...(waiting.length > 0 ? [`Not live yet: ${names(waiting)}.`] : []),
          ...(pilot === null ? [] : [`${inline(pilot.name)}: ${figureLines(pilot.went).join(' ')}`]),
        ];
  const label =
    ritual === null ? 'Set a ritual up' : live.length === 0 ? 'Rehearse and go live' : 'Look at it';
  return {
    key: 'ritual',
    title: 'A ritual, and Go live',
    isDone: live.length > 0,
    lines,
    buttons: [
      button(label, liveActions.open, 'open', ritual !== null && live.length === 0 ? 'primary' : undefined),
    ],
  };
}
