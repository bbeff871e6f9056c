import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { shown } from './finding.ts';
import { type Known, Names } from './names.ts';

type Input = { input?: unknown };

/** One line of text, or several with `lines`; trimmed, never empty. Refuses what cannot be shown. */
export function text(most: number, options: { lines?: boolean } = {}): z.ZodType<string> {
  // Lone halves of a character pair (Cs) would come back from the database as something else.
  const unshowable = options.lines === true ? /(?!\n)[\p{Cc}\p{Cs}]/u : /[\p{Cc}\p{Cs}]/u;
  return string()
    .trim()
    .refine((value) => value !== '', { error: 'is empty; write something or leave it out', abort: true })
    .refine((value) => !unshowable.test(value), {
      error:
        options.lines === true
          ? 'has control characters in it; take them out'
          : 'has control characters or line breaks in it; write one plain line',
      abort: true,
    })
    .refine((value) => Array.from(value).length <= most, {
      error: ({ input }) => `is ${Array.from(String(input)).length} characters long; ${most} are allowed`,
    });
}

/** What a thing is called in the file and everywhere after. `capitals`: 2026-Q4. */
export function key(options: { capitals?: boolean } = {}): z.ZodType<string> {
  const pattern = options.capitals === true ? /^[A-Za-z0-9-]+$/ : /^[a-z0-9-]+$/;
  const letters =
    options.capitals === true
      ? 'letters a to z, digits and hyphens'
      : 'small letters a to z, digits and hyphens';
  return string()
    .refine((value) => pattern.test(value), {
      error: ({ input }) => `${shown(input)} is not a key; use ${letters}${suggestion(String(input))}`,
      abort: true,
    })
    .refine((value) => value.length <= 80, { error: 'is longer than 80 characters; shorten it' });
}

/** One of a few words. */
export function oneOf<const Values extends readonly [string, ...string[]]>(
  values: Values,
): z.ZodType<Values[number]> {
  const names = new Names(values);
  return z.enum(values, {
    error: ({ input }) => {
      if (typeof input !== 'string') return wrongType('one of ', values.join(', '))({ input });
      const meant = names.nearest(input);
      if (meant !== undefined)
        return `${shown(input)} is none of ${values.join(', ')}; did you mean ${shown(meant)}?`;
      return `${shown(input)} is not known here; use one of ${values.join(', ')}`;
    },
  });
}

/** A day that exists, as 2026-10-01. */
export function date(): z.ZodType<string> {
  return string()
    .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value), {
      error: ({ input }) => `${shown(input)} is not a date; write it as 2026-10-01`,
      abort: true,
    })
    .refine(isDay, { error: ({ input }) => `${shown(input)} does not exist; look at a calendar` });
}

/** A finite number. */
export function number(): z.ZodType<number> {
  return z.number({ error: wrongType('a number', 'write digits alone, such as 4.2') });
}

/** A whole number between two, both included; `what` says what it is none of otherwise. */
export function whole(least: number, most: number, what: string): z.ZodType<number> {
  return number().refine((value) => Number.isInteger(value) && value >= least && value <= most, {
    error: ({ input }) => `${shown(input)} is not a ${what}; use a whole number from ${least} to ${most}`,
  });
}

/** Yes or no. */
export function flag(): z.ZodType<boolean> {
  return z.boolean({ error: wrongType('true or false', 'write true, or leave it out') });
}

/** A channel by its name, without the `#`. */
export function channel(): z.ZodType<string> {
  return z
    .string({
      error: ({ input }) =>
        input === null
          ? 'is empty, since # begins a comment; put the channel in quotes, such as "#payments"'
          : wrongType('a channel', 'write it as "#payments"')({ input }),
    })
    .refine((value) => /^#[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]{1,80}$/u.test(value), {
      error: ({ input }) =>
        `${shown(input)} is not a channel; write its name as in Slack, in quotes, such as "#payments"`,
    })
    .transform((value) => value.slice(1));
}

