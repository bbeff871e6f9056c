import { describe, expect, test } from 'vitest';
import { countRows } from './cairn.ts';
import { company, importing } from './company.ts';

const { db, importOk } = importing();

describe('a dry run shows the difference', () => {
  test('what would come, with all that it has', async () => {
    const out = await importOk(company, ['--dry-run']);
    expect(out).toContain('+ people.ana: { email: ana@acme.example }');
    expect(out).toContain('+ teams.checkout: { name: Checkout, lead: ana, channel: "#checkout" }');
    expect(out).toContain('+ cycles.2026-Q4: { starts: 2026-10-01, ends: 2026-12-31 }');
    expect(out.find((line) => line.startsWith('+ rocks.payments: '))).toMatch(
      /^\+ rocks\.payments: \{ name: Payments, aliases: \[billing, psp\], owner: ana, .*…$/,
    );
    expect(out).toContain('rocks: 2 would be added, 0 would be changed, 0 unchanged');
    expect(out.at(-1)).toBe('Nothing was written: a dry run of company.yaml into Playground (T0CAIRN).');
  });

  test('what would change, field by field, before and after, and nothing else', async () => {
    await importOk(company);
    const rows = await countRows(db());
    const out = await importOk(
      company
        .replace('name: Payments', 'name: "Money: in"')
        .replace('aliases: [billing, psp]', 'aliases: [billing]')
        .replace('weight: 3', 'weight: 4')
        .replace('owner: ana\n    backups: [ben]', 'owner: ben')
        .replace('target: 2.0', 'target: 1.5')
        .replace('name: Checkout', 'name: "no"'),
      ['--dry-run', '--overwrite'],
    );
    expect(out).toEqual([
      '~ teams.checkout name: Checkout → "no"',
      '~ rocks.payments name: Payments → "Money: in"',
      '~ rocks.payments aliases: [billing, psp] → [billing]',
      '~ rocks.payments owner: ana → ben',
      '~ rocks.payments weight: 3 → 4',
      '~ rocks.payments backups: [ben] → none',
      '~ key_results.failed-rate target: 2 → 1.5',
      'people: 0 would be added, 0 would be changed, 2 unchanged',
      'teams: 0 would be added, 1 would be changed, 0 unchanged',
      'rocks: 0 would be added, 1 would be changed, 1 unchanged',
      'cycles: 0 would be added, 0 would be changed, 1 unchanged',
      'objectives: 0 would be added, 0 would be changed, 2 unchanged',
      'key results: 0 would be added, 1 would be changed, 2 unchanged',
      'cadences: 0 would be added, 0 would be changed, 1 unchanged',
      'Nothing was written: a dry run of company.yaml into Playground (T0CAIRN).',
    ]);
    expect(await countRows(db())).toBe(rows);
  });

  test('nothing, where the file says what is there', async () => {
    await importOk(company);
    const out = await importOk(company, ['--dry-run']);
    expect(out.filter((line) => /^[+~-] /.test(line))).toEqual([]);
  });

  test('at most 200 lines, and how many there are besides', async () => {
    const rocks = Array.from({ length: 250 }, (_, i) => `  - { key: r${i}, name: Rock ${i} }`);
    const out = await importOk(['version: 1', 'rocks:', ...rocks, ''].join('\n'), ['--dry-run']);
    expect(out.filter((line) => line.startsWith('+ '))).toHaveLength(200);
    expect(out[200]).toBe('… and 50 lines more');
    expect(out[201]).toBe('rocks: 250 would be added, 0 would be changed, 0 unchanged');
  });
});
