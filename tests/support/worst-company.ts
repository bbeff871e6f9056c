import { stringify } from 'yaml';
import type { SeedInput } from '../../src/playground/fake-slack/seed.ts';
import { smallWorkspace } from './fake-slack/server.ts';

/** As long as `cairn.yaml` lets each field be. */
const longest = {
  name: 100,
  alias: 80,
  summary: 500,
  label: 80,
  url: 2_000,
  title: 200,
  unit: 20,
  handle: 80,
};

/** How many rocks Ana carries, and how many key results she answers for; the latter in groups of four. */
export type Size = { rocks: number; keyResults: number };

/** A company file in which every field that people fill is full of `text`. */
export function worstCompany(text: (length: number) => string, { rocks, keyResults }: Size): string {
  /** A line of it with something at its end that tells it from others. */
  const line = (length: number, index: number | string): string => {
    const end = ` ${index}`;
    return `${text(length)
      .replaceAll('\n', ' ')
      .trim()
      .slice(0, length - end.length)}${end}`
      .toWellFormed()
      .replaceAll('\ufffd', 'z');
  };
  const stranger = `z${'_.-'.repeat(30)}`.slice(0, longest.handle);
  const rock = (index: number) => ({
    key: `rock-${index}`,
    name: line(longest.name, index),
    owner: 'ana',
    team: 'worst',
  });
  const full = (index: number) => ({
    ...rock(index),
    summary: text(longest.summary).trim(),
    aliases: Array.from({ length: 20 }, (_, at) => line(longest.alias, `a${index}-${at}`)),
    backups: ['ben', stranger],
    channel: '#payments',
    links: Array.from({ length: 10 }, (_, at) => ({
      label: line(longest.label, at),
      url: `https://wiki.test.example/${index}/${at}?q=${'&<>|*_~'.replace(/[<>|]/g, '-').repeat(300)}`.slice(
        0,
        longest.url,
      ),
    })),
  });
  const keyResult = (index: number) => ({
    key: `result-${index}`,
    title: line(longest.title, index),
    owner: index % 10 === 9 ? stranger : 'ana',
    ...(index % 10 === 9 ? { backup: 'ana' } : {}),
    type: index % 7 === 6 ? 'milestone' : 'number',
    ...(index % 7 === 6 ? {} : { unit: line(longest.unit, ''), start: 0, target: 123_456_789.123 }),
  });
  return stringify({
    version: 1,
    people: {
      ana: { email: 'ana@test.example' },
      ben: { email: 'ben@test.example' },
      chi: { email: 'chi@test.example' },
      [stranger]: { email: 'nobody@test.example' },
    },
    teams: [{ key: 'worst', name: line(longest.name, 't'), lead: 'chi', channel: '#payments' }],
    rocks: [
      ...[0, 1, 2].map(full),
      ...Array.from({ length: rocks - 3 }, (_, index) => rock(index + 3)),
      { key: 'free', name: line(longest.name, 'free'), summary: text(longest.summary).trim(), team: 'worst' },
      {
        key: 'elsewhere',
        name: line(longest.name, 'e'),
        owner: stranger,
        backups: ['ana'],
        channel: `#${'größe_'.repeat(13)}`,
      },
    ],
    cycles: [{ key: '2026-Q4', starts: '2026-10-01', ends: '2026-12-31' }],
    objectives: Array.from({ length: 4 }, (_, index) => ({
      key: `goal-${index}`,
      title: line(longest.title, index),
      owner: 'ana',
      team: 'worst',
      cycle: '2026-Q4',
      key_results: Array.from({ length: keyResults / 4 }, (_, at) =>
        keyResult(index * (keyResults / 4) + at),
      ),
    })),
    cadences: [
      {
        key: 'weekly-okr',
        ritual: 'okr-check-in',
        channel: '#payments',
        schedule: '0 9 * * MON',
        timezone: 'Europe/Berlin',
        teams: ['worst'],
      },
    ],
  });
}

/** The fake's small workspace, with people who call themselves so. */
export function worstWorkspace(text: (length: number) => string): SeedInput {
  const users = smallWorkspace.users.map((user) => ({ ...user, real_name: text(80) }));
  return { ...smallWorkspace, users };
}
