import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Submission } from '../../platform/slack/calls.ts';
import { spoken, type Word } from '../../platform/slack/command-text.ts';

export const verbs = [
  'list',
  'add',
  'show',
  'edit',
  'run',
  'rehearse',
  'pause',
  'resume',
  'skip',
  'history',
  'holidays',
] as const;
export type Verb = (typeof verbs)[number];

/** `/cadence pause weekly-okr`, `/cadence weekly-okr`, `/cadence`; quotes make a key of a verb. */
export type CadenceCommand = { verb: Verb; key: string | null };

export function readCommand(words: readonly Word[]): CadenceCommand {
  const [first, ...rest] = words;
  if (first === undefined) return { verb: 'list', key: null };
  const typed = first.kind === 'word' && !first.isQuoted ? first.text.toLowerCase() : null;
  const verb = verbs.find((known) => known === typed);
  if (verb === undefined) return { verb: 'show', key: spoken(words) };
  return { verb, key: spoken(rest) || null };
}

const id = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** A button of a cadence: its id and, where it needs one, the time that it means or the page that it goes on from. */
export function readCadenceButton(value: string): { id: number; rest: string | null } {
  const [first, rest = null] = value.split(' ');
  return { id: id.parse(first), rest };
}

/** What was shown before, so that the history goes on behind it. */
export function readPage(rest: string | null): number | null {
  return rest === null ? null : id.parse(rest);
}

const metadata = z.object({
  cadence: z.int().positive().nullable(),
  twin: z.int().positive().nullable(),
});
const onHoliday = z.enum(['hold', 'skip', 'previous', 'next']);
const duration = z.string().regex(/^P(\d{1,3}D|T(?=\d)(\d{1,4}H)?(\d{1,5}M)?(\d{1,6}S)?)$/);

/** No reminder, or no end before the next one begins, as a menu calls it. */
export const never = 'never';

export type SettingsForm = {
  /** Null: a new one is added. */
  cadenceId: number | null;
  /** The one that stands there already, and that somebody was told of. */
  twinId: number | null;
  channelSlackId: string;
  settings: {
    key: string | null;
    ritual: string;
    schedule: string;
    timezone: string;
    startsOn: Temporal.PlainDate | null;
    onHoliday: z.output<typeof onHoliday>;
    teamIds: number[];
    cycle: string;
    nudgeAfter: string | null;
    closeAfter: string | null;
  };
};

/** Reads the modal that sets a cadence up. Fields that Slack's client requires are required here too. */
export function readSettings(submission: Submission): SettingsForm {
  const { cadence, twin } = metadata.parse(JSON.parse(submission.metadata));
  const text = (field: string) => submission.values[field]?.trim() || null;
  const needed = (field: string) => z.string().parse(text(field));
  const length = (field: string) => {
    const chosen = needed(field);
    return chosen === never ? null : duration.parse(chosen);
  };
  const starts = text('starts');
  return {
    cadenceId: cadence,
    twinId: twin,
    channelSlackId: needed('channel'),
    settings: {
      key: text('key')?.toLowerCase() ?? null,
      ritual: needed('ritual'),
      schedule: needed('schedule'),
      timezone: needed('timezone'),
      startsOn: starts === null ? null : Temporal.PlainDate.from(starts),
      onHoliday: onHoliday.parse(text('holiday')),
      teamIds: (submission.lists['teams'] ?? []).map((value) => id.parse(value)),
      cycle: needed('cycle'),
      nudgeAfter: length('nudge'),
      closeAfter: length('close'),
    },
  };
}
