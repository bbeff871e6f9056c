import { registerHooks } from 'node:module';

/** Loaded before Cairn: its limits are those of faster-limits.ts. */

const real = new URL('../../../src/delivery/limits.ts', import.meta.url).href;
const faster = new URL('../faster-limits.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return resolved.url === real && context.parentURL !== faster ? { ...resolved, url: faster } : resolved;
  },
});
