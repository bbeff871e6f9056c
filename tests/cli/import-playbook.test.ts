import { describe, expect, test } from 'vitest';
import type { Actor } from '../../src/features/people/core/person.ts';
import { changePage, stampOfPage } from '../../src/features/playbook/edit-operations.ts';
import { findPage, ownPages } from '../../src/features/playbook/operations.ts';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { insertActor, listEvents } from '../support/builders.ts';
import { cairn } from './cairn.ts';
import { importing } from './company.ts';

const { db, url, importOk, importAny } = importing();
const { id: workspaceId } = playgroundWorkspace;

const company = `version: 1

playbook:
  - key: pricing-review
    name: Pricing review
    purpose: To agree on prices once a month.
    inputs: ["Ana: what competitors ask", Sales]
    agenda: [What moved, What we decide]
    outputs: [A decision]
    roles: ["Lead: keeps the time"]
    timing: Once a month
    questions: [What did customers say?]
    sources: [deferred, slips]

  - key: retro
    name: Retro
    purpose: To learn.
    agenda: [What went well]

cadences:
  - key: monthly
    ritual: pricing-review
    channel: "#checkout"
    schedule: first Monday of the month at 9:00
    timezone: Europe/Berlin
`;

const exported = async (): Promise<string> => {
  const { out } = await cairn(['export'], { DATABASE_URL: url() });
  return `${out.join('\n')}\n`;
};

describe('the playbook of a file', () => {
  test('comes into the workspace, is exported as it was, and changes nothing the second time', async () => {
    expect(await importOk(company)).toContain('playbook: 2 added, 0 changed, 0 unchanged');
    expect(await exported()).toBe(company);
    const out = await importOk(company);
    expect(out).toContain('playbook: 0 added, 0 changed, 2 unchanged');
    expect(out).toContain('cadences: 0 added, 0 changed, 1 unchanged');
    expect((await ownPages(db(), workspaceId)).map(({ key }) => key)).toEqual(['pricing-review', 'retro']);
  });

  test('is followed where it changes, as an operator’s event; what it leaves out stays', async () => {
    await importOk(company);
    const page = company.slice(0, company.indexOf('  - key: retro')).replace('Once a month', 'Twice a year');
    const dry = await importOk(page, ['--dry-run']);
    expect(dry).toContain('~ playbook.pricing-review timing: Once a month → Twice a year');
    expect(await importOk(page)).toContain('playbook: 0 added, 1 changed, 0 unchanged');
    expect((await listEvents(db(), workspaceId)).filter(({ type }) => type.startsWith('playbook'))).toEqual([
      expect.objectContaining({ type: 'playbook-page.created', actorId: null }),
      expect.objectContaining({ type: 'playbook-page.created', actorId: null }),
      expect.objectContaining({
        type: 'playbook-page.changed',
        before: { timing: 'Once a month' },
        after: { timing: 'Twice a year' },
      }),
    ]);
    expect(await ownPages(db(), workspaceId)).toHaveLength(2);
  });

  test('a cadence holds a page that the workspace has, though the file does not', async () => {
    await importOk(company);
    const cadence = `version: 1\ncadences:\n  - { key: r, ritual: retro, channel: "#x", schedule: every Monday }\n`;
    expect(await importOk(cadence)).toContain('cadences: 1 added, 0 changed, 0 unchanged');
  });

  test('a name of a page that the workspace has is refused', async () => {
    await importOk(company);
    const other = `version: 1\nplaybook: [{ key: other, name: retros, purpose: To learn, agenda: [What] }]\n`;
    expect((await importAny(other)).err).toContain(
      'company.yaml:2: playbook[0].name: the page "Retro" is called so already; choose another',
    );
  });

  test('what people changed in Slack stays, is named, and goes with --overwrite', async () => {
    await importOk(company);
    const actor: Actor = { ...(await insertActor(db(), workspaceId, { name: 'Uma' })), isAdmin: true };
    const page = await findPage(db(), workspaceId, 'retro');
    if (page === undefined) throw new Error('the page is not there');
    const { id: _id, key: _key, ...words } = page;
    const stamp = stampOfPage(page);
    await changePage(db(), workspaceId, actor, 'retro', { words: { ...words, agenda: ['Ours'] }, stamp });
    const file = company.replace('To learn.', 'To learn from it.');
    expect(await importOk(file)).toContain(
      'Stays as people made it in Slack: playbook.retro agenda. --overwrite takes what the file says.',
    );
    expect(await findPage(db(), workspaceId, 'retro')).toMatchObject({
      purpose: 'To learn from it.',
      agenda: ['Ours'],
    });
    await importOk(file, ['--overwrite']);
    expect(await findPage(db(), workspaceId, 'retro')).toMatchObject({ agenda: ['What went well'] });
  });

  test('the history names a page by its key', async () => {
    await importOk(company);
    const { out } = await cairn(['export', '--history'], { DATABASE_URL: url() });
    expect(out.join('\n')).toContain('"subject":{"kind":"playbook-page","key":"retro"}');
  });
});
