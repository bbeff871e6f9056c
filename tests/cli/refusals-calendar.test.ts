import { describe, test } from 'vitest';
import { type Case, checkRefusals } from './refusal-check.ts';

const { expectRefusal } = checkRefusals();

const calendar = (fields: string): string => `version: 1\ncalendar: { ${fields} }\n`;

describe('the calendar', () => {
  test.each<Case>([
    [
      'a country that there is not',
      calendar('country: XX'),
      [
        '2: calendar.country: "XX" is no country whose holidays Cairn knows; write its two letters, such as DE',
      ],
    ],
    [
      'a country by its name, in small letters and with a slip',
      calendar('country: germny'),
      [
        '2: calendar.country: "germny" is no country whose holidays Cairn knows; did you mean "DE" (Germany)?',
      ],
    ],
    [
      'a country by a code that many use for it',
      calendar('country: UK'),
      [
        '2: calendar.country: "UK" is no country whose holidays Cairn knows; did you mean "GB" (United Kingdom)?',
      ],
    ],
    [
      'a state by its name',
      calendar('country: DE, state: Bayren'),
      ['2: calendar.state: "Bayren" is not a state of Germany; did you mean "BY" (Bayern)?'],
    ],
    [
      'a state of another country',
      calendar('country: NL, state: QQ'),
      ['2: calendar.state: "QQ" is not a state of Netherlands; write one of GR, NH, ZH'],
    ],
    [
      'a state of a country without',
      calendar('country: JP, state: TK'),
      ['2: calendar.state: Japan has no such parts with holidays of their own; leave it out'],
    ],
    [
      'a region that there is not',
      calendar('country: DE, state: BY, region: Z'),
      ['2: calendar.region: "Z" is not a region of Bayern; write one of A, EVANG, KATH'],
    ],
    [
      'a state and a region of nothing',
      calendar('state: BE, region: A'),
      [
        '2: calendar.state: is a part of no country; add "country: …"',
        '2: calendar.region: is a part of no country; add "country: …"',
      ],
    ],
    [
      'company days that do not exist, have no name, or are there twice',
      'version: 1\ncalendar:\n  company_days:\n    - { date: 2026-02-30, name: A }\n    - { date: 2026-12-24 }\n    - { date: 2026-12-24, name: B, nmae: C }\n',
      [
        '4: calendar.company_days[0].date: "2026-02-30" does not exist; look at a calendar',
        '5: calendar.company_days[1].name: is missing; add "name: …"',
        '6: calendar.company_days[2].date: "2026-12-24" is there twice; take one out',
        '6: calendar.company_days[2].nmae: is not known; did you mean "name"?',
      ],
    ],
    [
      'what is of the wrong kind',
      'version: 1\ncalendar: [DE]\n',
      ['2: calendar: must be a map, not a list; write "{ country: DE, state: BE }"'],
    ],
    [
      'company days of the wrong kind, and unknown keys',
      calendar('company_days: { date: 2026-12-24 }, county: DE'),
      [
        '2: calendar.company_days: must be a list, not a map; begin each entry with "- date: …"',
        '2: calendar.county: is not known; did you mean "country"?',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('working days and time away', () => {
  const ana = (fields: string): string => `version: 1\npeople:\n  ana: { slack: U01, ${fields} }\n`;
  test.each<Case>([
    [
      'days that are none, twice or no list',
      'version: 1\npeople:\n  ana: { slack: U01, working_days: [MON, THR] }\n  ben: { slack: U02, working_days: MON }\n  chi: { slack: U03, working_days: [] }\n  dan: { slack: U04, working_days: [MON, MON] }\n',
      [
        '3: people.ana.working_days[1]: "THR" is none of MON, TUE, WED, THU, FRI, SAT, SUN; did you mean "THU"?',
        '4: people.ben.working_days: must be a list, not the text "MON"; write it as [one, two]',
        '5: people.chi.working_days: is empty; name a day at least, or leave it out',
        '6: people.dan.working_days[1]: "MON" is there twice; take one out',
      ],
    ],
    [
      'absences that end before they begin',
      ana('away: [{ from: 2026-12-24, until: 2026-12-01 }]'),
      ['3: people.ana.away[0].until: 2026-12-01 is before the first day (2026-12-24); mend one of them'],
    ],
    [
      'absences without an end, or of the wrong kind',
      'version: 1\npeople:\n  ana: { slack: U01, away: [{ from: 2026-12-24 }] }\n  ben: { slack: U02, away: 2026-12-24 }\n',
      [
        '3: people.ana.away[0].until: is missing; add "until: …"',
        '4: people.ben.away: must be a list, not the text "2026-12-24"; begin each entry with "- from: …"',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('when cadences come', () => {
  const cadence = (fields: string): string =>
    `version: 1\ncycles: [{ key: far, starts: 2100-01-01, ends: 2100-01-03 }]\ncadences:\n  - { key: w, ritual: okr-check-in, channel: "#x", ${fields} }\n`;
  test.each<Case>([
    [
      'after the end of the cycle',
      cadence('schedule: every Monday, starts: 2100-01-01, cycle: far'),
      [
        '4: cadences[0].cycle: the first time it would come is 4 January 2100, after far ends on 3 January 2100; name a later cycle, or write current',
      ],
    ],
    [
      'moved out of the cycle by a day off',
      `${cadence('schedule: every Friday, starts: 2100-01-01, cycle: far, on_holiday: next')}calendar: { company_days: [{ date: 2100-01-01, name: Off }] }\n`,
      [
        '4: cadences[0].cycle: the first time it would come is 4 January 2100, after far ends on 3 January 2100; name a later cycle, or write current',
      ],
    ],
    [
      'in a cycle, of a ritual that has none',
      'version: 1\ncadences:\n  - key: audit\n    ritual: ownership-audit\n    channel: "#x"\n    schedule: every Monday\n    cycle: 2026-Q3\n',
      [
        '7: cadences[0].cycle: `ownership-audit` asks about rocks, which belong to no cycle; take "2026-Q3" out',
      ],
    ],
    [
      'in a cycle, of a ritual of the company that has none',
      'version: 1\nplaybook: [{ key: pricing, name: Pricing, purpose: To agree, agenda: [What moved] }]\ncadences:\n  - { key: a, ritual: pricing, channel: "#x", schedule: every Monday, cycle: 2026-Q3 }\n  - { key: b, ritual: digest, channel: "#x", schedule: every Monday, cycle: 2026-Q3 }\n',
      [
        '4: cadences[0].cycle: `pricing` belongs to no cycle; take "2026-Q3" out',
        '5: cadences[1].cycle: `digest` belongs to no cycle; take "2026-Q3" out',
      ],
    ],
    [
      'of rituals that neither Cairn nor the company has',
      'version: 1\nplaybook: [{ key: pricing, name: Pricing, purpose: To agree, agenda: [What moved] }]\ncadences:\n  - { key: a, ritual: pricng, channel: "#x", schedule: every Monday }\n  - { key: b, ritual: roadmap-reviw, channel: "#x", schedule: every Monday }\n  - { key: c, ritual: standup, channel: "#x", schedule: every Monday }\n',
      [
        '4: cadences[0].ritual: "pricng" is not a ritual; did you mean "pricing"?',
        '5: cadences[1].ritual: "roadmap-reviw" is not a ritual; did you mean "roadmap-review"?',
        '6: cadences[2].ritual: "standup" is not a ritual; use one of okr-check-in, okr-planning, okr-close, roadmap-review, strategy-review, ownership-audit, digest, readout, or add it under playbook',
      ],
    ],
    [
      'an interval of nothing, a weekday that is none, a first day that is none',
      'version: 1\ncadences:\n  - { key: a, ritual: okr-check-in, channel: "#x", schedule: every 0 weeks on Monday }\n  - { key: b, ritual: okr-check-in, channel: "#x", schedule: every Mondya at 9 }\n  - { key: c, ritual: okr-check-in, channel: "#x", schedule: every Monday, starts: Monday, on_holiday: nxt }\n',
      [
        '3: cadences[0].schedule: an interval of 0 weeks never comes round; write "every week" or "every 2 weeks"',
        '4: cadences[1].schedule: "Mondya" is not a weekday; did you mean "Monday"?',
        '5: cadences[2].starts: "Monday" is not a date; write it as 2026-10-01',
        '5: cadences[2].on_holiday: "nxt" is none of hold, skip, previous, next; did you mean "next"?',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});
