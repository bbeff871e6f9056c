import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Finding } from '../../platform/file/finding.ts';
import { plainValue } from './yaml-value.ts';

/** A line about a file: where, and what is wrong there. */
export type Problem = { line: number; words: string };

export type YamlFile = {
  value: unknown;
  /** What YAML itself takes and a file of ours does not: a key twice, an alias within itself. */
  findings: Finding[];
  /** Where in the text a finding is: at its own place, else at the innermost part of its path that is there. */
  offsetOf(finding: Finding): number;
  lineAt(offset: number): number;
};

const tooDeep = 'YAML: lists or maps stand in each other too deeply; look for a bracket that is not closed';

/** Reads YAML text, keeping where everything stands. What cannot be read at all is told by line. */
export function readYaml(text: string): { ok: true; file: YamlFile } | { ok: false; problems: Problem[] } {
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  } catch (error) {
    // The parser calls itself once a level; no file that people write comes near.
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problems: [{ line: 1, words: tooDeep }] };
  }
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const errors = [...document.errors, ...document.warnings];
  const exhausted = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (exhausted !== undefined)
    return { ok: false, problems: [{ line: lineAt(exhausted.pos[0]), words: tooDeep }] };
  if (errors.length > 0) {
    return {
      ok: false,
      problems: errors.map((error) => ({ line: lineAt(error.pos[0]), words: wordsFor(error) })),
    };
  }
  const { value, findings, offsetAt } = plainValue(document);
  return {
    ok: true,
    file: {
      value,
      findings,
      lineAt,
      offsetOf: (finding) => finding.offset ?? offsetAt(finding.path),
    },
  };
}

function wordsFor(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'YAML: a tab is used as indentation; use spaces';
    case 'MULTIPLE_DOCS':
      return 'YAML: a second document begins here; put everything into one';
    case 'TAG_RESOLVE_FAILED':
      return 'YAML: a tag (!…) is not known here; take it out';
    default:
      return `YAML: ${oneLine(error.message)}; check the indentation, quotes and brackets here`;
  }
}

function oneLine(message: string): string {
  return message
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
}
