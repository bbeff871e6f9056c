import { parentPort } from 'node:worker_threads';
import type { TopLevelSpec } from 'vega-lite';
import { render } from './render.ts';

/** Draws beside the thread that answers people: a picture takes longer than any of them should wait. */
parentPort?.on('message', ({ id, spec }: { id: number; spec: TopLevelSpec }) => {
  render(spec).then(
    (png) => parentPort?.postMessage({ id, png }),
    (error: unknown) => parentPort?.postMessage({ id, error: String(error) }),
  );
});
