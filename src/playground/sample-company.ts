import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { readYaml } from '../cli/cairn-file/yaml.ts';
import { importFile } from '../cli/import.ts';
import type { Database } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';
import type { Company } from './fake-slack/state/workspace.ts';

const files: Record<Company, URL> = {
  sample: new URL('./sample/company.yaml', import.meta.url),
  empty: new URL('./sample/empty.yaml', import.meta.url),
};

/**
 * Every playground begins on the Friday before a check-in, whenever it is started: in the middle of the sample's
 * cycle, so that "Monday 09:00" shows the same Monday to everybody.
 */
const timezone = 'Europe/Berlin';
const beginning = Temporal.PlainDateTime.from('2026-11-20T15:00').toZonedDateTime(timezone).toInstant();

/** Whether the playground's workspace is there already: what somebody has changed or imported is left alone. */
export async function hasCompany(db: Database): Promise<boolean> {
  const workspace = await db
    .selectFrom('workspaces')
    .select('id')
    .where('id', '=', playgroundWorkspace.id)
    .executeTakeFirst();
  return workspace !== undefined;
}

/**
 * Imports the company with which a playground begins, the way an operator would, where there is none yet; the empty one
 * is but a workspace.
 */
export async function seedCompany(db: Database, company: Company): Promise<void> {
  if (await hasCompany(db)) return;
  const yaml = readYaml(await readFile(fileURLToPath(files[company]), 'utf8'));
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
