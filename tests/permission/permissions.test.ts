import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { may, type Operation, permissions, roles } from '../../src/permission/permissions.ts';
import { permissionTable, withTable } from '../../src/permission/table.ts';

const operations = Object.keys(permissions) as Operation[];

describe('who may do what', () => {
  test('is the same in the README as in the code', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    expect(readme, 'run `npm run permissions`').toBe(withTable(readme));
    expect(permissionTable()).toContain('| set Cairn up |  |  |  |  | yes |');
    expect(permissionTable()).toContain('| edit a rock |  | yes | yes | yes | yes |');
    expect(permissionTable()).toContain('| look up a rock | yes | yes | yes | yes | yes |');
  });

  test.each(operations)('a guest may not %s', (operation) => {
    expect(may(operation, ['guest'])).toBe(false);
    expect(may(operation, [])).toBe(false);
  });

  test.each(operations)('somebody may %s', (operation) => {
    expect(may(operation, roles)).toBe(true);
  });

  test('a page without a place for the table is told apart', () => {
    expect(() => withTable('# Cairn')).toThrow('no place for the table');
  });
});
