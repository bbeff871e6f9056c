import { Worker } from 'node:worker_threads';
import type { Spec } from './core/spec.ts';

type Answer = { id: number; png?: Uint8Array; error?: string };
type Waiting = { resolve: (png: Uint8Array) => void; reject: (error: Error) => void };

/** A picture takes a tenth of a second, the first one a second or two. */
const longestMs = 10_000;

let worker: Worker | null = null;
let count = 0;
const waiting = new Map<number, Waiting>();

/** Draws a PNG in a thread of its own, which begins with the first picture and keeps no process alive. */
export async function draw(spec: Spec): Promise<Uint8Array> {
  worker ??= begin();
  const pen = worker;
  count += 1;
  const id = count;
  pen.ref();
  // One that does not end takes the thread with it, and those that wait behind it: they are tried again in a new one.
  const giveUp = setTimeout(() => void pen.terminate(), longestMs).unref();
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      pen.postMessage({ id, spec });
    });
  } finally {
    clearTimeout(giveUp);
  }
}

function begin(): Worker {
  const begun = new Worker(new URL('./worker.ts', import.meta.url));
  begun.on('message', ({ id, png, error }: Answer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) begun.unref();
    if (png !== undefined) asked?.resolve(png);
    else asked?.reject(new Error(error ?? 'nothing was drawn'));
  });
  const end = (error: Error): void => {
    if (worker !== begun) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  begun.on('error', end);
  begun.on('exit', () => end(new Error('the drawing thread ended')));
  return begun;
}
