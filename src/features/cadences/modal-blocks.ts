import type { KnownBlock, ModalView } from '@slack/types';
import type { Temporal } from 'temporal-polyfill';
import type { Cadence, CadenceCard } from '../../cadence/core/cadence.ts';
import { durationWords } from '../../cadence/core/span-words.ts';
import { context, section, sections } from '../../platform/slack/elements.ts';
import {
  type Choice,
  channelField,
  dateField,
  menuField,
  menuOfManyField,
  textField,
} from '../../platform/slack/fields.ts';
import { notice } from '../../platform/slack/modals.ts';
import { channelMention, inline } from '../../platform/slack/mrkdwn.ts';
import { type Reader, timeLines, whom } from './blocks.ts';
import { never, type SettingsForm } from './input.ts';

export const settingsModalId = 'cadence:settings';

/** What can be picked: rituals that this version holds, teams, and cycles that are not over. */
export type Choices = {
  rituals: readonly Choice[];
  teams: readonly { id: number; name: string }[];
  cycles: readonly string[];
};

/** What the fields hold when the modal opens. */
export type FormValues = Omit<SettingsForm['settings'], 'key'> & {
  key: string | null;
  channelSlackId: string | null;
};

/** What a new cadence begins with: mostly what a team wants, so that a minute is enough. */
export function freshValues(given: {
  ritual: string;
  channelSlackId: string | null;
  zone: string;
  today: Temporal.PlainDate;
}): FormValues {
  return {
    key: null,
    ritual: given.ritual,
    channelSlackId: given.channelSlackId,
    schedule: 'every Monday at 9:00',
    timezone: given.zone,
    startsOn: given.today,
    onHoliday: 'hold',
    teamIds: [],
    cycle: 'current',
    nudgeAfter: 'P1D',
    closeAfter: 'P2D',
  };
}

/** What a cadence has now. */
export function valuesOf(cadence: Cadence): FormValues {
  const { key, ritual, schedule, timezone, startsOn, onHoliday, cycle, nudgeAfter, closeAfter } = cadence;
  return {
    ...{ key, ritual, schedule, timezone, startsOn, onHoliday, cycle, nudgeAfter, closeAfter },
    channelSlackId: cadence.channel.slackId,
    teamIds: cadence.teams.filter(({ isChosen }) => isChosen).map(({ id }) => id),
  };
}

const holidayChoices: Choice[] = [
  { id: 'hold', name: 'Hold it all the same' },
  { id: 'skip', name: 'Skip it' },
  { id: 'previous', name: 'Hold it on the working day before' },
  { id: 'next', name: 'Hold it on the working day after' },
];

/**
 * The modal that sets a cadence up, or, of `cadenceId`, changes it. With `twin` it says that there is such a one
 * already, and asks once more.
 */
export function settingsModal(
  values: FormValues,
  choices: Choices,
  given: { cadenceId: number | null; twin?: { cadence: Cadence; words: string } | undefined },
): ModalView {
  const { cadenceId, twin } = given;
  const isNew = cadenceId === null;
  const anyway = isNew ? 'Add it anyway' : 'Save it anyway';
  const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false });
  return {
    type: 'modal',
    callback_id: settingsModalId,
    private_metadata: JSON.stringify({ cadence: cadenceId, twin: twin?.cadence.id ?? null }),
    title: plain(isNew ? 'New cadence' : 'Edit cadence'),
    submit: plain(twin === undefined ? 'Save' : anyway),
    close: plain('Not now'),
    blocks: [...(twin === undefined ? [] : [warning(twin)]), ...fields(values, choices, isNew)],
  };
}

function warning({ cadence, words }: { cadence: Cadence; words: string }): KnownBlock {
  return section(
    `There is such a ritual in ${channelMention(cadence.channel)} already: \`${inline(cadence.key)}\`, ${inline(words)}. People would be asked by both.`,
  );
}

