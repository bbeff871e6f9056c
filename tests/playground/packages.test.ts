import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findPageLibraries } from '../../src/playground/page-libraries.ts';

const root = join(import.meta.dirname, '../..');

type Manifest = Record<'dependencies' | 'optionalDependencies' | 'devDependencies', Record<string, string>>;
type Lock = { packages: Record<string, { dev?: boolean }> };

let manifest: Manifest;
let lock: Lock;
let product: Set<string>;
let playground: Set<string>;
beforeAll(async () => {
  manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter((file) =>
    /\.[jt]s$/.test(file),
  );
  const isOfThePlayground = (file: string) => file.startsWith('playground/');
  product = await packagesIn(files.filter((file) => !isOfThePlayground(file)));
  playground = await packagesIn(files.filter(isOfThePlayground));
  // The page's are found at the start, and served to the browser.
  findPageLibraries((module) => {
    playground.add(packageOf(module));
    return module;
  });
});

const own = () => [...playground.difference(product)].sort();

describe('the packages that only the playground uses', () => {
  it('are those of the page, and that of Socket Mode’s other end', () => {
    expect(own()).toEqual(['emoji-datasource', 'marked', 'ws']);
  });

  it('are for development, so that `npm ci --omit=dev` leaves them and what they bring out', () => {
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(own()));
    for (const name of own()) {
      expect(manifest.dependencies).not.toHaveProperty(name);
      expect(lock.packages[`node_modules/${name}`]).toMatchObject({ dev: true });
    }
  });
});

it('what the rest of the product uses is there in production', () => {
  const there = { ...manifest.dependencies, ...manifest.optionalDependencies };
  expect([...product].filter((name) => there[name] === undefined)).toEqual([]);
  expect(product).toContain('@slack/bolt');
});

/** The packages that these files import, whether at once, later or for their types alone. */
async function packagesIn(files: string[]): Promise<Set<string>> {
  const texts = await Promise.all(files.map(async (file) => await readFile(join(root, 'src', file), 'utf8')));
  const modules = texts.flatMap((text) =>
    Array.from(
      text.matchAll(/(?:\bfrom |\bimport\(|^import )'([@a-z][\w@./-]*)'/gm),
      ([, module = '']) => module,
    ),
  );
  return new Set(modules.map(packageOf));
}

function packageOf(module: string): string {
  return module.split('/', module.startsWith('@') ? 2 : 1).join('/');
}
