import { describe, test } from 'vitest';
import { type Case, checkRefusals } from './refusal-check.ts';

const { expectRefusal } = checkRefusals();

describe('cycles, objectives and key results', () => {
  test.each<Case>([
    [
      'days that do not exist, and cycles that end before they start',
      'version: 1\ncycles:\n  - { key: a, starts: 2026-02-30, ends: 2026-12-31 }\n  - { key: b, starts: 2026-10-01, ends: 2026-09-30 }\n  - { key: c, starts: soon, ends: 0000-01-01 }\n  - { key: current, starts: 2026-10-01, ends: 2026-10-31 }\n',
      [
        '3: cycles[0].starts: "2026-02-30" does not exist; look at a calendar',
        '4: cycles[1].ends: 2026-09-30 is before the cycle starts (2026-10-01); mend one of them',
        '5: cycles[2].starts: "soon" is not a date; write it as 2026-10-01',
        '5: cycles[2].ends: "0000-01-01" does not exist; look at a calendar',
        '6: cycles[3].key: "current" means the cycle of the day; choose another key',
      ],
    ],
    [
      'references to nothing',
      'version: 1\nobjectives:\n  - { key: a, title: A, cycle: 2026-Q2, owner: pai, reviewer: slo, team: x, needs: [y], supports: present-gaol }\n',
      [
        '3: objectives[0].cycle: there is no cycle "2026-Q2"; did you mean "2026-Q3"?',
        '3: objectives[0].owner: nobody is called "pai"; did you mean "pia"?',
        '3: objectives[0].reviewer: nobody is called "slo"; did you mean "sol"?',
        '3: objectives[0].team: there is no team "x"; add it under teams',
        '3: objectives[0].needs[0]: there is no team "y"; add it under teams',
        '3: objectives[0].supports: there is no objective, initiative or intent "present-gaol"; did you mean "present-goal"?',
      ],
    ],
    [
      'an objective that supports itself, also through others and through the workspace',
      'version: 1\nobjectives:\n  - { key: a, title: A, cycle: 2026-Q3, supports: a }\n  - { key: b, title: B, cycle: 2026-Q3, supports: c }\n  - { key: c, title: C, cycle: 2026-Q3, supports: d }\n  - { key: d, title: D, cycle: 2026-Q3, supports: b }\n',
      [
        '3: objectives[0].supports: This would make A support itself.',
        '4: objectives[1].supports: This would make B support itself, through C and D.',
      ],
    ],
    [
      'an objective that supports itself through three others',
      `version: 1
objectives:
  - { key: checkout, title: Checkout that just works, cycle: 2026-Q3, supports: a }
  - { key: a, title: A, cycle: 2026-Q3, supports: b }
  - { key: b, title: B, cycle: 2026-Q3, supports: c }
  - { key: c, title: C, cycle: 2026-Q3, supports: checkout }
`,
      [
        '3: objectives[0].supports: This would make Checkout that just works support itself, through A, B and C.',
      ],
    ],
    [
      'cycles in themselves and in nothing, states that there are not, and who may see what',
      `version: 1
people: { ana: { email: ana@x.example } }
cycles:
  - { key: "2026", starts: 2026-01-01, ends: 2026-12-31, state: open, parent: 2026-Q4 }
  - { key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31, parent: "2026" }
  - { key: 2027-Q1, starts: 2027-01-01, ends: 2027-03-31, parent: "2027" }
objectives:
  - { key: a, title: A, cycle: 2026-Q3, visibility: team }
  - { key: b, title: B, cycle: 2026-Q3, visibility: [anna] }
  - { key: c, title: C, cycle: 2026-Q3, visibility: secret, state: over, key_results: [{ key: k, title: K, start: 1, target: 2, due: soon }] }
`,
      [
        '4: cycles[0].state: "open" is not known here; use one of draft, active, grading, closed',
        '4: cycles[0].parent: "2026" would lie in itself; name the longer cycle that it lies in, or leave `parent` out',
        '5: cycles[1].parent: "2026-Q4" would lie in itself; name the longer cycle that it lies in, or leave `parent` out',
        '6: cycles[2].parent: there is no cycle "2027"; did you mean "2026"?',
        '8: objectives[0].visibility: is team, and the objective has none; add "team: …"',
        '9: objectives[1].visibility[0]: nobody is called "anna"; did you mean "ana"?',
        '10: objectives[2].visibility: "secret" is none of workspace, team or a list of people; write workspace',
        '10: objectives[2].state: "over" is not known here; use one of active, done, carried, dropped',
        '10: objectives[2].key_results[0].due: "soon" is not a date; write it as 2026-10-01',
      ],
    ],
    [
      'missing and repeated keys',
      'version: 1\nobjectives:\n  - { key: a, cycle: 2026-Q3, key_results: [{ key: k, title: K, start: 1, target: 2 }] }\n  - { key: a, title: A, cycle: 2026-Q3, key_results: [{ key: k, title: K, start: 1, target: 2 }, { title: K, start: 1, target: 2 }] }\n',
      [
        '3: objectives[0].title: is missing; add "title: …"',
        '4: objectives[1].key: "a" is a key of this file already; give this entry another',
        '4: objectives[1].key_results[0].key: "k" is a key of this file already; give this entry another',
        '4: objectives[1].key_results[1].key: is missing; add "key: …"',
      ],
    ],
    [
      'measures that do not fit together',
      `version: 1
objectives:
  - key: a
    title: A
    cycle: 2026-Q3
    key_results:
      - { key: k1, title: K, start: 3, target: 3 }
      - { key: k2, title: K, start: baseline, target: 3 }
      - { key: k3, title: K, start: 1, target: 3, direction: down }
      - { key: k4, title: K, target: 3 }
      - { key: k5, title: K, start: 3 }
      - { key: k6, title: K, start: basline, target: three, current: .nan }
      - { key: k7, title: K, start: 1, target: 2, owner: pia, backup: pia }
      - { key: k8, title: K, type: percentage, commitment: hoped, direction: sideways }
      - { key: k9, title: K, type: milestone, direction: down }
`,
      [
        '7: objectives[0].key_results[0].target: The target equals the start. To keep a value where it is, choose Maintain.',
        '8: objectives[0].key_results[1].direction: is missing, and a baseline does not tell it; add "direction: up", down or maintain',
        '9: objectives[0].key_results[2].direction: is down, and from 1 to 3 is up; mend one of the three',
        '10: objectives[0].key_results[3].start: is missing; add "start: …", or "start: baseline" where the first value is to be found',
        '11: objectives[0].key_results[4].target: is missing; add "target: …"',
        '12: objectives[0].key_results[5].start: "basline" is not a start; write a number, or baseline where the first value is to be found',
        '12: objectives[0].key_results[5].target: must be a number, not the text "three"; write digits alone, such as 4.2',
        '12: objectives[0].key_results[5].current: must be a number, not NaN; write digits alone, such as 4.2',
        '13: objectives[0].key_results[6].backup: "pia" is the owner, who cannot stand in for themself; name somebody else',
        '14: objectives[0].key_results[7].type: "percentage" is none of number, percent, currency, milestone; did you mean "percent"?',
        '14: objectives[0].key_results[7].commitment: "hoped" is not known here; use one of committed, aspirational',
        '14: objectives[0].key_results[7].direction: "sideways" is not known here; use one of up, down, maintain',
        '15: objectives[0].key_results[8].direction: is down, and from 0 to 1 is up; mend one of the three',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});

describe('cadences', () => {
  const cadence = (fields: string): string =>
    `version: 1\ncadences:\n  - { key: w, ritual: okr-check-in, channel: "#x", schedule: "0 9 * * MON", ${fields} }\n`;

  test.each<Case>([
    [
      'schedules that cannot be read or never come',
      'version: 1\ncadences:\n  - { key: a, ritual: okr-check-in, channel: "#x", schedule: weekly }\n  - { key: b, ritual: okr-check-in, channel: "#x", schedule: "0 9 * * XYZ" }\n  - { key: c, ritual: okr-check-in, channel: "#x", schedule: "0 9 30 2 *" }\n  - { key: c, ritual: okr-chekin, schedule: "0 9 * * 1" }\n',
      [
        '3: cadences[0].schedule: a schedule of weeks needs a weekday; write it like "every week on Monday at 9:00"',
        '4: cadences[1].schedule: "XYZ" is not a weekday (0 to 7); write it like "0 9 * * MON", Mondays at nine',
        '5: cadences[2].schedule: "0 9 30 2 *" never comes; name a day that exists',
        '6: cadences[3].channel: is missing; add "channel: …"',
        '6: cadences[3].key: "c" is a key of this file already; give this entry another',
        '6: cadences[3].ritual: "okr-chekin" is not a ritual; did you mean "okr-check-in"?',
      ],
    ],
    [
      'an unknown zone',
      cadence('timezone: Europe/Berln'),
      ['3: cadences[0].timezone: "Europe/Berln" is not a time zone; did you mean "Europe/Berlin"?'],
    ],
    [
      'an offset as a zone',
      cadence('timezone: "+02:00"'),
      ['3: cadences[0].timezone: "+02:00" is not a time zone; use a name such as Europe/Berlin'],
    ],
    [
      'lengths of time that mix days and hours, or are none',
      cadence('nudge_after: P1DT2H, close_after: two days, catch_up: PT'),
      [
        '3: cadences[0].nudge_after: "P1DT2H" mixes days, which are working days, with plain time; write working days as P2D or plain time as PT12H',
        '3: cadences[0].close_after: "two days" is not a length of time; write working days as P2D or plain time as PT12H',
        '3: cadences[0].catch_up: "PT" is not a length of time; write working days as P2D or plain time as PT12H',
      ],
    ],
    [
      'unknown teams, cycles and states',
      cadence('teams: [present-tema], cycle: 2026-Q1, state: ended'),
      [
        '3: cadences[0].teams[0]: there is no team "present-tema"; did you mean "present-team"?',
        '3: cadences[0].cycle: there is no cycle "2026-Q1"; did you mean "2026-Q3"?',
        '3: cadences[0].state: "ended" is not known here; use one of active, paused',
      ],
    ],
  ])('%s', async (_does, text, lines) => expectRefusal(text, lines));
});
