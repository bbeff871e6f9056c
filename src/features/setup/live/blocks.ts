import type { KnownBlock, ModalView } from '@slack/types';
import { answerRate } from '../../../cadence/core/figures.ts';
import { momentWords } from '../../../platform/core/time-words.ts';
import {
  actions,
  button,
  type Content,
  context,
  section,
  sections,
} from '../../../platform/slack/elements.ts';
import { channelMention, inline } from '../../../platform/slack/mrkdwn.ts';
import { leftWords } from '../../check-ins/core/leaving.ts';
import type { GuideStep } from '../guide/step.ts';
import { everybody, liveActions } from './actions.ts';
import { isLive, type LivePage, type LiveTeam, type Pilot, type PilotFigures } from './core/live.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });

/** A modal holds 100 blocks, and what stands around the teams needs a few. */
const mostTeams = 80;

/** Who is messaged as things stand. */
function heard({ teams, isQuiet }: Pick<LivePage, 'teams' | 'isQuiet'>): string {
  if (!isQuiet) return 'Everybody is messaged: the whole company is live.';
  return teams.some(isLive) ? 'Only admins and the teams that are live are messaged.' : promise;
}

export const promise =
  'Nobody but admins is messaged until you press `Go live`, and then only the teams that you choose.';

/** The page of the last step: the ritual, and each team with its button. `note` says what has just been done. */
export function liveModal(page: LivePage, note: string | null = null): ModalView {
  const { ritual, teams, pilot, isQuiet } = page;
  const own = teams.filter(({ cadenceId }) => cadenceId !== null);
  const isAnyLive = teams.some(isLive);
  const shown = own.slice(0, mostTeams);
  const hidden = own.length - mostTeams;
  const blocks: KnownBlock[] = [
    ...(note === null ? [] : [section(note)]),
    section(heard(page)),
    ...(ritual === null
      ? []
      : [
          section(
            `*${inline(ritual.name)}*\n${inline(ritual.words)}, by the clock of ${inline(ritual.timezone)}`,
          ),
        ]),
    ...shown.filter(isLive).map((team) => teamSection(team, page, isAnyLive)),
    // Right above the teams that may go next.
    ...(pilot === null ? [] : [section(pilotWords(pilot))]),
    ...shown.filter((team) => !isLive(team)).map((team) => teamSection(team, page, isAnyLive)),
    ...(hidden > 0 ? [context(`… and ${hidden} more teams.`)] : []),
    ...(isAnyLive || !isQuiet
      ? []
      : [context('One team goes first: see how it goes there, then take the others live.')]),
    actions(
      button('Whom it messages', liveActions.whom, 'whom'),
      button('Rehearse to me', liveActions.rehearse, 'rehearse'),
      button('Change it', liveActions.change, 'change'),
      ...(isQuiet && isAnyLive ? [button('Go live for everybody', liveActions.go, everybody)] : []),
    ),
  ];
  return { type: 'modal', title: words('The first ritual'), close: words('Done for now'), blocks };
}

function teamSection(team: LiveTeam, { now, zone }: LivePage, isAnyLive: boolean): KnownBlock {
  const where = team.channel === null ? '' : ` in ${channelMention(team.channel)}`;
  const who = team.people === 1 ? '1 person' : `${team.people} people`;
  const state = team.liveAt === null ? 'not live yet' : `live since ${momentWords(team.liveAt, now, zone)}`;
  const line = `*${inline(team.name)}*${where} · ${who} · ${state}`;
  const id = String(team.id);
  const press =
    team.liveAt === null
      ? button('Go live', `${liveActions.go}/${id}`, id, isAnyLive ? undefined : 'primary')
      : button('Pause', `${liveActions.pause}/${id}`, id);
  return section(line, press);
}

/** The step by itself, for whoever asks for it by a command. */
export function stepContent({ title, lines, buttons }: GuideStep): Content {
  return {
    text: [title, ...lines].join('\n'),
    blocks: [...sections([`*${title}*`, ...lines]), actions(...buttons)],
  };
}

/** How it goes in the team that went first, a line each. */
export function figureLines({ held, figures, snoozes, left, proposals }: PilotFigures): string[] {
  const { asked, answered, medianWait, minutes, nudges } = figures;
  const rate = answerRate(figures);
  const runs = held === 0 ? 'Not held yet.' : held === 1 ? 'Held once.' : `Held ${held} times.`;
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`);
  const gone = leftWords(left);
  return [
    runs,
    ...(rate === null ? [] : [`${rate} % answered: ${answered} of ${asked}.`]),
    ...(medianWait === null ? [] : [`Half of the answers came within ${minuteWords(medianWait)}.`]),
    ...(minutes === null ? [] : [`It took about ${minuteWords(minutes)} of everybody together.`]),
    ...(asked === 0
      ? []
      : [nudges === 0 ? 'No reminders were sent.' : `Reminders were sent ${times(nudges)}.`]),
    ...(snoozes === 0 ? [] : [`Snoozed ${times(snoozes)}.`]),
    ...(gone === null ? [] : [`${gone}.`]),
    ...(proposals.asked === 0
      ? []
      : [`${proposals.answered} of ${proposals.asked} said whether what is listed as theirs is right.`]),
  ];
}

/** The same under the team's name, for whoever thinks of the next one. */
export function pilotWords({ name, went }: Pilot): string {
  return `*How it goes in ${inline(name)}*\n${figureLines(went).join('\n')}`;
}

function minuteWords(minutes: number): string {
  if (minutes < 1.5) return 'a minute';
  if (minutes < 90) return `${Math.round(minutes)} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
