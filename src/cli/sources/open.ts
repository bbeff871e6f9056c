import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Finding } from '../../platform/file/finding.ts';
import { pathWords } from '../../platform/file/finding.ts';
import type { ImportArguments } from '../arguments.ts';
import { readText } from '../cairn-file/text.ts';
import { readYaml } from '../cairn-file/yaml.ts';
import type { Parsed } from '../import.ts';
import { convertBackstage } from './backstage.ts';
import { looksLikeBackstage, readBackstage } from './backstage-read.ts';
import { convertCodeOwners } from './codeowners.ts';
import type { Foreign } from './foreign.ts';

/** A line about a file: where, and what is wrong there. */
export type FileProblem = { file: string; line: number; words: string };

/** What is imported: a cairn.yaml, or a file of another program that is turned into one. */
export type Source = {
  parsed: Parsed | Foreign;
  /** What the file leaves out stays as it is: other programs know a part of what a rock has. */
  isPartial: boolean;
  /** What is wrong, in the order of the files. */
  problemsOf(findings: readonly Finding[]): FileProblem[];
};
export type Opened = { kind: 'source'; source: Source } | { kind: 'problems'; problems: FileProblem[] };

/** Reads what is to be imported. By its name and what is in it, unless --from says what it is. */
export async function openSource(args: ImportArguments): Promise<Result<Opened>> {
  const isFolder = (await stat(args.file).catch(() => null))?.isDirectory() ?? false;
  if (args.from === 'codeowners' || (args.from === undefined && isCodeOwners(args.file))) {
    return await openCodeOwners(args, isFolder);
  }
  if (args.from === 'backstage' || isFolder) return await openBackstage(args);
  const text = await readText(args.file);
  if (!text.ok) return text;
  if (args.from === undefined && looksLikeBackstage(text.value)) return await openBackstage(args);
  return accepted(openCairnFile(args.file, text.value));
}

function isCodeOwners(path: string): boolean {
  return basename(path).toLowerCase() === 'codeowners';
}

function openCairnFile(file: string, text: string): Opened {
  const yaml = readYaml(text);
  if (!yaml.ok) return { kind: 'problems', problems: yaml.problems.map((problem) => ({ file, ...problem })) };
  const problemsOf = (findings: readonly Finding[]): FileProblem[] =>
    findings
      .map((finding) => ({ finding, offset: yaml.file.offsetOf(finding) }))
      .sort((a, b) => a.offset - b.offset)
      .map(({ finding: { path, words }, offset }) => ({
        file,
        line: yaml.file.lineAt(offset),
        words: path.length === 0 ? words : `${pathWords(path)}: ${words}`,
      }));
  return { kind: 'source', source: { parsed: yaml.file, isPartial: false, problemsOf } };
}

async function openBackstage({ file, aliases }: ImportArguments): Promise<Result<Opened>> {
  const read = await readBackstage(file);
  if (!read.ok) return read;
  const { problems } = read.value;
  if (problems.length > 0) return accepted({ kind: 'problems', problems });
  return accepted(foreignSource({ convert: (known) => convertBackstage(read.value, aliases, known) }));
}

/** In a folder it is where GitHub and GitLab look for it. */
async function openCodeOwners(
  { file, aliases, repository }: ImportArguments,
  isFolder: boolean,
): Promise<Result<Opened>> {
  const places = isFolder
    ? ['.github', '.gitlab', '.', 'docs'].map((folder) => join(file, folder, 'CODEOWNERS'))
    : [file];
  for (const place of places) {
    const text = await readText(place);
    if (!text.ok && (!isFolder || text.code !== 'no-file')) return text;
    if (!text.ok) continue;
    const options = { file: place, aliases, repository };
    return accepted(foreignSource({ convert: (known) => convertCodeOwners(text.value, options, known) }));
  }
  return refused('no-file', `There is no CODEOWNERS file in ${file}.`);
}

function foreignSource(parsed: Foreign): Opened {
  const problemsOf = (findings: readonly Finding[]): FileProblem[] =>
    findings
      .map(({ place, path, words }) => ({
        file: place?.file ?? '',
        line: place?.line ?? 1,
        words: `${place?.label ?? pathWords(path)}: ${words}`,
      }))
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return { kind: 'source', source: { parsed, isPartial: true, problemsOf } };
}
