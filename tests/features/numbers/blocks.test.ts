import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failingBlocks } from '../../../src/features/numbers/blocks.ts';
import type { Source } from '../../../src/features/numbers/core/source.ts';
import {
  keysContent,
  kindModal,
  limits,
  placeModal,
  secretModal,
  tryingModal,
} from '../../../src/features/numbers/modal-blocks.ts';
import { notice } from '../../../src/platform/slack/modals.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { instant } from '../../support/builders.ts';

const now = instant('2026-11-26T09:00:00Z');
const words = (longest: number) =>
  fc.oneof(
    fc.string({ minLength: 1, maxLength: longest, unit: 'grapheme' }),
    fc.constantFrom('<!channel>', '*x*', '`', '&<>', 'x'.repeat(longest), '<'.repeat(longest)),
  );
const shown = fc.record({
  key: fc.stringMatching(/^[a-z0-9-]{1,60}$/),
  title: words(200),
  line: fc.option(words(1_000)),
});

describe('Slack takes', () => {
  it('every form, whatever stands in it', () => {
    fc.assert(
      fc.property(
        shown,
        fc.constantFrom(null, 'webhook', 'sql', 'json'),
        fc.boolean(),
        words(limits.query),
        words(limits.url),
        fc.array(fc.stringMatching(/^[A-Z_0-9]{1,60}$/), { minLength: 1, maxLength: 150 }),
        fc.option(words(500)),
        (about, kind, has, query, url, connections, problem) => {
          const [connection = 'A'] = connections;
          const sql = { place: { kind: 'sql', connection, query }, every: 'day' } as const;
          const json = { place: { kind: 'json', url, pointer: '/a' }, every: 'week' } as const;
          const modals = [
            kindModal(about, kind, has),
            placeModal(about, sql, connections, problem),
            placeModal(about, json, connections, problem),
            secretModal(about, 'x'.repeat(22)),
            tryingModal(),
          ];
          expect(modals.flatMap(modalProblems)).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('the form of SQL where no connection is there any more', () => {
    const about = { key: 'a', title: 'A' };
    const typed = { place: { kind: 'sql', connection: 'GONE', query: 'select 1' }, every: 'day' } as const;
    expect(modalProblems(placeModal(about, typed, []))).toEqual([]);
  });

  it('a secret with its example, which quotes nothing that a shell reads otherwise', () => {
    const content = keysContent({ token: 'x'.repeat(22), secret: 'f'.repeat(64) });
    expect(modalProblems(notice('Number from elsewhere', content))).toEqual([]);
    expect(JSON.stringify(content)).toContain('https://CAIRN/api/v1/metrics/xxxxxxxxxxxxxxxxxxxxxx');
  });

  it('what an owner is told, whatever the failure says', () => {
    fc.assert(
      fc.property(words(200), words(500), (title, failure) => {
        const source: Source = {
          kind: 'sql',
          connection: 'WAREHOUSE',
          createdAt: now,
          last: { value: 1, at: now },
          lastSuccessAt: now,
          failure,
          measure: { type: 'number', unit: '<!here>' },
        };
        expect(messageProblems(failingBlocks({ key: 'a', title }, source, now, 'UTC'))).toEqual([]);
      }),
    );
  });
});
