import { sql } from 'kysely';
import type { Database } from '../src/platform/db/database.ts';
import { zipOf } from '../tests/support/spreadsheet.ts';

export const workspaceId = 'T0BENCH';
export const sheetRows = 20_000;
const people = 300;
const teams = 40;

const first =
  'Ana Ben Chloe David Elif Farid Greta Hugo Ines Jonas Kemal Lena Marta Nils Olga Pavel Rosa Sven Tariq Uma'.split(
    ' ',
  );
const last =
  'Adler Bauer Costa Demir Engel Ferro Garcia Hansen Ivanov Jensen Keller Lopez Moreau Novak Okafor'.split(
    ' ',
  );
const subjects =
  'customer price invoice support meeting renewal contract payment report export filter dashboard onboarding security access account approval budget pilot rollout training feedback integration migration ticket outage latency checkout refund currency discount licence roadmap workshop interview prototype survey upgrade mobile desktop search alert calendar reminder template partner supplier reseller warehouse delivery'.split(
    ' ',
  );
const parts =
  'editor import export history settings permissions limits templates notifications archive preview sharing comments rules schedule forecast audit sync backup summary'.split(
    ' ',
  );
const places = 'web mobile desktop Europe America Asia enterprise startups schools partners'.split(' ');
const ways = ['', 'for admins', 'for guests'];

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % from.length];
const personName = (n: number) => `${pick(first, n)} ${pick(last, Math.floor(n / first.length))}`;

/** Headings, then rocks with names such as a company has: "Invoice export on mobile for admins". */
export function companySheet(): string[][] {
  const rows = Array.from({ length: sheetRows }, (_, n) => {
    const [subject, part] = [pick(subjects, n), pick(parts, Math.floor(n / subjects.length))];
    const block = Math.floor(n / (subjects.length * parts.length));
    const place = pick(places, block);
    const way = pick(ways, Math.floor(block / places.length)) ?? '';
    return [
      `${subject} ${part} on ${place} ${way}`.trim(),
      personName((n * 7) % people),
      n % 3 === 0 ? personName((n * 11 + 1) % people) : '',
      `Team ${n % teams}`,
      n % 4 === 0 ? `${part} ${n}, ${subject} ${n}` : '',
      n % 5 === 0 ? `https://wiki.example/${n}` : '',
      `How ${subject} ${part} works on ${place}.`,
    ];
  });
  return [['Name', 'Owner', 'Backup', 'Team', 'Aliases', 'Link', 'Summary'], ...rows];
}

/** A workspace with its people and teams, but no rock. Gives the admin's id. */
export async function fillCompany(db: Database): Promise<number> {
  await sql`insert into workspaces (id, name, timezone) values (${workspaceId}, 'Bench', 'UTC')`.execute(db);
  const all = Array.from({ length: people }, (_, n) => ({ n, name: personName(n) }));
  await sql`insert into people (workspace_id, name, slack_id, email, is_admin)
    select ${workspaceId}, name, 'U0P' || n, lower(replace(name, ' ', '.')) || '@bench.example', n = 0
    from json_to_recordset(${JSON.stringify(all)}::json) as p (n int, name text)`.execute(db);
  await sql`insert into teams (workspace_id, key, name)
    select ${workspaceId}, 'team-' || n, 'Team ' || n from generate_series(0, ${teams - 1}::int) n`.execute(
    db,
  );
  const { rows } = await sql<{ id: number }>`select min(id) as id from people`.execute(db);
  return rows[0]?.id ?? 0;
}

export function asCsv(rows: readonly string[][]): Uint8Array {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return Buffer.from(rows.map((row) => row.map(cell).join(',')).join('\n'));
}

/** The plainest workbook that holds the rows: one sheet, each text in its cell. */
export function asXlsx(rows: readonly string[][]): Uint8Array {
  const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const cell = (text: string) => `<c t="inlineStr"><is><t>${safe(text)}</t></is></c>`;
  const body = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return zipOf({
    '_rels/.rels': `<Relationships xmlns="${packages}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Rocks" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${body}</sheetData></worksheet>`,
  });
}
