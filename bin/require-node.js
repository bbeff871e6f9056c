// Plain JavaScript on purpose: it has to parse on the old Node that it turns away.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const oldest = 24;
const running = Number(process.versions.node.split('.')[0]);

if (running < oldest) {
  console.error(
    `Cairn needs Node ${oldest} or later and this is ${process.versions.node}. ` +
      'Run "npm ci", with its install scripts, and start it through npm: the right Node comes with the project.',
  );
  process.exit(1);
}

// Stripping the types of all files takes half of a start's time; the next one finds them done. Beside the packages
// and not in the machine's temporary folder, where others could put code. Where nothing may be written, nothing is.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
