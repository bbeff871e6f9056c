import { cpus, totalmem } from 'node:os';
import { benchLimiter } from './limiter.ts';
import { benchLookup } from './lookup.ts';
import { benchOutbox } from './outbox.ts';
import { benchOwner } from './owner.ts';
import { benchPlanner } from './planner.ts';
import { benchWaiting } from './waiting.ts';

/** Every figure of docs/benchmarks.md comes from here; name a bench to run it alone. */
const benches: Record<string, () => Promise<void>> = {
  owner: benchOwner,
  lookup: benchLookup,
  planner: benchPlanner,
  outbox: benchOutbox,
  limiter: benchLimiter,
  waiting: benchWaiting,
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There is: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const [cpu] = cpus();
console.log(
  `${cpus().length} x ${cpu?.model ?? 'unknown cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}\n`,
);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) await bench();
}
