import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertChannel, insertPerson } from '../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { importText } from './cairn.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

const company = `
version: 1
people:
  ana: { email: ana@acme.example }
  dora: { email: dora@acme.example }
teams: [{ key: checkout, name: Checkout, lead: ana, channel: "#checkuot" }]
`;

test('an import says nothing of strangers while Slack’s directory was never read', async () => {
  await insertWorkspace(database.db, { id: 'T1', name: 'Acme' });
  const { out } = await importText(database.url, company);
  expect(out.join('\n')).not.toContain('Not found in Slack');
});

test('an import names whom and what Slack does not know, so that a slip of the pen is seen', async () => {
  await insertChannel(database.db, 'T1', 'checkout', 'C1');
  await insertPerson(database.db, 'T1', { slackId: 'U1', email: 'ben@acme.example' });
  const { out, status } = await importText(database.url, company);
  expect(status).toBe(0);
  expect(out.at(-2)).toBe(
    'Not found in Slack so far: #checkuot, ana, dora. Check the spelling; who appears later is matched then.',
  );
  expect(out.at(-1)).toBe('company.yaml is imported into Acme (T1).');
});
