import type { z } from 'zod';
import { isTimeZone } from '../platform/core/time-zone.ts';
import { findRepeats, form, readEntries } from '../platform/file/entries.ts';
import { channel, date, key, list, oneOf, team, text } from '../platform/file/fields.ts';
import { type Finding, type Path, shown } from '../platform/file/finding.ts';
import { type Known, Names } from '../platform/file/names.ts';
import { parseSchedule } from './core/schedule.ts';

const ofCycle = ['okr-check-in', 'okr-planning', 'okr-close'];
/** Those that come with Cairn; a company has others in its playbook. */
const rituals = [...ofCycle, 'roadmap-review', 'strategy-review', 'ownership-audit', 'digest', 'readout'];
const ritualNames = new Names(rituals);
const zones = new Names(['UTC', ...Intl.supportedValuesOf('timeZone')]);

const cadenceForm = (known: Known) =>
  form({
    key: key(),
    ritual: ritual(known),
    channel: channel(),
    schedule: schedule(),
    timezone: zone().optional(),
    teams: list(team(known)),
    cycle: text(80)
      .refine((value) => value === 'current' || known.cycles.has(value), {
        error: ({ input }) =>
          `there is no cycle ${shown(input)}; ${known.cycles.mend(String(input), 'write current, or add it under cycles')}`,
      })
      .default('current'),
    nudge_after: duration().optional(),
    close_after: duration().optional(),
    catch_up: duration().default('PT12H'),
    state: oneOf(['active', 'paused']).default('active'),
    starts: date().optional(),
    on_holiday: oneOf(['hold', 'skip', 'previous', 'next']).default('hold'),
  });
export type CadenceEntry = { path: Path } & z.output<ReturnType<typeof cadenceForm>['whole']>;

/** Whether what a ritual is about goes on from one cycle to the next, so that no cycle ends it. `ritual` is its key. */
export function isWithoutCycle(ritual: string): boolean {
  return !ofCycle.includes(ritual);
}

/** Reads `cadences`. */
export function readCadences(raw: unknown, known: Known, findings: Finding[]): CadenceEntry[] {
  const entries = readEntries(cadenceForm(known), raw, ['cadences'], findings);
  findRepeats(
    entries.map(({ path, loose }) => ({ path, key: loose.key })),
    findings,
  );
  for (const { path, loose } of entries) {
    const { ritual: of, cycle } = loose;
    if (of === undefined || !isWithoutCycle(of) || cycle === undefined || cycle === 'current') continue;
    const why =
      of === 'ownership-audit' ? 'asks about rocks, which belong to no cycle' : 'belongs to no cycle';
    const words = `\`${of}\` ${why}; take ${shown(cycle)} out`;
    findings.push({ path: [...path, 'cycle'], words });
  }
  return entries.flatMap(({ path, whole }) => {
    if (whole === null) return [];
    return [{ path, ...whole, cycle: isWithoutCycle(whole.ritual) ? 'current' : whole.cycle }];
  });
}

/** One that comes with Cairn, or a page of the company's own playbook. */
function ritual({ playbook }: Known) {
  return text(80).refine((value) => ritualNames.has(value) || playbook.has(value), {
    error: ({ input }) => {
      const name = String(input);
      const own = playbook.nearest(name);
      const mend =
        ritualNames.nearest(name) === undefined && own !== undefined
          ? `did you mean ${shown(own)}?`
          : ritualNames.mend(name, `use one of ${rituals.join(', ')}, or add it under playbook`);
      return `${shown(name)} is not a ritual; ${mend}`;
    },
  });
}

function schedule() {
  return text(200).refine((value) => parseSchedule(value).ok, {
    error: ({ input }) => {
      const read = parseSchedule(String(input));
      return read.ok ? '' : read.words;
    },
  });
}

function zone() {
  return text(80).refine(isTimeZone, {
    error: ({ input }) =>
      `${shown(input)} is not a time zone; ${zones.mend(String(input), 'use a name such as Europe/Berlin')}`,
  });
}

/** Working days (P2D) or plain time (PT12H). A mixture would be neither, so it is refused. */
function duration() {
  return text(40).refine(
    (value) => /^P\d{1,3}D$/.test(value) || /^PT(?=\d)(\d{1,4}H)?(\d{1,5}M)?(\d{1,6}S)?$/.test(value),
    {
      error: ({ input }) => {
        const value = String(input);
        const isMixture = /^P\d+D(?=T)/.test(value);
        const mend = 'write working days as P2D or plain time as PT12H';
        return isMixture
          ? `${shown(value)} mixes days, which are working days, with plain time; ${mend}`
          : `${shown(value)} is not a length of time; ${mend}`;
      },
    },
  );
}
