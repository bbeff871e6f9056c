import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';

export type PlainValue = {
  value: unknown;
  findings: Finding[];
  /** Where the part at `path` begins; what is not there is where the part around it begins. */
  offsetAt(path: Path): number;
};

type Pairs = Map<string, Pair<unknown, unknown>>;

/**
 * The plain value of a document, with the place of every part. Unlike the parser's own `toJS` it names a key
 * that is there twice by its path, and an alias costs nothing however often it is used.
 */
export function plainValue(document: Document.Parsed): PlainValue {
  const findings: Finding[] = [];
  const values = new Map<Node, unknown>();
  const open = new Set<Node>();
  const pairsOf = new Map<YAMLMap, Pairs>();
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();

  /** The node itself, or what an alias stands for: the last one before it that has the name. */
  const resolve = (found: unknown): Node | null => {
    if (!isAlias(found)) return isMap(found) || isSeq(found) || isScalar(found) ? found : null;
    const target = targets.get(found) ?? anchors.get(found.source);
    if (target !== undefined) targets.set(found, target);
    return target ?? null;
  };

  const plainOf = (found: unknown, path: Path): unknown => {
    const node = resolve(found);
    if (node === null) return null;
    if (isNamed(node)) anchors.set(node.anchor, node);
    if (isScalar(node)) return typeof node.value === 'bigint' ? Number(node.value) : node.value;
    if (values.has(node)) return values.get(node);
    if (open.has(node)) {
      findings.push({ path, words: 'is an alias of what it stands in; write the value out' });
      return null;
    }
    open.add(node);
    const value = isSeq(node)
      ? node.items.map((item, index) => plainOf(item, [...path, index]))
      : isMap(node)
        ? mapValue(node, path)
        : null;
    open.delete(node);
    values.set(node, value);
    return value;
  };

  const mapValue = (map: YAMLMap, path: Path): Record<string, unknown> => {
    const pairs: Pairs = new Map();
    for (const pair of map.items) {
      const name = isScalar(pair.key) ? String(pair.key.value ?? '') : '';
      if (name === '') {
        findings.push({ path, words: 'has an entry without a plain key; write "key: value"', ...at(pair) });
      } else if (pairs.has(name)) {
        findings.push({
          path: [...path, name],
          words: `the key ${shown(name)} is there twice; keep one`,
          ...at(pair),
        });
      } else {
        pairs.set(name, pair);
      }
    }
    pairsOf.set(map, pairs);
    return Object.fromEntries([...pairs].map(([name, pair]) => [name, plainOf(pair.value, [...path, name])]));
  };

  const offsetAt = (path: Path): number => {
    let node = resolve(document.contents);
    let offset = startOf(node) ?? 0;
    for (const part of path) {
      let next: unknown;
      if (isMap(node)) {
        const pair = pairsOf.get(node)?.get(String(part));
        if (pair === undefined) break;
        offset = startOf(pair.key) ?? offset;
        next = pair.value;
      } else if (isSeq(node)) {
        next = node.items[Number(part)];
        offset = startOf(next) ?? offset;
      }
      node = resolve(next);
    }
    return offset;
  };

  return { value: plainOf(document.contents, []), findings, offsetAt };
}

function isNamed(node: Node): node is Node & { anchor: string } {
  return 'anchor' in node && typeof node.anchor === 'string';
}

function startOf(found: unknown): number | undefined {
  const isNode = isMap(found) || isSeq(found) || isScalar(found) || isAlias(found);
  return isNode ? found.range?.[0] : undefined;
}

function at(pair: Pair<unknown, unknown>): { offset?: number } {
  const offset = startOf(pair.key);
  return offset === undefined ? {} : { offset };
}
