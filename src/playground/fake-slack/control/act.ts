import { z } from 'zod';
import type { World } from '../world.ts';

/** One thing that the control API does: parses what it is given (throws ZodError), throws CannotDo. */
export type Act = { readonly run: (world: World, body: unknown) => Promise<unknown> };

export function act<S extends z.ZodRawShape>(
  shape: S,
  run: (world: World, body: z.infer<z.ZodObject<S, z.core.$strict>>) => Promise<unknown>,
): Act {
  const schema = z.strictObject(shape);
  return { run: async (world, body) => run(world, schema.parse(body)) };
}

export async function done(work: Promise<unknown>): Promise<{ ok: true }> {
  await work;
  return { ok: true };
}
