import { expect, it } from 'vitest';
import { createLog } from '../../../src/platform/log.ts';
import { apologise } from '../../../src/platform/slack/boundary.ts';

function apology(error: unknown) {
  let said = '';
  const content = apologise(createLog('info', [], { write: (line) => (said += line) }), '/owner', error);
  return { content, line: JSON.parse(said) };
}

it('gives the person the reference that the log has beside the cause', () => {
  const { content, line } = apology(new Error('the database is on fire'));
  expect(line).toMatchObject({ level: 50, where: '/owner', err: { message: 'the database is on fire' } });
  expect(line.err.stack).toContain('boundary.test.ts');
  expect(line.reference).toMatch(/^[A-HJKMNP-Z2-9]{6}$/);
  expect(content.text).toContain(`*${line.reference}*`);
  expect(JSON.stringify(content.blocks)).toContain(`*${line.reference}*`);
});

it('tells the person nothing of the cause', () => {
  const { content } = apology(new Error('password authentication failed for user cairn'));
  expect(JSON.stringify(content)).not.toMatch(/password|authentication|Error/);
});

it('finds words for anything that is thrown', () => {
  for (const thrown of [undefined, null, 'a text', { code: 1 }]) {
    const { content, line } = apology(thrown);
    expect(content.text).toContain(line.reference);
  }
});

it('gives each failure a reference of its own', () => {
  const references = Array.from({ length: 50 }, () => apology(new Error('x')).line.reference);
  expect(new Set(references).size).toBe(50);
});
