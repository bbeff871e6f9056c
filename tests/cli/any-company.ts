import fc from 'fast-check';
import { normalName } from '../../src/features/ownership/core/names.ts';

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

/** Short names, most of which YAML takes for something else. */
const handles = ['ana', 'no', 'null', '123', '1e3', 'o.p_q-r'];

const time = fc.record({
  limit: maybe(fc.integer({ min: 1, max: 500 })),
  admin: maybe(fc.boolean()),
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

/** What YAML takes for something else than text, or nearly. */
const traps = fc.constantFrom(
  'no',
  'Yes',
  'on',
  'null',
  '~',
  'true',
  '1e3',
  '007',
  '0x1F',
  '0o17',
  '1_000',
  '12:30:45',
  '2026-10-01',
  '.5',
  '.inf',
  '- a',
  '? a',
  'a: b',
  'a #b',
  "it's",
  '"quoted"',
  '@ana',
  '`tick`',
  '%TAG',
  '!tag',
  '&anchor a',
  '*alias a',
  '| a',
  '> a',
  '[a]',
  '{a}',
  'a,b',
  '<<',
  '=',
  'ﬁ',
  'İ',
  'a\u2028b',
  'a\u00a0b',
  '\ufeffa',
  '🧗🏽‍♀️ a',
  'e\u0301',
  '\\a',
);
const title = fc.oneof(words, traps);
/** Several lines, some of them empty, indented or full of signs. */
const prose = fc
  .array(
    fc.oneof(title, fc.constantFrom('', '  indented', '    deep', '# no comment', '- no list', '...', '---')),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((lines) => `A${lines.join('\n')}`.trim());

/** Somebody carries it, perhaps for somebody else, and has confirmed it, or not. */
const owned = (owner: string | undefined, other: string | undefined) =>
  fc
    .record({
      owner: fc.constant(owner),
      acting: maybe(fc.boolean()),
      days: fc.tuple(day, day).map((days) => days.sort()),
      isSince: fc.boolean(),
      confirms: fc.constantFrom('not', 'never', 'once'),
      lent: maybe(fc.constantFrom('2030-01-01', '2099-12-31').map((until) => ({ to: other, until }))),
    })
    .map(({ days: [since, later], isSince, confirms, ...rest }) => ({
      ...rest,
      owned_since: isSince ? since : undefined,
      confirmed: confirms === 'never' ? false : confirms === 'once' ? later : undefined,
    }));
const setDown = (person: fc.Arbitrary<string>) =>
  fc.tuple(day, day).chain((days) => {
    const [on, lookAgain] = days.sort();
    return fc.record({
      set_down: fc.record({
        why: prose,
        by: maybe(person),
        on: fc.constant(on),
        look_again: maybe(fc.constant(lookAgain)),
      }),
    });
  });
const retired = (index: number) =>
  fc.record({
    retired: fc.record({
      why: maybe(prose),
      on: maybe(day),
      into:
        index === 0 ? fc.constant(undefined) : maybe(fc.constant(index === 1 ? 'true' : `rock-${index - 1}`)),
    }),
  });

/** Where an item of the roadmap stands, with what only that has. */
const itemStanding = fc.oneof(
  fc.record({ horizon: fc.constant('now'), due: maybe(day) }),
  fc.record({ horizon: fc.constantFrom('next', 'later') }),
  fc.record({ horizon: fc.constant('stopped'), why: prose }),
  fc.record({ horizon: fc.constant('shipped') }),
  fc.record({
    horizon: fc.constant('shipped'),
    outcome: fc.constantFrom('moved', 'too-early', 'not-moved'),
    outcome_words: maybe(prose),
  }),
);

/** People, teams and cycles first, since everything refers to them; an index in a name keeps it its own. */
export const anyCompany = fc
  .record({ people: fc.integer({ min: 2, max: 6 }), teams: fc.integer({ min: 1, max: 3 }) })
  .chain((size) => {
    const person = fc.integer({ min: 0, max: size.people - 1 }).map((i) => handles[i] ?? '');
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
              handles[i],
              { ...(isInSlack ? { slack: `U0${i}` } : { email: `P${i}@x.example` }), ...rest },
            ]),
          ),
        ),
      teams: fc.tuple(
        ...Array.from({ length: size.teams }, (_, i) =>
          fc.record({
            key: fc.constant(`team-${i}`),
            name: title,
            members: maybe(fc.uniqueArray(person)),
            lead: maybe(person),
            channel: maybe(channel),
          }),
        ),
      ),
      settings: maybe(
        fc.record({
          backpack_limit: maybe(fc.integer({ min: 1, max: 500 })),
          release_after: maybe(fc.constantFrom('PT0H', 'PT24H', 'PT720H')),
          product_operations: maybe(channel),
          leaders: maybe(channel),
        }),
      ),
      rocks: times(5, (i) =>
        fc.uniqueArray(person, { minLength: 2, maxLength: 2 }).chain(([owner, other]) =>
          fc
            .record({
              key: fc.constant(i === 0 ? 'true' : `rock-${i}`),
              name: title.filter((text) => normalName(text) !== ''),
              summary: maybe(prose),
              aliases: times(3, (at) => words.map((text) => `${i} ${at} ${text}`)),
              backups: fc.constantFrom([], [other]),
              team: maybe(team),
              channel: maybe(channel),
              type: maybe(fc.constantFrom('area', 'activity')),
              discipline: maybe(fc.constantFrom('data', 'strategy')),
              importance: maybe(fc.constantFrom('critical', 'not-important')),
              weight: maybe(fc.integer({ min: 1, max: 5 })),
              visibility: maybe(fc.oneof(fc.constantFrom('workspace', 'team'), fc.uniqueArray(person))),
              contributors: maybe(
                fc.uniqueArray(
                  fc.record({ person, discipline: fc.constantFrom('design', 'data', 'engineering') }),
                  { maxLength: 3, comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
                ),
              ),
              links: maybe(
                times(2, (at) => title.map((label) => ({ label, url: `https://x.example/${i}/${at}?q=#f` }))),
              ),
              standing: fc.oneof(owned(owner, other), setDown(person), retired(i), fc.constant({})),
            })
            .map(({ standing, visibility, ...rock }) => ({
              ...rock,
              visibility: visibility === 'team' && rock.team === undefined ? undefined : visibility,
              ...standing,
            })),
        ),
      ),
      calendar: maybe(
        fc.record({
          country: maybe(fc.constantFrom('DE', 'US', 'JP')),
          company_days: maybe(
            fc
              .uniqueArray(day, { maxLength: 3 })
              .map((days) => days.map((date) => ({ date, name: 'No: # off' }))),
          ),
        }),
      ),
      strategy: maybe(
        fc.record({
          vision: maybe(prose),
          editors: maybe(fc.uniqueArray(person)),
          intents: fc.constantFrom(0, 1, 2).chain((count) =>
            fc.tuple(
              ...Array.from({ length: count }, (_, i) =>
                fc.record({
                  key: fc.constant(i === 0 ? 'no' : `intent-${i}`),
                  title,
                  owner: maybe(person),
                  rank: maybe(fc.integer({ min: 1, max: 3 })),
                  measure: maybe(title),
                  horizon: maybe(fc.oneof(fc.constant(2028), fc.constantFrom('2028', 'Q1 2027', 'no'))),
                  not_doing: fc.uniqueArray(title, { maxLength: 2 }),
                  initiatives: times(2, (at) =>
                    fc.record({
                      key: fc.constant(`initiative-${i}-${at}`),
                      title,
                      problem: maybe(title),
                      metric: maybe(title),
                    }),
                  ),
                }),
              ),
            ),
          ),
        }),
      ),
      cycles: fc
        .tuple(day, day)
        .map((days) => {
          const [starts, ends] = days.sort();
          return { key: '2026-Q4', starts, ends };
        })
        .chain((quarter) =>
          fc
            .record({
              state: maybe(fc.constantFrom('draft', 'active', 'grading', 'closed')),
              parent: maybe(fc.constant('2026')),
            })
            .map((more) => [
              { ...quarter, ...more },
              { key: '2026', starts: '2026-01-01', ends: '2026-12-31' },
            ]),
        ),
      objectives: times(3, (i) =>
        fc.record({
          key: fc.constant(`goal-${i}`),
          title,
          cycle: fc.constant('2026-Q4'),
          owner: maybe(person),
          reviewer: maybe(person),
          supports: i === 0 ? fc.constant(undefined) : maybe(fc.constant(`goal-${i - 1}`)),
          needs: fc.uniqueArray(team),
          visibility: maybe(fc.oneof(fc.constant('workspace'), fc.uniqueArray(person))),
          state: maybe(fc.constantFrom('active', 'done', 'carried', 'dropped')),
          key_results: times(3, (at) =>
            fc
              .record({
                start: fc.oneof(amount, fc.constant('baseline')),
                target: amount,
                current: maybe(amount),
                due: maybe(day),
                state: maybe(fc.constantFrom('active', 'done', 'carried', 'dropped')),
              })
              .chain((measure) => two.map(([owner, backup]) => ({ ...measure, owner, backup })))
              .map((fields) => ({
                ...fields,
                key: `result-${i}-${at}`,
                title: 'K: # k',
                direction:
                  typeof fields.start !== 'number' || fields.start === fields.target ? 'maintain' : undefined,
              })),
          ),
        }),
      ),
      roadmap: times(4, (i) =>
        fc
          .record({
            key: fc.constant(i === 0 ? '007' : `item-${i}`),
            title,
            summary: maybe(prose),
            owner: maybe(person),
            team: maybe(team),
            needs: fc.uniqueArray(team),
            impact: maybe(fc.integer({ min: 1, max: 5 })),
            effort: maybe(fc.integer({ min: 1, max: 5 })),
            alignment: maybe(fc.integer({ min: 1, max: 5 })),
            first_due: maybe(day),
            slips: maybe(fc.integer({ min: 0, max: 9 })),
            standing: itemStanding,
          })
          .map(({ standing, needs, ...item }) => ({
            ...item,
            needs: needs.filter((needed) => needed !== item.team),
            ...standing,
          })),
      ),
      playbook: times(2, (i) =>
        fc.record({
          key: fc.constant(i === 0 ? 'off' : `page-${i}`),
          name: words.map((text) => `Page ${i} ${text}`),
          purpose: title,
          inputs: fc.uniqueArray(title, { maxLength: 2 }),
          agenda: fc.uniqueArray(title, { minLength: 1, maxLength: 3 }),
          outputs: fc.uniqueArray(title, { maxLength: 2 }),
          roles: fc.constantFrom([], ['Lead: keeps the time', '- no: list']),
          timing: maybe(title),
          questions: fc.uniqueArray(title, { maxLength: 2 }),
          sources: fc.constantFrom([], ['slips', 'deferred'], ['look-again']),
        }),
      ),
      accounts: times(3, (i) =>
        fc.record({
          key: fc.constant(i === 0 ? 'null' : `account-${i}`),
          name: title.map((text) => `${Array.from(text).slice(0, 60).join('')} ${i}`),
          cool_down: maybe(fc.constantFrom('P0D', 'P030D', 'P999D')),
        }),
      ),
      cadences: times(2, (i) =>
        fc.record({
          key: fc.constant(`cadence-${i}`),
          ritual: fc.constantFrom('okr-check-in', 'digest', 'roadmap-review'),
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
  })
  .chain((company) => {
    const intents = company.strategy?.intents ?? [];
    const lines = intents.flatMap(({ key, initiatives }) => [key, ...initiatives.map((it) => it.key)]);
    // Everything may hang from a line; an objective that supports another one hangs from that.
    const anyOf = (keys: readonly string[]) =>
      keys.length === 0 ? fc.constant(undefined) : maybe(fc.constantFrom(...keys));
    const line = anyOf(lines);
    const ofRocks = fc.tuple(...company.rocks.map(() => line));
    const ofObjectives = fc.tuple(...company.objectives.map(() => line));
    const ofItems = fc.tuple(
      ...company.roadmap.map(() =>
        fc.record({
          supports: anyOf([...lines, ...company.objectives.map(({ key }) => key)]),
          rock: anyOf(company.rocks.map(({ key }) => key)),
        }),
      ),
    );
    return fc.tuple(ofRocks, ofObjectives, ofItems).map(([rocks, objectives, items]) => ({
      ...company,
      roadmap: company.roadmap.map((item, i) => ({ ...item, ...items[i] })),
      rocks: company.rocks.map((rock, i) => ({ ...rock, supports: rocks[i] })),
      objectives: company.objectives.map((it, i) => ({ ...it, supports: it.supports ?? objectives[i] })),
    }));
  });
