import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchCheckIn } from './check-in.ts';
import { benchHome } from './home.ts';
import { benchImport } from './import.ts';
import { benchLimiter } from './limiter.ts';
import { benchLookup } from './lookup.ts';
import { benchOutbox } from './outbox.ts';
import { benchOwner, sizes } from './owner.ts';
import { benchPlanner } from './planner.ts';
import { benchSearch } from './search.ts';
import { benchWaiting } from './waiting.ts';

/** Every figure of docs/benchmarks.md comes from here; name a bench to run it alone. */
const benches: Record<string, () => Promise<void>> = {
  owner: () => benchOwner(options.rocks?.split(',').map(Number) ?? sizes),
  lookup: () => benchLookup({ withMisses: options.misses }),
  planner: benchPlanner,
  outbox: benchOutbox,
  limiter: benchLimiter,
  waiting: benchWaiting,
  'check-in': benchCheckIn,
  search: benchSearch,
  home: benchHome,
  import: benchImport,
};

const usage = `usage: npm run bench [${Object.keys(benches).join(' | ')}] …
  without a name all of them, one after the other
  npm run bench owner -- --rocks=1000,100000    sizes of the register; ${sizes.join(',')} without
  npm run bench lookup -- --misses              also lists what is not found as the first`;

const { values: options, positionals: wanted } = readArguments();
if (options.help) {
  console.log(usage);
  process.exit();
}

const [cpu] = cpus();
console.log(
  `${cpus().length} x ${cpu?.model ?? 'unknown cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}\n`,
);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}

function readArguments() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        misses: { type: 'boolean', default: false },
        rocks: { type: 'string' },
      },
    });
    const unknown = read.positionals.find((name) => !(name in benches));
    if (unknown !== undefined) throw new Error(`There is no bench ${unknown}.`);
    if (!/^\d+(,\d+)*$/.test(read.values.rocks ?? '1')) throw new Error('--rocks are numbers.');
    return read;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}