function fields(values: FormValues, choices: Choices, isNew: boolean): KnownBlock[] {
  const teams = choices.teams.map(({ id, name }) => ({ id: String(id), name }));
  const cycles = withPresent(
    [{ id: 'current', name: 'The current one' }, ...choices.cycles.map((key) => ({ id: key, name: key }))],
    values.cycle,
  );
  return [
    menuField({ blockId: 'ritual', label: 'Ritual', choices: choices.rituals, initial: values.ritual }),
    channelField({
      blockId: 'channel',
      label: 'Channel',
      hint: 'I must be in it: type /invite @Cairn there.',
      initial: values.channelSlackId ?? undefined,
    }),
    textField({
      blockId: 'schedule',
      label: 'When',
      hint: 'Such as: every Monday at 9:00; every other Tuesday at 10:00; first working day of the month; last Thursday of the quarter at 15:00. A cron works too.',
      initial: values.schedule,
      limit: 200,
    }),
    textField({
      blockId: 'timezone',
      label: 'Time zone',
      hint: 'Such as Europe/Berlin. People elsewhere are asked at the same time by their own clock.',
      initial: values.timezone,
      limit: 80,
    }),
    dateField({
      blockId: 'starts',
      label: 'First day',
      hint: '“Every other week” and the like are counted from the first time on or after it.',
      initial: values.startsOn?.toString(),
      isOptional: true,
    }),
    menuField({
      blockId: 'holiday',
      label: 'On holidays and company days',
      choices: holidayChoices,
      initial: values.onHoliday,
    }),
    ...(teams.length === 0
      ? []
      : [
          menuOfManyField({
            blockId: 'teams',
            label: 'Teams',
            hint: 'Whose key results or rocks are asked about. None: the teams whose home is this channel; an ownership audit asks all.',
            choices: teams,
            initial: values.teamIds.map(String),
            isOptional: true,
          }),
        ]),
    menuField({ blockId: 'cycle', label: 'Cycle', choices: cycles, initial: values.cycle }),
    menuField({
      blockId: 'nudge',
      label: 'Remind who has not answered',
      choices: lengths(['PT4H', 'P1D', 'P2D', 'P3D'], values.nudgeAfter, 'After', 'Never'),
      initial: values.nudgeAfter ?? never,
    }),
    menuField({
      blockId: 'close',
      label: 'Close it',
      choices: lengths(['P1D', 'P2D', 'P3D', 'P5D'], values.closeAfter, 'After', 'When the next one begins'),
      initial: values.closeAfter ?? never,
    }),
    ...(isNew
      ? [
          textField({
            blockId: 'key',
            label: 'Key',
            hint: 'What you type in commands, such as weekly-okr. Empty: I make one.',
            initial: values.key ?? undefined,
            limit: 80,
            isOptional: true,
          }),
        ]
      : []),
  ];
}

/** Lengths of time to pick from; one that a file has set is among them. */
function lengths(usual: string[], present: string | null, before: string, none: string): Choice[] {
  const named = usual.map((id) => ({ id, name: `${before} ${durationWords(id)}` }));
  const all =
    present === null || usual.includes(present)
      ? named
      : [{ id: present, name: `${before} ${durationWords(present)}` }, ...named];
  return [...all, { id: never, name: none }];
}

/** What a cadence has stays pickable, also a cycle that is over. */
function withPresent(choices: Choice[], present: string): Choice[] {
  return choices.some(({ id }) => id === present) ? choices : [...choices, { id: present, name: present }];
}

/** What was saved, in words, with the next five times. */
export function savedModal(
  card: CadenceCard,
  reader: Reader & { asked: number | null },
  isNew: boolean,
): ModalView {
  const { cadence, words } = card;
  const key = inline(cadence.key);
  const what = `*${inline(reader.ritualName(cadence.ritual))} in ${channelMention(cadence.channel)}*\n${inline(words)}, by the clock of ${inline(cadence.timezone)}`;
  const times = timeLines(card, reader);
  const paused =
    cadence.state === 'active'
      ? []
      : [section(`It is ${cadence.state}: \`/cadence resume ${key}\` lets it go on.`)];
  const blocks = [
    section(what),
    ...(times.length === 0 ? [] : sections(times)),
    ...paused,
    context(
      whom(cadence, reader),
      `\`/cadence ${key}\` shows it, runs it now, pauses it and skips the next one.`,
    ),
  ];
  return { ...notice(isNew ? 'It is set up' : 'It is changed', { text: what, blocks }) };
}
