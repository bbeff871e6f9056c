import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { countRows, importText } from './cairn.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

/** Letters of any script, with what YAML, SQL and Slack care about between them; never only such. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(': ', "'", '"', '#', '{', '<@U1>', '%', '\\'),
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => `A${parts.join('')}`.replace(/[\p{Cc}\p{Cs}]/gu, '').trim());
const amount = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const day = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const times = <T>(most: number, one: (index: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc
    .integer({ min: 0, max: most })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => one(i))));

const time = fc.record({
  working_days: maybe(fc.uniqueArray(fc.constantFrom('MON', 'TUE', 'WED', 'SUN'), { minLength: 1 })),
  away: maybe(
    fc.array(
      fc.tuple(day, day).map((days) => {
        const [from, until] = days.sort();
        return { from, until };
      }),
      { maxLength: 2 },
    ),
  ),
});

/** People, teams and cycles first, since everything refers to them; an index in a name keeps it its own. */
const company = fc
  .record({ people: fc.integer({ min: 2, max: 6 }), teams: fc.integer({ min: 1, max: 3 }) })
  .chain((size) => {
    const person = fc.integer({ min: 0, max: size.people - 1 }).map((i) => `p${i}`);
    const team = fc.integer({ min: 0, max: size.teams - 1 }).map((i) => `team-${i}`);
    const two = fc.uniqueArray(person, { minLength: 2, maxLength: 2 });
    const channel = fc.constantFrom('#a', '#b-c', '#größe', '#支払い');
    return fc.record({
      version: fc.constant(1),
      people: fc
        .tuple(...Array.from({ length: size.people }, () => fc.tuple(fc.boolean(), time)))
        .map((all) =>
          Object.fromEntries(
            all.map(([isInSlack, rest], i) => [
              `p${i}`,
              { ...(isInSlack ? { slack: `U0${i}` } : { email: `P${i}@x.example` }), ...rest },
            ]),
          ),
        ),
      teams: fc.tuple(
        ...Array.from({ length: size.teams }, (_, i) =>
          fc.record({
            key: fc.constant(`team-${i}`),
            name: words,
            lead: maybe(person),
            channel: maybe(channel),
          }),
        ),
      ),
      rocks: times(5, (i) =>
        two.chain(([owner, backup]) =>
          fc.record({
            key: fc.constant(`rock-${i}`),
            name: words,
            summary: maybe(words),
            aliases: times(3, (at) => words.map((text) => `${i} ${at} ${text}`)),
            owner: maybe(fc.constant(owner)),
            backups: fc.constantFrom([], [backup]),
            team: maybe(team),
            channel: maybe(channel),
            type: maybe(fc.constantFrom('area', 'activity')),
            importance: maybe(fc.constantFrom('critical', 'not-important')),
            weight: maybe(fc.integer({ min: 1, max: 5 })),
            links: maybe(
              times(2, (at) => words.map((label) => ({ label, url: `https://x.example/${i}/${at}?q=#f` }))),
            ),
          }),
        ),
      ),
      calendar: maybe(
        fc.record({
          country: maybe(fc.constantFrom('DE', 'US', 'JP')),
          company_days: maybe(
            fc.uniqueArray(day, { maxLength: 3 }).map((days) => days.map((date) => ({ date, name: 'Off' }))),
          ),
        }),
      ),
      cycles: fc.tuple(day, day).map((days) => {
        const [starts, ends] = days.sort();
        return [{ key: '2026-Q4', starts, ends }];
      }),
      objectives: times(3, (i) =>
        fc.record({
          key: fc.constant(`goal-${i}`),
          title: words,
          cycle: fc.constant('2026-Q4'),
          owner: maybe(person),
          reviewer: maybe(person),
          supports: i === 0 ? fc.constant(undefined) : maybe(fc.constant(`goal-${i - 1}`)),
          needs: fc.uniqueArray(team),
          key_results: times(3, (at) =>
            fc
              .record({
                start: fc.oneof(amount, fc.constant('baseline')),
                target: amount,
                current: maybe(amount),
              })
              .chain((measure) => two.map(([owner, backup]) => ({ ...measure, owner, backup })))
              .map((fields) => ({
                ...fields,
                key: `result-${i}-${at}`,
                title: 'K',
                direction:
                  typeof fields.start !== 'number' || fields.start === fields.target ? 'maintain' : undefined,
              })),
          ),
        }),
      ),
      cadences: times(2, (i) =>
        fc.record({
          key: fc.constant(`cadence-${i}`),
          ritual: fc.constant('okr-check-in'),
          channel,
          schedule: fc.constantFrom(
            '0 9 * * MON',
            '*/5 8-18 * * 1-5',
            '0 9 29 2 *',
            '30 7 1 */3 *',
            'every other Tuesday at 10:00',
            'last working day of the quarter',
          ),
          starts: maybe(day),
          on_holiday: maybe(fc.constantFrom('hold', 'skip', 'previous', 'next')),
          timezone: maybe(fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'UTC')),
          teams: fc.uniqueArray(team),
          nudge_after: maybe(fc.constantFrom('P1D', 'PT90M', 'PT1H30M')),
          state: maybe(fc.constantFrom('active', 'paused')),
        }),
      ),
    });
  });

test('whatever the file has, importing it again adds and changes nothing', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(company, fc.boolean(), async (file, overwrites) => {
      count += 1;
      const workspace = await insertWorkspace(database.db, { id: `T${count}` });
      const text = stringify(file);
      const options = ['--workspace', workspace, ...(overwrites ? ['--overwrite'] : [])];
      const first = await importText(database.url, text, options);
      expect(first.err).toEqual([]);

      const rows = await countRows(database.db);
      const second = await importText(database.url, text, options);
      expect(second.err).toEqual([]);
      for (const line of second.out.slice(0, -1).filter((each) => !each.includes('hold the same ritual')))
        expect(line).toMatch(/: 0 added, 0 changed, \d+ unchanged$/);
      expect(await countRows(database.db)).toBe(rows);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
