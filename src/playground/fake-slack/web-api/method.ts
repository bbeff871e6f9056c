import { z } from 'zod';
import type { Tier } from '../state/rates.ts';
import type { World } from '../world.ts';

export type Answer = Record<string, unknown>;

/** What a method needs of whoever calls it. */
export type Needs = {
  /** how often it may be called */
  readonly tier: Tier;
  /** bot scopes without which the method answers missing_scope whatever its arguments */
  readonly scopes: readonly string[];
  /** where it depends on the arguments which scope is needed: those of which one is enough */
  readonly oneOf?: readonly string[];
  /** the kind of token that it takes; absent: the bot's */
  readonly token?: 'app';
};

export type Method = Needs & {
  /** parses the arguments (throws ZodError) and answers; throws Refusal */
  readonly run: (world: World, given: Record<string, unknown>) => Promise<Answer>;
};

/** One row of the table of methods: what it needs, what it takes, what it does. */
export function method<S extends z.ZodRawShape>(
  needs: Needs,
  shape: S,
  answer: (world: World, args: z.infer<z.ZodObject<S, z.core.$strict>>) => Promise<Answer> | Answer,
): Method {
  const schema = z.strictObject(shape);
  return { ...needs, run: async (world, given) => answer(world, schema.parse(given)) };
}

// Forms carry everything as text, JSON carries values: the arguments below take both.

export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((it) => it === true || it === 'true' || it === '1')
  .optional();

export const count = z.coerce.number().int().optional();

export const channelId = z.string().min(1);
export const timestamp = z.string().regex(/^\d+\.\d{6}$/, 'must be a message timestamp');
/** A point in a history: a message's timestamp or plain seconds. */
export const moment = z.coerce
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a timestamp')
  .optional();

/** Objects and lists: as they are, or as JSON in a form field. What is not JSON stays text, to be refused by name. */
export const json = z.unknown().transform((it): unknown => {
  if (typeof it !== 'string') return it;
  try {
    const value: unknown = JSON.parse(it);
    return value;
  } catch {
    return it;
  }
});
