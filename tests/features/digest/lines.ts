import fc from 'fast-check';
import { type Line, type Section, sections } from '../../../src/features/digest/core/digest.ts';

const counted = [
  'intent',
  'handoff',
  'decision-made',
  'roadmap-change',
  'at-risk',
  'critical-gap',
  'team-over',
  'decision-overdue',
  'action-overdue',
] as const;

/** A line with what a test cares about. */
export function line(given: Partial<Line> & { key: string }): Line {
  return {
    section: 'risk',
    counted: 'at-risk',
    weight: 50,
    opens: { kind: 'key-result', id: 1 },
    mark: '',
    title: given.key,
    facts: [],
    said: null,
    owner: null,
    ...given,
  };
}

const text = fc.oneof(
  fc.string({ maxLength: 600, unit: 'binary' }),
  fc.constantFrom('&'.repeat(400), '<!channel> *bold* `code`', '\n\n> quote\n'.repeat(30)),
);

/** Any lines, each with a key of its own. */
export const anyLines: fc.Arbitrary<Line[]> = fc
  .array(
    fc.record({
      section: fc.constantFrom<Section>(...sections),
      counted: fc.constantFrom(...counted),
      weight: fc.double({ min: 0, max: 130, noNaN: true }),
      title: text.map((it) => `T${it}`),
      facts: fc.array(text, { maxLength: 5 }),
      said: fc.option(
        fc.record({ words: text, by: fc.record({ id: fc.nat(), slackId: fc.constant(null), name: text }) }),
      ),
    }),
    { maxLength: 60 },
  )
  .map((lines) => lines.map((given, at) => line({ ...given, key: `risk-${at}` })));
