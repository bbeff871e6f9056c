import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readYaml } from '../cli/cairn-file/yaml.ts';
import { importFile } from '../cli/import.ts';
import type { Database } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';

const companyFile = fileURLToPath(new URL('./sample/company.yaml', import.meta.url));

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
    timezone: 'Europe/Berlin',
    dryRun: false,
    overwrite: false,
  });
  if (outcome.kind === 'refused') {
    const problems = outcome.findings.map((finding) => `${finding.path.join('.')}: ${finding.words}`);
    throw new Error(`the sample company was refused: ${problems.join('; ')}`);
  }
}
