import { readFile, writeFile } from 'node:fs/promises';
import { withTable } from './table.ts';

/** `npm run permissions`: writes the table of who may do what into the README. */
const readme = new URL('../../README.md', import.meta.url);
await writeFile(readme, withTable(await readFile(readme, 'utf8')));
