import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { readYaml } from '../cli/cairn-file/yaml.ts';
import { importFile } from '../cli/import.ts';
import type { Database } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';

const companyFile = fileURLToPath(new URL('./sample/company.yaml', import.meta.url));

/**
 * Every playground begins on the Friday before a check-in, whenever it is started: in the middle of the sample's
 * cycle, so that "Monday 09:00" shows the same Monday to everybody.
 */
const timezone = 'Europe/Berlin';
const beginning = Temporal.PlainDateTime.from('2026-11-20T15:00').toZonedDateTime(timezone).toInstant();

/**
 * Imports the sample company, the way an operator would, unless the playground's workspace is there already:
 * what somebody has changed or imported by themselves is left alone.
 */
export async function seedSample(db: Database): Promise<void> {
  const workspace = await db
    .selectFrom('workspaces')
    .select('id')
    .where('id', '=', playgroundWorkspace.id)
    .executeTakeFirst();
  if (workspace !== undefined) return;
  const yaml = readYaml(await readFile(companyFile, 'utf8'));
  if (!yaml.ok) throw new Error('the sample company is not valid YAML');
  const outcome = await importFile(db, yaml.file, {
    workspace: { ...playgroundWorkspace, isNew: true },
    timezone,
    clockAt: beginning,
    dryRun: false,
    overwrite: false,
  });
  if (outcome.kind === 'refused') {
    const problems = outcome.findings.map((finding) => `${finding.path.join('.')}: ${finding.words}`);
    throw new Error(`the sample company was refused: ${problems.join('; ')}`);
  }
}