/** Somebody of the file's people, or of those whom the workspace knows by a short name. */
export function person(known: Known): z.ZodType<string> {
  return reference(known.people, (name) => `nobody is called ${shown(name)}`, 'add them under people');
}

export function team(known: Known): z.ZodType<string> {
  return reference(known.teams, (name) => `there is no team ${shown(name)}`, 'add it under teams');
}

export function rock(known: Known): z.ZodType<string> {
  return reference(known.rocks, (name) => `there is no rock ${shown(name)}`, 'add it under rocks');
}

export function line(known: Known): z.ZodType<string> {
  return reference(
    known.lines,
    (name) => `there is no initiative or intent ${shown(name)}`,
    'add it under strategy',
  );
}

/** The name of something that is there; else `nothing` says that it is not, and the nearest name or `mend` what to do. */
export function reference(names: Names, nothing: (name: string) => string, mend: string): z.ZodType<string> {
  return string().refine((value) => names.has(value), {
    error: ({ input }) => `${nothing(String(input))}; ${names.mend(String(input), mend)}`,
  });
}

/** A list in which nothing is named twice; absent is an empty one. */
export function list<T>(item: z.ZodType<T>, options: { most?: number } = {}): z.ZodType<T[]> {
  return items(item, options).default([]);
}

/** The same, where absent is something else than empty. */
export function items<T>(item: z.ZodType<T>, options: { most?: number } = {}): z.ZodType<T[]> {
  const most = options.most ?? 1_000;
  return z
    .array(item, { error: wrongType('a list', 'write it as [one, two]') })
    .refine((values) => values.length <= most, {
      error: ({ input }) =>
        `has ${Array.isArray(input) ? input.length : 'too many'} entries; ${most} are allowed`,
    })
    .superRefine((values, context) => {
      values.forEach((value, index) => {
        if (typeof value !== 'string' || values.indexOf(value) === index) return;
        context.addIssue({
          code: 'custom',
          path: [index],
          message: `${shown(value)} is there twice; take one out`,
        });
      });
    });
}

export type Visibility = 'workspace' | 'team' | string[];

/** The whole workspace, the thing's team, or some people, perhaps none; those whom it concerns always see it. */
export function visibility(known: Known, mostPeople: number): z.ZodType<Visibility> {
  const people = items(person(known), { most: mostPeople });
  return z.unknown().transform((value, context): Visibility => {
    if (value === 'workspace' || value === 'team') return value;
    if (!Array.isArray(value)) {
      const words = `${shown(value)} is none of workspace, team or a list of people; write workspace`;
      context.addIssue({ code: 'custom', message: words });
      return z.NEVER;
    }
    const read = people.safeParse(value);
    const issues = read.success ? [] : read.error.issues;
    for (const { path, message } of issues) context.addIssue({ code: 'custom', path, message });
    return read.success ? read.data : z.NEVER;
  });
}

/** Words for a value of the wrong kind. Nothing at all is said elsewhere, where the field's name is known. */
export function wrongType(wanted: string, mend: string): (issue: Input) => string {
  return ({ input }) => `must be ${wanted}, not ${kindOf(input)}; ${mend}`;
}

function string(): z.ZodString {
  return z.string({
    error: ({ input }) => {
      if (typeof input === 'number' || typeof input === 'boolean') {
        return `must be text, and ${input} is ${kindOf(input)} to YAML; put it in quotes`;
      }
      return wrongType('text', 'write one value')({ input });
    },
  });
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : String(value);
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'string' ? `the text ${shown(value)}` : 'a map';
}

function suggestion(typed: string): string {
  const slug = typed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? '' : `, such as ${shown(slug)}`;
}

function isDay(value: string): boolean {
  // PostgreSQL has no year 0, and nobody plans so far back.
  if (value < '1900') return false;
  try {
    Temporal.PlainDate.from(value, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}
