import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startCairn, type TestCairn } from '../support/cairn.ts';
import { smallWorkspace } from '../support/fake-slack/server.ts';
import { workbookParts, zipOf, zipOfPacked } from '../support/spreadsheet.ts';

const left = { id: 'U0LEFT', name: 'lev', real_name: 'Lev Gone', deleted: true };
const dee = { id: 'U0DEE', name: 'dee', real_name: 'Dee Ray', email: 'dee@test.example', is_admin: true };
const seed = { ...smallWorkspace, users: [...smallWorkspace.users, left, dee] };
const megabyte = 1024 * 1024;

let cairn: TestCairn;
beforeAll(async () => {
  cairn = await startCairn({ company: 'version: 1\n', fake: { seed } });
});
afterAll(async () => {
  await cairn.close();
});
afterEach(async () => {
  await cairn.slack.faults.clear();
});
const shown = async (person = 'chi') => JSON.stringify((await cairn.as(person).modal()) ?? null);
const sees = (person = 'chi') => expect.poll(async () => await shown(person), { timeout: 9_000 });
async function said(person: string): Promise<string | undefined> {
  return (await cairn.as(person).ephemerals('dm')).at(-1)?.text;
}
async function begin(person = 'chi') {
  if ((await cairn.as(person).modal()) !== undefined) await cairn.as(person).close({ all: true });
  await cairn.as(person).command('/cairn import rocks');
  await cairn.as(person).press('Bring in rocks');
  await sees(person).toContain('Read it');
}
async function send(name: string, bytes: Uint8Array<ArrayBuffer> | string) {
  await begin();
  const file = await cairn.as('chi').attach(name, bytes);
  return await cairn.as('chi').submit({ file: [file] });
}
async function preview(person: string, pasted: string) {
  await begin(person);
  await cairn.as(person).submit({ pasted });
  await sees(person).toContain('Which column holds what?');
  await cairn.as(person).submit({});
  await sees(person).toContain('Bring them in');
}
async function rocks(): Promise<string[]> {
  const rows = await cairn.db.selectFrom('rocks').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

describe('a sheet that cannot be read says what to do instead, and can be sent again at once', () => {
  it('nothing at all', async () => {
    await begin();
    expect(await cairn.as('chi').submit({})).toMatchObject({
      errors: { file: 'Attach a file, or paste cells with their headings below.' },
    });
  });

  it('fifty megabytes', async () => {
    await send('rocks.csv', new Uint8Array(50 * megabyte).fill(65));
    await sees().toContain(
      '*Not read:* That file has 50 MB, and I read 10 MB at most. Save the sheet with the rows alone, as CSV, and attach that.',
    );
    expect(await shown()).toContain('"Read it"');
  });

  it('one that Slack does not give out, and gives the next time', async () => {
    await cairn.slack.faults.add({ kind: 'server-error', method: 'download', times: 1 });
    await send('rocks.csv', 'Rock,Owner\nPayments,ana@test.example\n');
    await sees().toContain(
      '*Not read:* Slack does not give me that file right now. Attach it again in a minute, or paste the cells instead.',
    );
    expect(await shown()).toContain('"Read it"');
    await send('rocks.csv', 'Rock,Owner\nPayments,ana@test.example\n');
    await sees().toContain('Which column holds what?');
  });

  it('one that comes slowly: meanwhile the modal says that it is being read', async () => {
    await cairn.slack.faults.add({ kind: 'slow', method: 'download', ms: 1_000, times: 1 });
    await send('rocks.csv', 'Rock,Owner\nPayments,ana@test.example\n');
    await sees().toContain('Reading it …');
    await sees().toContain('Which column holds what?');
  });

  it('a workbook that unpacks to more than it says', async () => {
    const packed = deflateRawSync(Buffer.alloc(200 * megabyte, ' '));
    const parts = zipOfPacked([
      { name: 'xl/workbook.xml', packed, size: 100, crc: 0 },
      { name: '[Content_Types].xml', packed: deflateRawSync('<a/>'), size: 4, crc: 0 },
    ]);
    await send('bomb.xlsx', new Uint8Array(parts));
    await sees().toContain(
      '*Not read:* That file unpacks to more than 100 MB, or far more than it holds; I stopped there. Save the one worksheet as CSV and send that.',
    );
  });

  it('a sheet without headings', async () => {
    await send('rocks.csv', 'ana@test.example\n');
    await sees().toContain(
      '*Not read:* I found no row with headings. Put a heading above each column, such as Rock and Owner, and send it again.',
    );
  });

  it('numbers alone', async () => {
    await send('rocks.csv', '1;2\n3;4\n5;6\n');
    await sees().toContain(
      '*Not read:* I found no row with headings. Put a heading above each column, such as Rock and Owner, and send it again.',
    );
  });

  it('another type of file', async () => {
    await send('rocks.csv', '%PDF-1.7 and so on');
    await sees().toContain(
      '*Not read:* That is a PDF. Send the spreadsheet that it was made from, as XLSX or CSV.',
    );
  });

  it('a workbook without a row', async () => {
    const xml =
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>';
    await send('empty.xlsx', new Uint8Array(zipOf(workbookParts([{ name: 'Rocks', xml }]))));
    await sees().toContain('*Not read:* There is nothing in that sheet.');
  });
});

describe('files that Slack does not give', () => {
  it('the scope was taken away: the field is left out, and cells can be pasted', async () => {
    await cairn.slack.scopes('files:read', false);
    await begin();
    expect(await shown('chi')).not.toContain('file_input');
    await sees().toContain('I may not read files in this workspace');
    await cairn.slack.scopes('files:read', true);
    await begin();
    expect(await shown('chi')).toContain('file_input');
  });
});

describe('who may not', () => {
  it('somebody who is no admin', async () => {
    await cairn.as('ana').command('/cairn import');
    expect(await said('ana')).toBe(
      'Setting Cairn up concerns everybody, so admins do it: those of Slack, and whom they name. Ask one of them.',
    );
  });

  it('an admin who was deactivated in the middle', async () => {
    await preview('dee', 'Rock\nNight trains\n');
    await cairn.db
      .updateTable('people')
      .set({ deactivated_at: '2026-11-20T11:00:00Z' })
      .where('slack_id', '=', 'U0DEE')
      .execute();
    await cairn.as('dee').submit({});
    await sees('dee').toContain('Your Slack account is deactivated, so I cannot do this for you.');
    expect(await rocks()).not.toContain('Night trains');
    await cairn.db
      .updateTable('people')
      .set({ deactivated_at: null })
      .where('slack_id', '=', 'U0DEE')
      .execute();
  });
});

describe('what is not there', () => {
  it('an owner who left, and a channel that I cannot see', async () => {
    await preview('chi', 'Rock\tOwner\tChannel\nLedger\tLev Gone\t#secret-plans\n');
    expect(await shown()).toContain('nobody owns it: Lev Gone left Slack in November 2026');
    expect(await shown()).toContain(
      '#secret-plans is private and I am not in it, or it is not there, so the rock has no channel',
    );
  });

  it('an import whose time is over', async () => {
    await preview('chi', 'Rock\nBridges\n');
    await cairn.db
      .updateTable('imports')
      .set({ state: 'discarded', sheet: null })
      .where('state', '=', 'open')
      .execute();
    await cairn.as('chi').submit({});
    await sees().toContain('That import is not there any more. Begin again with the sheet.');
  });

  it('of two admins with a preview, the second sees the new one with words', async () => {
    await preview('chi', 'Rock\tOwner\nFerries\tana@test.example\n');
    await preview('dee', 'Rock\tOwner\nFerries\tana@test.example\nHarbours\tana@test.example\n');
    await cairn.as('chi').submit({});
    await sees('chi').toContain('Brought in');
    await cairn.as('dee').submit({});
    await sees('dee').toContain('The register has changed since you looked at this. Here it is again.');
    expect(await shown('dee')).toContain('1 to add, 1 as they are');
    await cairn.as('dee').submit({});
    await sees('dee').toContain('*Brought in:* 1 added, 0 changed.');
    expect((await rocks()).filter((name) => /Ferries|Harbours/.test(name))).toEqual(['Ferries', 'Harbours']);
  });
});
