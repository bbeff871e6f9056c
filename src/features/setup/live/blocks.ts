import type { KnownBlock, ModalView } from '@slack/types';
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
import type { GuideStep } from '../guide/step.ts';
import { everybody, liveActions } from './actions.ts';
import { answerRate, type Figures, isLive, type LivePage, type LiveTeam } from './core/live.ts';

const words = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });

/** A modal holds 100 blocks, and what stands around the teams needs a few. */
const mostTeams = 80;

export const promise =
  'Nobody but admins is messaged until you press `Go live`, and then only the teams that you choose.';

/** The page of the last step: the ritual, and each team with its button. `note` says what has just been done. */
export function liveModal(page: LivePage, note: string | null = null): ModalView {
  const { ritual, teams, pilot, isQuiet } = page;
  const own = teams.filter(({ cadenceId }) => cadenceId !== null);
  const isAnyLive = teams.some(isLive);
  const hidden = own.length - mostTeams;
  const blocks: KnownBlock[] = [
    ...(note === null ? [] : [section(note)]),
    section(isQuiet ? promise : 'Everybody is messaged: the whole company is live.'),
    ...(ritual === null
      ? []
      : [
          section(
            `*${inline(ritual.name)}*\n${inline(ritual.words)}, by the clock of ${inline(ritual.timezone)}`,
          ),
        ]),
    ...own.slice(0, mostTeams).map((team) => teamSection(team, page, isAnyLive)),
    ...(hidden > 0 ? [context(`… and ${hidden} more teams.`)] : []),
    ...(pilot === null
      ? []
      : [section(`*How it goes in ${inline(pilot.name)}*\n${figureLines(pilot.figures).join('\n')}`)]),
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

/** How a ritual goes, a line each. */
export function figureLines(figures: Figures): string[] {
  const { held, asked, answered, medianMinutes, nudges, snoozes, proposals } = figures;
  const rate = answerRate(figures);
  const runs = held === 0 ? 'Not held yet.' : held === 1 ? 'Held once.' : `Held ${held} times.`;
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`);
  return [
    runs,
    ...(rate === null ? [] : [`${rate} % answered: ${answered} of ${asked}.`]),
    ...(medianMinutes === null ? [] : [`Half of the answers came within ${minuteWords(medianMinutes)}.`]),
    ...(held === 0
      ? []
      : [nudges === 0 ? 'No reminders were sent.' : `Reminders were sent ${times(nudges)}.`]),
    ...(snoozes === 0 ? [] : [`Snoozed ${times(snoozes)}.`]),
    ...(proposals === null || proposals.asked === 0
      ? []
      : [`${proposals.answered} of ${proposals.asked} said whether what is listed as theirs is right.`]),
  ];
}

function minuteWords(minutes: number): string {
  if (minutes < 1) return 'a minute';
  if (minutes < 90) return `${Math.round(minutes)} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
