import fc from 'fast-check';

/** A value with exactly one thing wrong, and where: a JSON pointer below the value. */
export type Broken = { value: unknown; at: string };

/** What a field may be: values that Slack takes, and values of which one place is just beyond. */
export type Shape = { valid: fc.Arbitrary<unknown>; broken: fc.Arbitrary<Broken> };

type Field = Shape & {
  /** may be left out */
  optional?: true;
  /** is always there; what its absence means is told beside the fields */
  given?: true;
};

export const optional = (shape: Shape): Field => ({ ...shape, optional: true });
export const given = (shape: Shape): Field => ({ ...shape, given: true });

/** One value that is wrong at this place. */
export const wrong = (value: unknown, at = ''): fc.Arbitrary<Broken> => fc.constant({ value, at });
const letters = (length: number) => 'x'.repeat(length);

/** Text of 1 to `max` characters: short ones, and ones that are exactly as long as they may be. */
export function text(max: number, min = 1): Shape {
  const short = fc.string({
    minLength: Math.max(1, min),
    maxLength: Math.min(max, 12),
    unit: 'grapheme-ascii',
  });
  const empty = min > 0 ? [wrong('')] : [];
  return {
    valid: fc.oneof({ weight: 9, arbitrary: short }, { weight: 1, arbitrary: fc.constant(letters(max)) }),
    broken: fc.oneof(wrong(letters(max + 1)), wrong(7), ...empty),
  };
}

/** An address of the web of up to `max` characters. */
export function url(max: number): Shape {
  const start = 'https://x.example/';
  const long = (length: number) => start + letters(length - start.length);
  return {
    valid: fc.oneof(fc.webUrl(), fc.constant(long(max))),
    broken: fc.oneof(wrong(long(max + 1)), wrong('javascript:alert(1)'), wrong('x.example')),
  };
}

/** A whole number between two, both included. */
export function whole(min: number, max: number): Shape {
  return {
    valid: fc.integer({ min, max }),
    broken: fc.oneof(wrong(min - 1), wrong(max + 1), wrong(min + 0.5), wrong(`${min}`)),
  };
}

export const yesOrNo: Shape = { valid: fc.boolean(), broken: fc.oneof(wrong('yes'), wrong(1)) };

/** One of these words, and no other. */
export function word(...words: string[]): Shape {
  return { valid: fc.constantFrom(...words), broken: wrong('none-of-them') };
}

/** Words of a form, such as a date, with examples of what is none. */
export function formed(valid: fc.Arbitrary<unknown>, ...others: unknown[]): Shape {
  return { valid, broken: fc.constantFrom(...others).map((value) => ({ value, at: '' })) };
}

/** A list of `min` to `max` items. */
export function list(item: Shape, max: number, min = 1): Shape {
  const some = fc.array(item.valid, { minLength: min, maxLength: Math.min(max, Math.max(min, 3)) });
  const exactly = (length: number) =>
    item.valid.map((one) => Array.from({ length }, () => structuredClone(one)));
  const tooMany = Number.isFinite(max) ? [exactly(max + 1).map((value) => ({ value, at: '' }))] : [];
  return {
    valid: Number.isFinite(max)
      ? fc.oneof({ weight: 9, arbitrary: some }, { weight: 1, arbitrary: exactly(max) })
      : some,
    broken: fc.oneof(
      ...tooMany,
      ...(min > 0 ? [wrong([])] : []),
      wrong('no list'),
      fc.tuple(some, item.broken).map(([before, last]) => ({
        value: [...before.slice(0, Math.max(0, Math.min(before.length, max - 1))), last.value],
        at: `/${Math.max(0, Math.min(before.length, max - 1))}${last.at}`,
      })),
    ),
  };
}

/** An object of these fields: wrong are one wrong field, one that is missing, and one that nobody knows. */
export function object(fields: Record<string, Field>, type?: string): Shape {
  const names = Object.keys(fields);
  const required = names.filter((name) => !fields[name]?.optional);
  const base = type === undefined ? {} : { type };
  const valid = fc
    .record(Object.fromEntries(names.map((name) => [name, shapeOf(fields, name).valid])), {
      requiredKeys: required,
    })
    .map((rest): Record<string, unknown> => ({ ...base, ...rest }));
  const oneWrong = names.map((name) =>
    fc.tuple(valid, shapeOf(fields, name).broken).map(([whole_, { value, at }]) => ({
      value: { ...whole_, [name]: value },
      at: `/${name}${at}`,
    })),
  );
  const oneMissing = required
    .filter((name) => !fields[name]?.given)
    .map((name) =>
      valid.map((whole_) => ({
        value: Object.fromEntries(Object.entries(whole_).filter(([key]) => key !== name)),
        at: `/${name}`,
      })),
    );
  const unknown = valid.map((whole_) => ({ value: { ...whole_, colour: 'red' }, at: '/colour' }));
  return { valid, broken: fc.oneof(...oneWrong, ...oneMissing, unknown) };
}

/** One of several shapes that differ in their `type`. */
export function oneOf(...shapes: Shape[]): Shape {
  return {
    valid: fc.oneof(...shapes.map((shape) => shape.valid)),
    broken: fc.oneof(
      ...shapes.map((shape) => shape.broken),
      fc.constant({ value: { type: 'chart' }, at: '/type' }),
    ),
  };
}

/** A shape with more that can be wrong than its fields tell. */
export function alsoWrong(shape: Shape, ...more: fc.Arbitrary<Broken>[]): Shape {
  return { valid: shape.valid, broken: fc.oneof(shape.broken, ...more) };
}

function shapeOf(fields: Record<string, Field>, name: string): Shape {
  const shape = fields[name];
  if (shape === undefined) throw new Error(`no field ${name}`);
  return shape;
}
