import { describe, expect, it } from 'vitest';
import { readSettingsForm } from '../../../src/features/setup/input.ts';

const read = (values: Record<string, string | null>) =>
  readSettingsForm({ workspaceId: 'T1', slackUserId: 'U1', values, lists: {}, files: {}, metadata: '' });

describe('the form of /cairn setup', () => {
  it.each(['', '-1', '721', '24.5', 'a day', '1e2'])(
    'refuses %j hours, with what can be written',
    (typed) => {
      expect(read({ releaseAfterHours: typed }).releaseAfterHours).toMatchObject({
        words: 'Write whole hours from 0 to 720: 24 is a day, 720 are 30 days.',
      });
    },
  );

  it.each(['0', '24', ' 720 '])('takes %j hours', (typed) => {
    expect(read({ releaseAfterHours: typed }).releaseAfterHours).toEqual({ ok: true, value: Number(typed) });
  });

  it('needs to know how much is enough', () => {
    expect(read({ backpackLimit: ' ' }).backpackLimit).toMatchObject({
      words: expect.stringMatching(/^How much is enough\? Write a whole number from 1 to \d+\.$/),
    });
  });
});
