import { expect, it } from 'vitest';
import { idInput } from '../../../src/platform/slack/ids.ts';

it('takes an id from a button, and nothing else', () => {
  expect(idInput.parse('42')).toBe(42);
  for (const value of ['', 'three', '-1', '1.5', '1e3', ' 1', '1 or 1=1', '7; drop', '9'.repeat(16)])
    expect(idInput.safeParse(value).success).toBe(false);
});
