import fc from 'fast-check';

/** How many take part: a lead, an admin, three more members and a guest; the last rock's place is pieces of work. */
export const people = 6;
export const rocks = 3;

/** One thing that somebody does; numbers name people and rocks by their place, whatever else a step needs follows. */
export type Step = {
  do: (typeof verbs)[number];
  /** Whether it is done by whoever is up to it, if there is somebody, and else by anybody. */
  isTheirs: boolean;
  by: number;
  rock: number;
  to: number;
  /** Of any use: how far the clock goes, how long a loan, whether a reason is given. */
  some: number;
};

/** What is usual stands here several times. */
const verbs = [
  ...(['offer', 'offer', 'offer', 'lend', 'lend', 'lend', 'assign', 'ask', 'ask', 'back', 'back'] as const),
  ...(['accept', 'accept', 'accept', 'accept', 'accept', 'accept', 'agree', 'agree', 'read'] as const),
  ...([
    'suggest',
    'suggest',
    'offer-again',
    'offer-again',
    'offer-again',
    'decline',
    'withdraw',
    'return',
    'work',
    'finish',
    'bulk',
  ] as const),
  ...([
    'take',
    'take',
    'set-down',
    'retire',
    'clock',
    'clock',
    'leave',
    'release',
    'come-back',
    'come-back',
  ] as const),
] as const;

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...verbs),
  isTheirs: fc.oneof(
    { weight: 4, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  by: fc.nat(people - 1),
  rock: fc.nat(rocks),
  to: fc.nat(people - 1),
  some: fc.nat(4),
});

/** The same button pressed twice, as by an impatient person or by Slack itself. */
const pressedTwice = step.map((one) => [one, one]);

/** A yes, and at the same moment something that takes away what it is said to. */
const crossing = fc
  .tuple(
    step,
    fc.constantFrom('withdraw', 'decline', 'suggest', 'offer', 'take', 'set-down', 'clock', 'return'),
  )
  .map(([one, other]): Step[] => [
    { ...one, do: 'accept', isTheirs: true },
    { ...one, do: other, isTheirs: true },
  ]);

/** What stands together in one list happens at once, on connections of different replicas. */
const turn = fc.oneof(
  { weight: 4, arbitrary: fc.array(step, { minLength: 1, maxLength: 3, size: 'max' }) },
  { weight: 1, arbitrary: pressedTwice },
  { weight: 1, arbitrary: crossing },
);

export const story = fc.array(turn, { minLength: 10, maxLength: 40, size: 'max' });

/** A plain Monday, a Friday night, and days on which clocks somewhere go forward or back. */
export const beginning = fc.constantFrom(
  '2026-10-05T09:00:00Z',
  '2026-10-09T22:30:00Z',
  '2026-10-25T00:30:00Z',
  '2027-03-14T06:45:00Z',
);
