/** One rule of a CODEOWNERS file: a pattern and who owns what it matches. */
export type Rule = {
  line: number;
  pattern: string;
  owners: string[];
  /** The comment right above it, or behind it. */
  comment: string;
  /** GitLab's: rules of different sections do not replace each other. */
  section: string;
  place: RulePlace;
};

/** What a pattern names: one folder (root: ''), or something that is none. */
export type RulePlace =
  | { kind: 'folder'; path: string; isAnchored: boolean; isDeep: boolean }
  | { kind: 'file' }
  | { kind: 'several' };

export type SkippedLine = { line: number; text: string; why: string };
export type CodeOwners = { rules: Rule[]; skipped: SkippedLine[] };

/**
 * Reads a CODEOWNERS file by GitHub's rules, with GitLab's sections. What GitHub skips (`!`, ranges in brackets) is
 * skipped here too, and told.
 */
export function readCodeOwners(text: string): CodeOwners {
  const rules: Rule[] = [];
  const skipped: SkippedLine[] = [];
  let section = { name: '', owners: [] as string[] };
  let comment: string[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    const trimmed = raw.trim();
    if (trimmed === '') {
      comment = [];
      return;
    }
    if (trimmed.startsWith('#')) {
      comment.push(trimmed.replace(/^#+\s?/, '').trimEnd());
      return;
    }
    const above = comment;
    comment = [];
    const heading = /^\^?\[([^\]]+)\](?:\[\d+\])?(.*)$/.exec(trimmed);
    if (heading !== null) {
      const { tokens } = tokensOf(heading[2] ?? '');
      section = { name: (heading[1] ?? '').toLowerCase(), owners: tokens };
      return;
    }
    const { tokens, comment: behind } = tokensOf(trimmed);
    const [pattern = '', ...owners] = tokens;
    if (pattern.startsWith('!')) {
      skipped.push({ line, text: pattern, why: 'what begins with ! is no rule' });
      return;
    }
    if (/[[\]]/.test(pattern)) {
      skipped.push({ line, text: pattern, why: 'brackets are not read in a pattern' });
      return;
    }
    const words = [...above, behind].filter((part) => /[\p{L}\p{N}]/u.test(part)).join('\n');
    rules.push({
      line,
      pattern,
      owners: owners.length === 0 ? section.owners : owners,
      comment: words,
      section: section.name,
      place: placeOf(pattern),
    });
  });
  return { rules, skipped };
}

/** The words of a line, of which a backslash keeps the next sign, and the comment that ends it. */
function tokensOf(line: string): { tokens: string[]; comment: string } {
  const tokens: string[] = [];
  let token = '';
  for (let at = 0; at <= line.length; at += 1) {
    const sign = line[at];
    if (sign === '\\' && at + 1 < line.length) {
      at += 1;
      token += line[at];
    } else if (sign === '#' && token === '' && tokens.length > 0) {
      return { tokens, comment: line.slice(at + 1).trim() };
    } else if (sign === undefined || /\s/.test(sign)) {
      if (token !== '') tokens.push(token);
      token = '';
    } else {
      token += sign;
    }
  }
  return { tokens, comment: '' };
}

function placeOf(pattern: string): RulePlace {
  const isFolder = /\/(?:\*{1,2})?$|\/\*\*\/\*$/.test(pattern);
  const isDeep = !/(?:^|[^*])\/\*$/.test(pattern);
  const stem = pattern.replace(/(?:\/\*\*)?(?:\/\*{0,2})?$/, '');
  const path = stem.replace(/^(?:\/|\*\*\/)+/, '');
  if (path === '' || path === '*' || path === '**') {
    return { kind: 'folder', path: '', isAnchored: true, isDeep: isDeep || pattern === '*' };
  }
  if (/[*?]/.test(path)) return { kind: 'several' };
  const last = path.split('/').at(-1) ?? '';
  const isFile = /^(?:licen[cs]e|codeowners|makefile|dockerfile|readme|notice|changelog)$|.\.[a-z0-9]{1,8}$/i;
  if (!isFolder && isFile.test(last)) return { kind: 'file' };
  const isAnchored = pattern.startsWith('/') || path.includes('/');
  return { kind: 'folder', path, isAnchored, isDeep };
}

/** The rule that counts in place of `rule`, since it comes later and matches all that `rule` does. */
export function replacedBy(rule: Rule, rules: readonly Rule[]): Rule | undefined {
  return rules.findLast(
    (other) => other.line > rule.line && other.section === rule.section && covers(other.place, rule.place),
  );
}

function covers(whole: RulePlace, part: RulePlace): boolean {
  if (whole.kind !== 'folder' || part.kind !== 'folder') return false;
  if (whole.path === part.path && whole.isAnchored === part.isAnchored) return whole.isDeep || !part.isDeep;
  if (!whole.isDeep) return false;
  if (whole.path === '') return true;
  if (whole.isAnchored) return part.isAnchored && part.path.startsWith(`${whole.path}/`);
  return `/${part.path}/`.includes(`/${whole.path}/`);
}
