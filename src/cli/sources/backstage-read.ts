import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { isMap } from '../../platform/file/entries.ts';
import type { Path } from '../../platform/file/finding.ts';
import { readText } from '../cairn-file/text.ts';
import type { Problem } from '../cairn-file/yaml.ts';
import { plainValue } from '../cairn-file/yaml-value.ts';

/** One entity of a Backstage catalog, with the line of each of its parts. */
export type Entity = {
  file: string;
  kind: string;
  namespace: string;
  name: string;
  metadata: Record<string, unknown>;
  spec: Record<string, unknown>;
  lineOf(path: Path): number;
};

export type BackstageFiles = {
  entities: Entity[];
  problems: (Problem & { file: string })[];
  skeletons: string[];
};

const isOfBackstage = /^\s*["']?apiVersion["']?:\s*["']?backstage\.io\//m;
/** What the scaffolder fills in, and what stands in such a file until then is no entity. */
const isSkeleton = /\$\{\{|\{%/;

/** Whether a text has an entity of a Backstage catalog in it. */
export function looksLikeBackstage(text: string): boolean {
  return isOfBackstage.test(text);
}

/** Reads one file, or every YAML file below a folder that has entities in it. */
export async function readBackstage(path: string): Promise<Result<BackstageFiles>> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const files = isFolder ? await yamlFilesBelow(path) : [path];
  const read: BackstageFiles = { entities: [], problems: [], skeletons: [] };
  for (const file of files) {
    const text = await readText(file);
    if (!text.ok) {
      if (!isFolder) return text;
      continue;
    }
    if (!looksLikeBackstage(text.value)) continue;
    const shownAs = isFolder ? join(path, relative(path, file)) : file;
    if (isFolder && isSkeleton.test(text.value)) read.skeletons.push(shownAs);
    else readInto(read, shownAs, text.value);
  }
  const isEmpty = read.entities.length + read.problems.length === 0;
  if (!isEmpty) return accepted(read);
  const where = isFolder ? `below the folder ${path}` : `in ${path}`;
  return refused('no-entity', `There is no entity of Backstage (apiVersion: backstage.io/…) ${where}.`);
}

async function yamlFilesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await yamlFilesBelow(path)));
    else if (entry.isFile() && /\.ya?ml$/i.test(entry.name)) files.push(path);
  }
  return files;
}

function readInto(read: BackstageFiles, file: string, text: string): void {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  for (const document of Array.isArray(parsed) ? parsed : []) {
    if (document.errors.length > 0) {
      for (const { pos, message } of document.errors)
        read.problems.push({ file, line: lineAt(pos[0]), words: `YAML: ${message.split('\n')[0]}` });
      continue;
    }
    const { value, findings, offsetAt } = plainValue(document);
    for (const finding of findings)
      read.problems.push({
        file,
        line: lineAt(finding.offset ?? offsetAt(finding.path)),
        words: finding.words,
      });
    if (!isMap(value) || !String(value['apiVersion']).startsWith('backstage.io/')) continue;
    const lineOf = (path: Path): number => lineAt(offsetAt(path));
    const metadata = isMap(value['metadata']) ? value['metadata'] : {};
    const { kind } = value;
    const { name, namespace = 'default' } = metadata;
    if (typeof kind !== 'string' || typeof name !== 'string') {
      const words = 'an entity has a kind, and a name in its metadata; add them';
      read.problems.push({ file, line: lineOf([]), words });
      continue;
    }
    const spec = isMap(value['spec']) ? value['spec'] : {};
    read.entities.push({ file, kind, namespace: String(namespace), name, metadata, spec, lineOf });
  }
}
