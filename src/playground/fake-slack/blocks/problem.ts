import type { z } from 'zod';

/** One thing that Slack would refuse, and where: `pointer` is a JSON pointer such as /blocks/0/text/text. */
export type Problem = { pointer: string; message: string };

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

type Path = readonly PropertyKey[];

/** Slack's wording of a problem in `response_metadata.messages`. */
export function inSlacksWords(problem: Problem): string {
  return `[ERROR] ${problem.message} [json-pointer:${problem.pointer}]`;
}

export function pointerTo(path: Path): string {
  return path.map((part) => `/${String(part)}`).join('');
}

/** Parses with zod and tells every problem with its pointer. */
export function check<T>(schema: z.ZodType<T>, value: unknown, at: Path): Checked<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, at)) };
}

function problemsOf(issue: z.core.$ZodIssue, at: Path): Problem[] {
  const pointer = pointerTo([...at, ...issue.path]);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...at, ...issue.path, key]),
      message: `no such field: ${key}`,
    }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return [{ pointer, message: `unsupported type here` }];
  }
  if (issue.code === 'too_big' && issue.origin === 'array') {
    return [{ pointer, message: `no more than ${issue.maximum} items allowed` }];
  }
  if (issue.code === 'too_small' && issue.origin === 'array') {
    return [{ pointer, message: `must have at least ${issue.minimum} items` }];
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return [{ pointer, message: `missing required field: ${String(issue.path.at(-1))}` }];
  }
  return [{ pointer, message: issue.message }];
}
